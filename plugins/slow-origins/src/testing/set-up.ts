import { jest } from '@jest/globals';
import {
  cacheCandidatesRanked,
  type ScoredCandidate,
  type VideoDetails,
  VideoReader,
  videoViewed,
} from '@vidiverse/hooks';
import { MemoryHttp, MemoryJobs, MemorySettings, MemoryStorage, registryOf } from '@vidiverse/hooks/testing';
import { CandidateRanking } from '../candidate-ranking.js';
import { MeasureRounds } from '../measure-rounds.js';
import { OriginMeter } from '../origin-meter.js';
import { OriginSpeeds } from '../origin-speeds.js';
import { type Settings, settings as schema } from '../settings.js';
import { StateReader } from '../state-reader.js';
import { ViewListener } from '../view-listener.js';
import { WatchedVideos } from '../watched-videos.js';

const OURS = { url: 'https://ours.example', host: 'ours.example', name: 'Ours' };
const MINUTE = 60_000;
export const MIB = 1024 * 1024;
/** A file of 4 MiB and 8 seconds: an origin that gives less than 1 MiB a second is slow for it. */
export const FILE = { size: 4 * MIB, duration: 8 };

/** Videos are called `<name>@<host>` here. */
const hostOf = (uuid: string) => uuid.split('@')[1]!;
export const seedOf = (uuid: string) => `https://${hostOf(uuid)}/${uuid}.mp4`;
const candidate = (fileId: number, videoUuid: string): ScoredCandidate => ({
  ...{ fileId, videoUuid, ...FILE, title: videoUuid, channel: `news@${hostOf(videoUuid)}` },
  ...{ host: hostOf(videoUuid), views: 0, recentViews: 0, publishedAt: '2026-01-01T00:00:00.000Z', score: 0 },
});

/** Each video has one file at its origin, and a copy here. */
class Videos extends VideoReader {
  readonly gone = new Set<string>();

  async get(uuid: string): Promise<VideoDetails | null> {
    const webSeeds = [`https://${OURS.host}/${uuid}.mp4`, seedOf(uuid), `https://mirror.example/${uuid}.mp4`];
    const fields = { uuid, name: uuid, channel: { host: hostOf(uuid) }, duration: FILE.duration };
    if (this.gone.has(uuid)) return null;
    return { ...fields, files: [{ size: FILE.size, webSeeds }] } as unknown as VideoDetails;
  }

  async list() {
    return { total: 0, data: [] };
  }
}

/** The plugin; every origin gives `speed` bytes per second. */
export function setUp(given: Partial<Settings> = {}) {
  const settings = new MemorySettings(schema.parse(given));
  const [storage, jobs, videos] = [new MemoryStorage(), new MemoryJobs(), new Videos()];
  const line = { speed: 10 * MIB };
  const http = new MemoryHttp(({ headers }) => {
    const [from, to] = /\d+-\d+/.exec(headers.range!)![0].split('-').map(Number) as [number, number];
    const length = to - from + 1;
    // Greeting takes two seconds, whatever comes then.
    jest.advanceTimersByTime(length === 1 ? 2000 : (length / line.speed) * 1000);
    return { status: 206, body: 'x'.repeat(length) };
  });
  const watched = new WatchedVideos(settings, storage);
  const speeds = new OriginSpeeds(settings, storage);
  const meter = new OriginMeter(settings, http);
  const rounds = new MeasureRounds(settings, jobs, videos, OURS, watched, meter, speeds);
  rounds.onModuleInit();
  const registry = registryOf('slow-origins', [
    new CandidateRanking(settings, watched, speeds),
    new ViewListener(watched, rounds),
  ]);
  const views = async (uuid: string, viewers: number, isLocal = false) => {
    const url = `https://${hostOf(uuid)}/videos/watch/${uuid}`;
    for (let viewer = 0; viewer < viewers; viewer += 1)
      registry.emit(videoViewed, { id: 1, uuid, url, name: uuid, isLocal });
    await registry.settle();
  };
  return {
    ...{ settings, videos, line, http, rounds, views, jobs, speeds },
    state: () => new StateReader(settings, videos, OURS, watched, speeds).read(),
    /** Somebody watches, and what that makes due is measured. */
    watch: async (uuid: string, viewers = 2) => {
      await views(uuid, viewers);
      return jobs.runWaiting();
    },
    /** What a strategy may take of these, the best first. */
    rank: async (strategy: string, ...uuids: string[]) => {
      const files = uuids.map((uuid, index) => candidate(index, uuid));
      const context = { strategy: { name: strategy, kind: 'trending', budget: 1 } as const };
      const ranked = await registry.filter(cacheCandidatesRanked, files, context);
      return ranked.map(({ title, score }) => [title, score]);
    },
  };
}

/** The clock of a test of these; `advanceTimers` lets promises and timers go on by themselves. */
export const useClock = (): void =>
  void jest.useFakeTimers({ now: Date.parse('2026-11-01T00:00:00Z'), advanceTimers: true });
export const later = (minutes: number): void => void jest.setSystemTime(Date.now() + minutes * MINUTE);
