import { Injectable } from '@nestjs/common';
import { type InboxEntry, InboxJournal } from '@vidiverse/federation';
import { DataSource, type EntityManager, In } from 'typeorm';
import { Config } from '../config/config.js';
import { isDuplicate } from '../database/is-duplicate.js';
import { JobQueue } from '../jobs/job-queue.js';
import { InboxActivityEntity } from './inbox-activity.entity.js';
import { receiveJob } from './receive-job-kind.js';

/** Activities and their jobs in one transaction; a unique key says which came before. */
@Injectable()
export class TypeOrmInboxJournal extends InboxJournal {
  constructor(
    private readonly config: Config,
    private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
  ) {
    super();
  }

  async record(entries: InboxEntry[]): Promise<boolean[]> {
    const known = await this.known(entries);
    const unknown = entries.filter(({ fingerprint }) => !known.has(fingerprint));
    if (unknown.length === 0) return entries.map(() => false);
    return this.dataSource.transaction(async (manager) => {
      const isNew: boolean[] = [];
      for (const entry of entries)
        isNew.push(!known.has(entry.fingerprint) && (await this.write(manager, entry)));
      return isNew;
    });
  }

  private async known(entries: InboxEntry[]): Promise<Set<string>> {
    const rows = await this.dataSource.getRepository(InboxActivityEntity).find({
      select: { fingerprint: true },
      where: { fingerprint: In(entries.map(({ fingerprint }) => fingerprint)) },
    });
    return new Set(rows.map(({ fingerprint }) => fingerprint));
  }

  /** Writes first and asks then: a look before would not see what another process writes meanwhile. */
  private async write(manager: EntityManager, entry: InboxEntry): Promise<boolean> {
    const now = new Date();
    const row = manager.create(InboxActivityEntity, {
      ...entry,
      state: 'received',
      reason: null,
      finishedAt: null,
      createdAt: now,
      updatedAt: now,
    });
    try {
      await manager.insert(InboxActivityEntity, row);
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
    await this.queue.add(receiveJob(this.config), { id: row.id }, { manager });
    return true;
  }
}
