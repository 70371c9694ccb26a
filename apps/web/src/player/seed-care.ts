import type { PlayableFile, PlayerOptions, SeedFault } from './types';
import { seedsOfMagnet, WebSeeds } from './web-seeds';

type Care = Pick<PlayerOptions, 'listFiles' | 'reportSeed' | 'seedsRefresh'>;

/** The seeds of the file that is being played: kept current, given up when they lie, and told of when they fail. */
export class SeedCare {
  readonly seeds: WebSeeds;
  /** What was told already: once is enough, the instance looks for itself. */
  private readonly told = new Set<string>();

  constructor(
    private readonly file: PlayableFile,
    private readonly options: Care,
  ) {
    this.seeds = new WebSeeds(file.fileUrl, file.webSeeds ?? seedsOfMagnet(file.magnetUri));
  }

  /** A seed failed. The file's own address is no seed that the instance could take off its list. */
  readonly report = (fault: SeedFault): void => {
    const key = `${fault.fault} ${fault.url}`;
    if (fault.url === this.seeds.own || this.told.has(key)) return;
    this.told.add(key);
    this.options.reportSeed(fault);
  };

  /** A piece from these seeds is wrong. When several sent a part of it, none of them is asked again: it may be any. */
  readonly lied = (piece: number, seeds: string[]): void => {
    for (const url of seeds) {
      this.seeds.drop(url);
      this.report({ url, fault: 'wrong-bytes', piece });
    }
  };

  /** Asks now and then which seeds there are, until `signal` is aborted. */
  keepCurrent(signal: AbortSignal): void {
    const timer = setInterval(() => void this.refresh(), this.options.seedsRefresh * 1000);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  }

  /** Without an answer the list stays as it is. */
  async refresh(): Promise<void> {
    const files = await this.options.listFiles().catch(() => []);
    const now = files.find(({ id }) => id === this.file.id)?.webSeeds;
    // The first is the file's own, which for some videos has another token each time.
    if (now) this.seeds.list(now.slice(1));
  }
}
