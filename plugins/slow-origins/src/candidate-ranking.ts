import { Injectable } from '@nestjs/common';
import {
  type CacheContext,
  cacheCandidatesRanked,
  OnHook,
  PluginSettings,
  type ScoredCandidate,
} from '@vidiverse/hooks';
import { judgeFile } from './judge-file.js';
import { OriginSpeeds } from './origin-speeds.js';
import type { Settings } from './settings.js';
import { WatchedVideos } from './watched-videos.js';

/** Puts what is watched while its origin is slow before everything else; the strategy of this plugin takes that alone. */
@Injectable()
export class CandidateRanking {
  constructor(
    private readonly settings: PluginSettings<Settings>,
    private readonly videos: WatchedVideos,
    private readonly speeds: OriginSpeeds,
  ) {}

  @OnHook(cacheCandidatesRanked)
  async rank(
    files: readonly ScoredCandidate[],
    { strategy }: CacheContext,
  ): Promise<readonly ScoredCandidate[]> {
    const { score, strategy: own } = this.settings.get();
    const wanted = await this.wantedOf(files);
    return files
      .filter(({ fileId }) => strategy.name !== own || wanted.has(fileId))
      .map((file) => (wanted.has(file.fileId) ? { ...file, score: file.score + score } : file));
  }

  private async wantedOf(files: readonly ScoredCandidate[]): Promise<ReadonlySet<number>> {
    const settings = this.settings.get();
    const hosts = new Map((await this.videos.watched()).map(({ uuid, host }) => [uuid, host]));
    const watched = files.filter(({ videoUuid }) => hosts.has(videoUuid));
    const origins = new Set(watched.map(({ videoUuid }) => hosts.get(videoUuid)!));
    const found = await Promise.all([...origins].map((host) => this.speeds.get(host)));
    const speeds = new Map([...origins].map((host, index) => [host, found[index]]));
    const slow = watched.filter(
      (file) => judgeFile(file, speeds.get(hosts.get(file.videoUuid)!), settings).isSlow,
    );
    return new Set(slow.map(({ fileId }) => fileId));
  }
}
