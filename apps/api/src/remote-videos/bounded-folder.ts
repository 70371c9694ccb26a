import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const TEMPORARY = '.part';

/** A folder of small files that may all be made again: beyond `maxBytes` those longest unused are removed. */
export class BoundedFolder {
  /** Sizes, the longest unused first. */
  private readonly sizes = new Map<string, number>();
  private total = 0;
  private opened: Promise<void> | undefined;

  constructor(
    private readonly path: string,
    private readonly maxBytes: number,
  ) {}

  async read(name: string): Promise<Buffer | null> {
    await this.open();
    // Another process may have added or removed it.
    const content = await readFile(join(this.path, name)).catch(() => null);
    this.forget(name);
    if (content) this.note(name, content.length);
    return content;
  }

  async write(name: string, content: Buffer): Promise<void> {
    await this.open();
    const temporary = join(this.path, `${name}.${process.pid}${TEMPORARY}`);
    await writeFile(temporary, content);
    await rename(temporary, join(this.path, name));
    this.forget(name);
    this.note(name, content.length);
    for (const [oldest] of this.sizes) {
      if (this.total <= this.maxBytes) break;
      this.forget(oldest);
      await rm(join(this.path, oldest), { force: true });
    }
  }

  private open(): Promise<void> {
    this.opened ??= this.list();
    return this.opened;
  }

  private async list(): Promise<void> {
    await mkdir(this.path, { recursive: true });
    const found: Array<{ name: string; size: number; usedAt: number }> = [];
    for (const name of await readdir(this.path)) {
      const file = await stat(join(this.path, name)).catch(() => null);
      if (name.endsWith(TEMPORARY)) await rm(join(this.path, name), { force: true });
      else if (file) found.push({ name, size: file.size, usedAt: file.mtimeMs });
    }
    for (const { name, size } of found.toSorted((a, b) => a.usedAt - b.usedAt)) this.note(name, size);
  }

  private note(name: string, size: number): void {
    this.sizes.set(name, size);
    this.total += size;
  }

  private forget(name: string): void {
    this.total -= this.sizes.get(name) ?? 0;
    this.sizes.delete(name);
  }
}
