import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WEB_FOLDER } from './web-folder.js';

/** One entry of Vite's manifest: a built file, its styles, and the entries it imports. */
interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
}
export type Manifest = Record<string, Chunk>;

/** Written by the build of the web app (`build.manifest` in its Vite configuration). */
const MANIFEST = 'assets/manifest.json';

export const readManifest = async (): Promise<Manifest> =>
  JSON.parse(await readFile(join(WEB_FOLDER, MANIFEST), 'utf8')) as Manifest;

/**
 * Links that let a browser fetch the scripts and styles of a page together with the app's own: the app asks for them only
 * once it runs, each level of imports a round trip later.
 */
export function preloadLinks(manifest: Manifest, page: string): string[] {
  const seen = new Set<string>();
  const visit = (name: string): Chunk[] => {
    const chunk = manifest[name];
    if (!chunk || seen.has(name)) return [];
    seen.add(name);
    return [chunk, ...(chunk.imports ?? []).flatMap(visit)];
  };
  const chunks = visit(page);
  const styles = new Set(chunks.flatMap(({ css }) => css ?? []));
  return [
    ...chunks.map(({ file }) => `<link rel="modulepreload" crossorigin href="/${file}">`),
    ...[...styles].map((file) => `<link rel="preload" as="style" crossorigin href="/${file}">`),
  ];
}
