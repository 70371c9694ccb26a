import { describe, expect, it } from '@jest/globals';
import type { KnownHashes } from '../src/ports/known-hashes.js';

/** A version of the port that knows `known`, and how to make it forget that. */
export interface KnownHashesLab {
  hashes: KnownHashes;
  known: string;
  forget(): Promise<void>;
  drop(): Promise<void>;
}

/** What every version of the port promises. */
export function describeKnownHashes(name: string, open: () => Promise<KnownHashesLab>): void {
  describe(`known hashes in ${name}`, () => {
    const withLab = async (use: (lab: KnownHashesLab) => Promise<void>) => {
      const lab = await open();
      await use(lab).finally(() => lab.drop());
    };

    it('knows what is served, and nothing else', () =>
      withLab(async ({ hashes, known }) => {
        expect(await hashes.has(known)).toBe(true);
        expect(await hashes.has('0'.repeat(40))).toBe(false);
      }));

    it('answers many at once, each rightly', () =>
      withLab(async ({ hashes, known }) => {
        const asked = Array.from({ length: 1500 }, (_, index) =>
          index % 3 === 0 ? known : index.toString(16).padStart(40, '0'),
        );
        const answers = await Promise.all(asked.map((infoHash) => hashes.has(infoHash)));
        expect(answers).toEqual(asked.map((infoHash) => infoHash === known));
      }));

    it('forgets at once what is served no more', () =>
      withLab(async ({ hashes, known, forget }) => {
        expect(await hashes.has(known)).toBe(true);
        await forget();
        expect(await hashes.has(known)).toBe(false);
      }));
  });
}
