import { Injectable } from '@nestjs/common';
import { HookRegistry, type RankedSeed, seedListRanked } from '@vidiverse/hooks';
import type { VideoFileEntity } from '../videos/video-file.entity.js';
import { listedSeeds } from './listed-seeds.js';

type WithSeeds = Pick<VideoFileEntity, 'id' | 'webSeeds'>;

/** URLs of the copies of each file, by its id. */
export type SeedUrls = ReadonlyMap<number, string[]>;

/** Which copies of files are told, as plugins rank them. */
@Injectable()
export class SeedLists {
  constructor(private readonly registry: HookRegistry) {}

  /** Undefined when there is nobody to ask: then `listedSeeds` says it all, at once. */
  async ofAll(videoUuid: string, files: WithSeeds[] = []): Promise<SeedUrls | undefined> {
    if (!this.registry.hasHandlers(seedListRanked)) return undefined;
    const urls = new Map<number, string[]>();
    for (const file of files) urls.set(file.id, await this.of(videoUuid, file));
    return urls;
  }

  /** URLs of the copies of one file, the best first. */
  async of(videoUuid: string, { id: fileId, webSeeds }: WithSeeds): Promise<string[]> {
    const listed = listedSeeds(webSeeds);
    const urls = listed.map(({ url }) => url);
    if (listed.length === 0 || !this.registry.hasHandlers(seedListRanked)) return urls;
    const seeds = listed.map(({ url, host, throughput, failureRate, expiresAt }): RankedSeed => ({
      url,
      host,
      throughput,
      failureRate,
      expiresAt: expiresAt?.toISOString() ?? null,
    }));
    const answer = await this.registry.filter(seedListRanked, seeds, { videoUuid, fileId });
    const known = new Set(urls);
    return [...new Set(answer.map(({ url }) => url))].filter((url) => known.has(url));
  }
}
