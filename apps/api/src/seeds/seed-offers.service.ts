import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { CacheFile } from '@vidiverse/federation';
import type { DataSource, EntityManager } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import { LocalActors } from '../actors/local-actors.service.js';
import { Config } from '../config/config.js';
import { ActivityRefusedError, type HandleContext } from '../federation/activity-handlers.js';
import { FollowEntity } from '../following/follow.entity.js';
import { JobQueue } from '../jobs/job-queue.js';
import { VideosByUrl } from '../remote-videos/videos-by-url.js';
import { hashUrl } from '../shared/hash-url.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { VideoEntity } from '../videos/video.entity.js';
import { addCheck } from './check-seed-job.js';
import { offeredFile, offerFault } from './offer-rules.js';
import { newHealth } from './seed-health.js';
import { SeedTeller } from './seed-teller.service.js';
import { WebSeedEntity } from './web-seed.entity.js';

/** The video and which file of it. */
export interface OfferedCopy {
  video: VideoEntity;
  file: VideoFileEntity;
}

const refuse = (reason: string): never => {
  throw new ActivityRefusedError(reason);
};

/** What cache instances offer, and take back, within the transaction of the activity. */
@Injectable()
export class SeedOffers {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly actors: LocalActors,
    private readonly videos: VideosByUrl,
    private readonly queue: JobQueue,
    private readonly teller: SeedTeller,
  ) {}

  /** Offered, or offered for longer. It is checked before anybody is told. @throws ActivityRefusedError */
  async take(offer: CacheFile, { actor, manager, row }: HandleContext): Promise<void> {
    const { video, file } = await this.offered(offer, actor, manager);
    const known = await this.known(manager, offer);
    if (known && known.actorId !== actor.id) refuse('Another actor offered it.');
    if (known?.saidAt && row.issuedAt && row.issuedAt < known.saidAt) refuse('It said something newer.');
    if (known?.fileId !== file.id) await this.assertRoom(manager, file, actor);
    const seed =
      known ?? manager.create(WebSeedEntity, { actorId: actor.id, host: actor.host, ...ids(offer) });
    const isKnown = seed.fileId === file.id && seed.url === offer.href;
    const said = { url: offer.href, expiresAt: offer.expires, saidAt: row.issuedAt, fileId: file.id };
    await manager.save(Object.assign(seed, said, !isKnown && newHealth(new Date())));
    await this.teller.said(manager, seed, video, row);
    if (!isKnown) await addCheck(this.queue, seed, { manager });
  }

  /** What is offered, by whoever may. @throws ActivityRefusedError */
  async offered(
    offer: CacheFile,
    actor: ActorEntity,
    manager = this.dataSource.manager,
  ): Promise<OfferedCopy> {
    const fault = offerFault(offer, actor, this.config.federation.allowPrivatePeers);
    if (fault !== null) refuse(fault);
    await this.assertMayOffer(manager, actor);
    const video = (await this.videos.find(manager, offer.object)) ?? refuse('There is no such video.');
    const files = await manager.findBy(VideoFileEntity, { videoId: video.id });
    const file = offeredFile(offer, files) ?? refuse('The video has no file of this height and size.');
    return { video, file };
  }

  /** It is offered no more. @throws ActivityRefusedError */
  async takeBack(offer: CacheFile, { actor, manager, row }: HandleContext): Promise<void> {
    const seed = (await this.known(manager, offer)) ?? refuse('There is no such offer.');
    if (seed.actorId !== actor.id) refuse('Another actor offered it.');
    const video = await manager.findOneByOrFail(VideoEntity, { files: { id: seed.fileId } });
    await this.teller.takenBack(manager, seed, video, row);
    await manager.delete(WebSeedEntity, { id: seed.id });
  }

  private known(manager: EntityManager, { id }: CacheFile): Promise<WebSeedEntity | null> {
    return manager.findOneBy(WebSeedEntity, { cacheFileHash: hashUrl(id) });
  }

  private async assertMayOffer(manager: EntityManager, { id: targetId }: ActorEntity): Promise<void> {
    const { acceptFrom } = this.config.seeds;
    if (acceptFrom === 'nobody') refuse('This instance takes no copies.');
    if (acceptFrom === 'anybody') return;
    const { id: followerId } = await this.actors.instance();
    const isFollowed = await manager.existsBy(FollowEntity, { followerId, targetId, state: 'accepted' });
    if (!isFollowed) refuse('This instance takes copies from instances that it follows.');
  }

  private async assertRoom(
    manager: EntityManager,
    { id: fileId }: VideoFileEntity,
    { host }: ActorEntity,
  ): Promise<void> {
    const { maxPerFile, maxPerHost } = this.config.seeds;
    if (await manager.existsBy(WebSeedEntity, { fileId, host })) refuse('It offers this file already.');
    if ((await manager.countBy(WebSeedEntity, { fileId })) >= maxPerFile)
      refuse(`There are ${maxPerFile} copies of this file.`);
    if ((await manager.countBy(WebSeedEntity, { host })) >= maxPerHost)
      refuse(`It offers ${maxPerHost} files already.`);
  }
}

const ids = ({ id }: CacheFile) => ({ cacheFileUrl: id, cacheFileHash: hashUrl(id) });
