import { type InboxEntry, InboxJournal } from '../src/ports/inbox-journal.js';

/** What came in, as long as the process lives. */
export class MemoryInboxJournal extends InboxJournal {
  readonly entries: InboxEntry[] = [];

  record(entries: InboxEntry[]): Promise<boolean[]> {
    const isNew = entries.map((entry) => {
      const known = this.entries.some(({ fingerprint }) => fingerprint === entry.fingerprint);
      if (!known) this.entries.push(entry);
      return !known;
    });
    return Promise.resolve(isNew);
  }
}
