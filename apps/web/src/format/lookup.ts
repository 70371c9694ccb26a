import { readTarget } from './follow-targets';

/** What a search names: the address of something, somebody by handle, or just words. */
export type Lookup = { kind: 'address' | 'handle' | 'words'; text: string };

/** `https://...` is an address, `@name` and `name@host` are handles; everything else is words. */
export function lookupOf(search: string): Lookup {
  const text = search.trim();
  const isAddress = /^https?:\/\/\S+$/i.test(text);
  const target = /\s/.test(text) ? null : readTarget(text);
  if (target?.includes('@')) return { kind: 'handle', text: target };
  if (isAddress) return { kind: 'address', text };
  const name = /^@([a-z0-9_.-]+)$/i.exec(text)?.[1];
  return name ? { kind: 'handle', text: name } : { kind: 'words', text };
}
