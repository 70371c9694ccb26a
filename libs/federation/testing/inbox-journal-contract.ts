import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { InboxEntry, InboxJournal } from '../src/ports/inbox-journal.js';

/** A version of the port, empty, and what the port itself does not offer. */
export interface InboxJournalLab {
  journal: InboxJournal;
  /** One more over the same rows, as another process has it. */
  another(): InboxJournal;
  /** All that was recorded, in order. */
  entries(): Promise<InboxEntry[]>;
  drop(): Promise<void>;
}

const PARALLEL = 20;

const entry = (number: number, changes: Partial<InboxEntry> = {}): InboxEntry => ({
  fingerprint: String(number).padStart(64, '0'),
  activityUrl: `https://peer.example/activities/${number}`,
  actorUrl: 'https://peer.example/accounts/ada',
  host: 'peer.example',
  type: 'Like',
  issuedAt: new Date('2030-01-02T03:04:05.678Z'),
  document: {
    id: `https://peer.example/activities/${number}`,
    types: ['Like'],
    terms: { object: ['https://here.example/ü'] },
  },
  signedBody: '{"type":"Like","content":"🎬"}',
  ...changes,
});

/** What every version of the port promises. */
export function describeInboxJournal(name: string, open: () => Promise<InboxJournalLab>): void {
  describe(`the inbox journal in ${name}`, () => {
    let lab: InboxJournalLab;

    beforeEach(async () => {
      lab = await open();
    });
    afterEach(() => lab.drop());

    it('keeps all that an activity came with', async () => {
      const bare = entry(2, { issuedAt: null, signedBody: null });
      expect(await lab.journal.record([entry(1)])).toEqual([true]);
      expect(await lab.journal.record([bare])).toEqual([true]);
      expect(await lab.entries()).toEqual([entry(1), bare]);
    });

    it('records an activity once, and keeps what came first', async () => {
      await lab.journal.record([entry(1)]);
      expect(await lab.journal.record([entry(1, { type: 'Dislike' })])).toEqual([false]);
      expect(await lab.entries()).toEqual([entry(1)]);
    });

    it('records what is new beside what is known, also twice in one call', async () => {
      await lab.journal.record([entry(1)]);
      expect(await lab.journal.record([entry(1), entry(2), entry(2)])).toEqual([false, true, false]);
      expect(await lab.entries()).toEqual([entry(1), entry(2)]);
    });

    it('tells different contents under one id apart', async () => {
      const changed = entry(2, { activityUrl: entry(1).activityUrl });
      expect(await lab.journal.record([entry(1), changed])).toEqual([true, true]);
    });

    it('records once what two record at the same moment', async () => {
      const journals = [lab.journal, lab.another()];
      const answers = await Promise.all(
        Array.from({ length: PARALLEL }, (_, turn) => journals[turn % 2]!.record([entry(1)])),
      );
      expect(answers.flat().filter(Boolean)).toHaveLength(1);
      expect(await lab.entries()).toEqual([entry(1)]);
    });
  });
}
