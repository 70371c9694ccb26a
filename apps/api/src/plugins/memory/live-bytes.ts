import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SampledNode } from './heap-sampler.js';

/** The part of a sampled call that matters here. */
export interface SampledCall {
  selfSize: number;
  callFrame: { url: string };
  children: readonly SampledCall[];
}

/**
 * Bytes in use by whose code allocated them: a plugin's own, and what it calls, as the server and its libraries. When plugins
 * call each other, the one that was called last. `folders`: real paths of packages, by the plugin's name.
 */
export function liveBytes(root: SampledCall | SampledNode, folders: ReadonlyMap<string, string>) {
  const prefixes = [...folders].flatMap(([name, folder]) => [
    { name, prefix: `${pathToFileURL(folder).href}/` },
    // Of CommonJS modules.
    { name, prefix: folder + sep },
  ]);
  const found = new Map([...folders.keys()].map((name) => [name, 0]));
  // By a list: calls are nested deeper than functions should be.
  const open: Array<{ call: SampledCall; owner: string | undefined }> = [{ call: root, owner: undefined }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { call } = next;
    const { url } = call.callFrame;
    const owner = prefixes.find(({ prefix }) => url.startsWith(prefix))?.name ?? next.owner;
    if (owner !== undefined) found.set(owner, found.get(owner)! + call.selfSize);
    for (const child of call.children) open.push({ call: child, owner });
  }
  return found;
}
