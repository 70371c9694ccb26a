import { type JsonValue, type PluginStorage } from '@vidiverse/hooks';

const PAGE = 100;

/** Keys begin with the time, in ISO 8601, which sorts by time; the oldest beyond `most` are forgotten. */
export interface KeptListOptions<Kept> {
  readonly prefix: string;
  readonly keyOf: (one: Kept) => string;
  readonly most: () => number;
}

/** What the plugin keeps of one kind, the oldest first. */
export class KeptList<Kept extends object> {
  constructor(
    private readonly storage: PluginStorage,
    private readonly options: KeptListOptions<Kept>,
  ) {}

  async all(): Promise<Kept[]> {
    const { prefix } = this.options;
    const found: Kept[] = [];
    for (let after = prefix; ;) {
      const page = await this.storage.list({ prefix, after, count: PAGE });
      found.push(...page.map(({ value }) => value as JsonValue & Kept));
      if (page.length < PAGE) return found;
      after = page.at(-1)!.key;
    }
  }

  /** Takes the place of one with the same key. */
  async put(one: Kept): Promise<void> {
    await this.storage.set(this.keyOf(one), one as JsonValue & Kept);
    const all = await this.all();
    for (const old of all.slice(0, Math.max(0, all.length - this.options.most()))) await this.remove(old);
  }

  async remove(one: Kept): Promise<void> {
    await this.storage.delete(this.keyOf(one));
  }

  private keyOf(one: Kept): string {
    return this.options.prefix + this.options.keyOf(one);
  }
}
