import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { KnownHashes } from '@vidiverse/torrent';
import { In, type Repository } from 'typeorm';
import { VideoEvents } from '../videos/video-events.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { OPEN_VIDEO } from './open-video.js';
import { ShortCache } from './short-cache.js';

/** How long a change made by another process may go unseen. */
const CACHE_MS = 10_000;
const MAX_CACHED = 20_000;
const MAX_BATCH = 500;
/** Above this the database cannot keep up with a flood; whoever asks is told to come back. */
const MAX_WAITING = 20_000;
const MAX_REPEATS = 3;

interface Question {
  answer: Promise<boolean>;
  resolve: (known: boolean) => void;
  reject: (error: Error) => void;
}

/**
 * The tracker serves files of published videos that whoever has the link may see. Known hashes are remembered for seconds,
 * unknown ones never; however many are asked for, one query runs at a time and answers all that wait.
 */
@Injectable()
export class VideoHashes extends KnownHashes {
  private readonly cache = new ShortCache<true>(CACHE_MS, MAX_CACHED);
  private readonly waiting = new Map<string, Question>();
  private asking = false;
  /** Counts changes: what was read before one must not be remembered after it. */
  private changes = 0;

  constructor(
    @InjectRepository(VideoFileEntity) private readonly files: Repository<VideoFileEntity>,
    events: VideoEvents,
  ) {
    super();
    for (const changed of [events.updated, events.published, events.deleted]) {
      changed.subscribe(() => {
        this.changes += 1;
        this.cache.clear();
      });
    }
  }

  has(infoHash: string): boolean | Promise<boolean> {
    return this.cache.get(infoHash) ?? this.waiting.get(infoHash)?.answer ?? this.ask(infoHash);
  }

  private ask(infoHash: string): Promise<boolean> {
    if (this.waiting.size >= MAX_WAITING) return Promise.reject(new Error('too many unknown hashes at once'));
    const { promise, resolve, reject } = withResolvers<boolean>();
    this.waiting.set(infoHash, { answer: promise, resolve, reject });
    if (!this.asking) void this.answerAll();
    return promise;
  }

  private async answerAll(): Promise<void> {
    this.asking = true;
    // Those that arrive with the same read of the sockets go into the same query.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.size > 0) {
      const batch = [...this.waiting].slice(0, MAX_BATCH);
      for (const [infoHash] of batch) this.waiting.delete(infoHash);
      try {
        const known = await this.read(batch.map(([infoHash]) => infoHash));
        for (const [infoHash, { resolve }] of batch) resolve(known.has(infoHash));
      } catch (error) {
        for (const [, { reject }] of batch) reject(error as Error);
      }
    }
    this.asking = false;
  }

  private async read(infoHashes: string[]): Promise<Set<string>> {
    for (let tries = 1; ; tries += 1) {
      const before = this.changes;
      const rows = await this.files.find({
        select: { id: true, infoHash: true },
        where: { infoHash: In(infoHashes), video: OPEN_VIDEO },
      });
      const known = new Set(rows.map(({ infoHash }) => infoHash!));
      if (before === this.changes) for (const infoHash of known) this.cache.set(infoHash, true);
      if (before === this.changes || tries === MAX_REPEATS) return known;
    }
  }
}

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}
