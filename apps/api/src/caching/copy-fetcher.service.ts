import { Injectable, Logger } from '@nestjs/common';
import { hostOf } from '@vidiverse/federation';
import { PieceDownload, RateLimit, type TorrentPieces } from '@vidiverse/torrent';
import { Config } from '../config/config.js';
import { type RunningJob, UnrecoverableJobError } from '../jobs/job-queue.js';
import { FileTorrents, provenTorrent, WrongTorrentError } from '../seeds/file-torrents.service.js';
import { listedSeeds } from '../seeds/listed-seeds.js';
import type { VideoFileEntity } from '../videos/video-file.entity.js';
import type { CachedFileEntity } from './cached-file.entity.js';
import { CopyClient } from './copy-client.js';
import { CopyFiles } from './copy-files.service.js';
import { FetchProgress } from './fetch-progress.js';
import { CopyStore } from './copy-store.service.js';
import type { FetchPayload } from './fetch-job.js';
import { VideoDocuments } from './video-documents.service.js';

/** Milliseconds that a timer can wait. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Fetches copies from their origins and every other listed seed at once, and keeps no piece that is not proven. */
@Injectable()
export class CopyFetcher {
  private readonly logger = new Logger('Caching');
  /** For all that this process fetches. */
  private readonly rate: RateLimit;

  constructor(
    private readonly config: Config,
    private readonly client: CopyClient,
    private readonly torrents: FileTorrents,
    private readonly files: CopyFiles,
    private readonly store: CopyStore,
    private readonly documents: VideoDocuments,
  ) {
    this.rate = new RateLimit(config.caching.maxBandwidth);
  }

  /** Goes on where the last try ended. What is wanted no more is left alone. @throws Error when this try failed */
  async fetch(job: RunningJob<FetchPayload>): Promise<void> {
    const copy = await this.store.begin(job.payload.copyId);
    if (!copy) return;
    const file = copy.videoFile;
    if (!file?.remoteSources || file.infoHash !== copy.infoHash)
      throw new UnrecoverableJobError('Its video is gone, or has another file.');
    const { timeLimit, minSpeed } = this.config.caching;
    const limit = Math.min(LONGEST_TIMER, Math.round((timeLimit + copy.size / minSpeed) * 1000));
    const signal = AbortSignal.any([job.signal, AbortSignal.timeout(limit)]);
    // Another try may have died between moving it in and saying so.
    if (!(await this.files.isWhole(copy))) {
      await this.fetchFile(copy, file, job, signal);
      await this.files.finish(copy);
    }
    await this.documents.keep(copy, signal);
    await this.store.finish(copy.id);
  }

  /** No try follows. What is here of it goes first, while its room is still counted: a round may give that away at once. */
  async giveUp(copyId: number, error: string): Promise<void> {
    const copy = await this.store.onTheWay(copyId);
    if (copy) await this.files.remove(copy);
    await this.store.giveUp(copyId, error);
  }

  private async fetchFile(
    copy: CachedFileEntity,
    file: VideoFileEntity,
    job: RunningJob<FetchPayload>,
    signal: AbortSignal,
  ): Promise<void> {
    const torrent = await this.torrentOf(copy, file, signal);
    const progress = new FetchProgress(copy, torrent, job, this.store);
    try {
      await this.files.withPart(copy, async (part) => {
        const download = new PieceDownload(torrent, part, this.reader(), this.options(), {
          onPiece: (_piece, seed, bytes) => progress.add(bytes, seed),
          onLiar: (seed, error) => {
            this.logger.warn(`${seed} is asked no more for ${copy.filename}: ${error.message}`);
            progress.liar(seed);
          },
        });
        progress.begin(await download.resume(signal));
        await download.run(this.seedsOf(copy, file), signal);
      });
    } finally {
      await progress.write();
    }
  }

  /** The torrent that was kept, or the origin's. @throws UnrecoverableJobError when it is that of another file */
  private async torrentOf(
    copy: CachedFileEntity,
    file: VideoFileEntity,
    signal: AbortSignal,
  ): Promise<TorrentPieces> {
    try {
      const kept = await this.files.torrent(copy);
      if (kept) return provenTorrent(kept, copy);
      const content = await this.torrents.read(file, signal);
      const torrent = provenTorrent(content, copy);
      await this.files.keepTorrent(copy, content);
      return torrent;
    } catch (error) {
      if (error instanceof WrongTorrentError) throw new UnrecoverableJobError(error.message);
      throw error;
    }
  }

  /** The origin first, then other caches; none that lied, and not ourselves. */
  private seedsOf({ badSeeds }: CachedFileEntity, { remoteSources, webSeeds }: VideoFileEntity): string[] {
    const listed = listedSeeds(webSeeds).map(({ url }) => url);
    const all = new Set([remoteSources!.fileUrl, ...remoteSources!.webSeeds, ...listed]);
    const ours = hostOf(this.config.url);
    return [...all]
      .filter((url) => !badSeeds.includes(url) && hostOf(url) !== ours)
      .slice(0, this.config.caching.seeds);
  }

  private options() {
    const { requestSize: runBytes, connectionsPerSeed, connections } = this.config.caching;
    return { runBytes, connectionsPerSeed, connections, failures: 3 };
  }

  private reader(): ConstructorParameters<typeof PieceDownload>[2] {
    const { requestTimeout, maxBandwidth, requestSize, connections, concurrency } = this.config.caching;
    // Waiting for our own limit is no fault of the seed.
    const waiting = maxBandwidth ? (requestSize * connections * concurrency * 1000) / maxBandwidth : 0;
    return async (seed, { start, end, take, signal }) => {
      await this.client.getRange(seed, {
        start,
        end,
        signal,
        deadline: Math.round(requestTimeout + waiting),
        take: async (chunk) => {
          await this.rate.take(chunk.length, signal);
          await take(chunk);
        },
      });
    };
  }
}
