import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ActorKey } from '../src/signatures/verify-document.js';

/** What real servers sent; it lies beside the repository, and not everywhere. */
const FOLDER = resolve('../shared/fixtures');
const PEERTUBE = 'peertube-6.3';
const MASTODON = 'mastodon';

export interface RecordedPost {
  name: string;
  body: Buffer;
  /** Of PeerTube only: Mastodon's documents came without their requests. */
  request?: { method: string; path: string; headers: Record<string, string> };
}

/** Whether there are recordings; a test without them is skipped by name. */
export const hasRecordings = existsSync(join(FOLDER, PEERTUBE));

const json = (...path: string[]) => JSON.parse(readFileSync(join(FOLDER, ...path), 'utf8'));
const namesIn = (folder: string): string[] =>
  hasRecordings
    ? readdirSync(join(FOLDER, folder)).filter((name) => /^(?!get-|public-keys).*\.json$/.test(name))
    : [];

/** Every signed document there is. */
export function recordedPosts(): RecordedPost[] {
  return [
    ...namesIn(PEERTUBE).map((name) => {
      const { request, body } = json(PEERTUBE, name);
      return { name: `PeerTube's ${name}`, request, body: Buffer.from(body) };
    }),
    ...namesIn(MASTODON).map((name) => ({
      name: `Mastodon's ${name}`,
      body: readFileSync(join(FOLDER, MASTODON, name)),
    })),
  ];
}

export const recordedPost = (name: string): RecordedPost =>
  recordedPosts().find((post) => post.name === `PeerTube's ${name}`)!;

/** A document that PeerTube serves. */
export const recordedDocument = (name: string): Buffer => readFileSync(join(FOLDER, PEERTUBE, name));

/** Looks up the keys that the recordings were signed with. Those of PeerTube's test mode are weak. */
export function recordedKeys(): (id: string) => Promise<ActorKey | null> {
  const peertube = json(PEERTUBE, 'public-keys.json') as Record<string, ActorKey>;
  const mastodon = json(MASTODON, 'public-keys.json') as Record<string, string>;
  const keys = new Map<string, ActorKey>([
    ...Object.entries(peertube),
    ...Object.entries(mastodon).map(
      ([id, publicKeyPem]) => [id, { owner: id.split('#')[0]!, publicKeyPem }] as const,
    ),
  ]);
  return async (id) => keys.get(id) ?? null;
}
