import type { FileStorage, StorageArea, StoredFile } from '../storage/file-storage.js';

const MAX_OPEN = 64;
const IDLE_MS = 30_000;

interface Entry {
  file: Promise<StoredFile | null>;
  users: number;
  lastUsed: number;
}

/** Keeps files open between the ranges of one viewer; bounded but for those in use, and closed when nobody asked for a while. */
export class OpenFiles {
  /** The least recently used first. */
  private readonly entries = new Map<string, Entry>();
  private readonly sweep: NodeJS.Timeout;

  constructor(
    private readonly storage: FileStorage,
    private readonly area: StorageArea,
  ) {
    this.sweep = setInterval(() => this.closeIdle(Date.now() - IDLE_MS), IDLE_MS).unref();
  }

  /** Runs `use` with the open file, or with null when there is none. */
  async with<T>(name: string, use: (file: StoredFile | null) => Promise<T>): Promise<T> {
    const entry = this.take(name);
    try {
      return await use(await entry.file);
    } finally {
      entry.users -= 1;
      entry.lastUsed = Date.now();
      if (this.entries.get(name) !== entry) await this.closeEntry(entry);
      else if (this.entries.size > MAX_OPEN) this.closeIdle(Infinity, this.entries.size - MAX_OPEN);
    }
  }

  /** The next use opens it anew, as after it was deleted. */
  forget(name: string): void {
    const entry = this.entries.get(name);
    this.entries.delete(name);
    if (entry) void this.closeEntry(entry);
  }

  /** Closes all; those in use when they are done. */
  close(): void {
    clearInterval(this.sweep);
    for (const name of [...this.entries.keys()]) this.forget(name);
  }

  private take(name: string): Entry {
    const entry = this.entries.get(name) ?? this.openEntry(name);
    this.entries.delete(name);
    this.entries.set(name, entry);
    entry.users += 1;
    return entry;
  }

  private openEntry(name: string): Entry {
    const entry: Entry = { file: this.storage.open(this.area, name), users: 0, lastUsed: Date.now() };
    // What could not be opened is tried again by the next who asks.
    const drop = () => this.entries.get(name) === entry && this.entries.delete(name);
    entry.file.then((file) => file ?? drop(), drop);
    return entry;
  }

  private closeIdle(before: number, most = Infinity): void {
    let closed = 0;
    for (const [name, { users, lastUsed }] of this.entries) {
      if (closed >= most) return;
      if (users > 0 || lastUsed > before) continue;
      this.forget(name);
      closed += 1;
    }
  }

  private async closeEntry(entry: Entry): Promise<void> {
    if (entry.users > 0) return;
    const file = await entry.file.catch(() => null);
    await file?.close();
  }
}
