import type { MeasuredSeed } from './seed-shares';

const QUARANTINE_MS = 30_000;
/** Weight of the newest measurement. */
const SMOOTHING = 0.3;

interface Seed extends MeasuredSeed {
  quarantinedUntil: number;
}

/** The HTTP addresses of one file, the best first: by measured speed, those that failed last. */
export class WebSeeds {
  private seeds: Seed[];
  private readonly dropped = new Set<string>();
  private provable = false;

  constructor(
    /** The file's own address: it is never given up, for without it there may be nothing. */
    readonly own: string,
    copies: string[] = [],
  ) {
    this.seeds = [...new Set([own, ...copies])].map(untried);
  }

  /** What copies send can be checked from now on, or will never be: until then they are asked only when nobody else is there. */
  useCopies(): void {
    this.provable = true;
  }

  /** Whether there is a seed beside the file's own address. */
  get hasCopies(): boolean {
    return this.seeds.some(({ url }) => url !== this.own);
  }

  /** These are the copies from now on; what is known of those that stay is kept, and what was dropped stays away. */
  list(copies: string[]): void {
    const urls = new Set([this.own, ...copies].filter((url) => !this.dropped.has(url)));
    this.seeds = [...urls].map((url) => this.find(url) ?? untried(url));
  }

  /** Never again, as long as the video is open. */
  drop(url: string): void {
    if (url === this.own) return;
    this.dropped.add(url);
    this.seeds = this.seeds.filter((seed) => seed.url !== url);
  }

  has(url: string): boolean {
    return this.find(url) !== undefined;
  }

  /** Up to `most` seeds that can be asked at the same time, the best first: one alone as long as copies cannot be checked. */
  usable(most: number, now = Date.now()): MeasuredSeed[] {
    const able = this.seeds.filter(({ quarantinedUntil }) => quarantinedUntil <= now);
    if (!this.provable || able.length < 2) return [{ url: this.best(now), speed: null }];
    return able.toSorted((a, b) => rank(b) - rank(a)).slice(0, most);
  }

  /** The seed to ask next. Untried ones come before slow ones; when all failed lately, the one whose rest ends first. */
  best(now = Date.now()): string {
    const own = this.find(this.own);
    if (!this.provable && own && own.quarantinedUntil <= now) return own.url;
    const [best] = this.seeds.toSorted((a, b) => {
      const resting = Number(a.quarantinedUntil > now) - Number(b.quarantinedUntil > now);
      return (
        resting ||
        (resting === 0 && a.quarantinedUntil > now
          ? a.quarantinedUntil - b.quarantinedUntil
          : rank(b) - rank(a))
      );
    });
    return best!.url;
  }

  succeeded(url: string, bytes: number, milliseconds: number): void {
    const seed = this.find(url);
    if (!seed) return;
    const speed = bytes / Math.max(milliseconds, 1);
    seed.speed = seed.speed === null ? speed : seed.speed * (1 - SMOOTHING) + speed * SMOOTHING;
    seed.quarantinedUntil = 0;
  }

  failed(url: string, now = Date.now()): void {
    const seed = this.find(url);
    if (seed) seed.quarantinedUntil = now + QUARANTINE_MS;
  }

  /** Whether another seed than this one can be asked now. */
  hasAlternative(url: string, now = Date.now()): boolean {
    return this.seeds.some((seed) => seed.url !== url && seed.quarantinedUntil <= now);
  }

  private find(url: string): Seed | undefined {
    return this.seeds.find((seed) => seed.url === url);
  }
}

const untried = (url: string): Seed => ({ url, speed: null, quarantinedUntil: 0 });

const rank = ({ speed }: Seed) => speed ?? Number.MAX_SAFE_INTEGER;

/** The `ws` entries of a magnet link (BEP 19 in its magnet form). */
export const seedsOfMagnet = (magnetUri: string): string[] =>
  magnetUri ? new URLSearchParams(magnetUri.slice(magnetUri.indexOf('?') + 1)).getAll('ws') : [];
