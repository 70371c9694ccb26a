import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { FileStorage, type StorageArea } from '../storage/file-storage.js';
import { CachedFileEntity } from './cached-file.entity.js';

/** A file whose row was deleted is removed at once; what is left is that of a process that died in between. */
const ABANDONED_AFTER_MS = 3600_000;
/** Names per statement. */
const BATCH = 500;

const torrentOf = (document: string): string => document.replace(/\.json$/, '.torrent');

/** Removes what is on the disk without a row: copies, parts of copies, torrents and documents. */
@Injectable()
export class CacheSweeper {
  private sweptAt = -Infinity;

  constructor(
    private readonly storage: FileStorage,
    @InjectRepository(CachedFileEntity) private readonly copies: Repository<CachedFileEntity>,
  ) {}

  /** Once an hour, and at the first call. Answers how many files had no row. */
  async sweep(now = Date.now()): Promise<number> {
    if (now - this.sweptAt < ABANDONED_AFTER_MS) return 0;
    this.sweptAt = now;
    const before = now - ABANDONED_AFTER_MS;
    const parts = await this.storage.listPartial();
    const old = parts.filter(({ modifiedAt }) => modifiedAt < before).map(({ name }) => name);
    const unknown = await this.withoutRow(old, 'filename');
    for (const name of unknown) await this.storage.removePartial(name);
    return (
      unknown.length +
      (await this.sweepArea('redundancy', 'filename', before)) +
      (await this.sweepArea('redundancy-torrents', 'torrentFilename', before)) +
      (await this.sweepArea('redundancy-documents', 'torrentFilename', before, torrentOf))
    );
  }

  private async sweepArea(
    area: StorageArea,
    column: 'filename' | 'torrentFilename',
    before: number,
    named: (name: string) => string = (name) => name,
  ): Promise<number> {
    let removed = 0;
    for (const name of await this.withoutRow(await this.storage.list(area), column, named)) {
      const file = await this.storage.open(area, name);
      await file?.close();
      if (!file || file.modifiedAt.getTime() >= before) continue;
      await this.storage.remove(area, name);
      removed += 1;
    }
    return removed;
  }

  /** `named`: what the column says of a file of this name. */
  private async withoutRow(
    names: string[],
    column: 'filename' | 'torrentFilename',
    named: (name: string) => string = (name) => name,
  ): Promise<string[]> {
    const unknown: string[] = [];
    for (let start = 0; start < names.length; start += BATCH) {
      const batch = names.slice(start, start + BATCH);
      const rows = await this.copies.find({
        select: { id: true, [column]: true },
        where: { [column]: In(batch.map(named)) },
      });
      const known = new Set(rows.map((row) => row[column]));
      unknown.push(...batch.filter((name) => !known.has(named(name))));
    }
    return unknown;
  }
}
