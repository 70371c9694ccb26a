import { describeInboxJournal } from './inbox-journal-contract.js';
import { MemoryInboxJournal } from './memory-inbox-journal.js';

describeInboxJournal('memory', () => {
  const journal = new MemoryInboxJournal();
  return Promise.resolve({
    journal,
    another: () => journal,
    entries: () => Promise.resolve(journal.entries),
    drop: () => Promise.resolve(),
  });
});
