import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import { LocalActors } from '../actors/local-actors.service.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { isTold } from '../videos/video-access.js';
import { VideoEntity } from '../videos/video.entity.js';
import { Audience } from './audience.service.js';
import { RELATIONS } from './local-videos.service.js';
import type { InboxActivityEntity } from './inbox-activity.entity.js';
import { LaterUpdates } from './later-updates.service.js';
import { OutboxService } from './outbox.service.js';
import { VideoActivities } from './video-activities.service.js';

/** Tells followers what becomes of our videos, in the transaction in which it becomes so. */
@Injectable()
export class VideoTeller {
  constructor(
    private readonly actors: LocalActors,
    private readonly audience: Audience,
    private readonly outbox: OutboxService,
    private readonly activities: VideoActivities,
    private readonly later: LaterUpdates,
  ) {}

  /** It can be seen from now on: its account has made it, its channel and this instance recommend it. */
  async published(manager: EntityManager, videoId: number): Promise<void> {
    const video = await load(manager, videoId);
    if (!isTold(video)) return;
    const { account, channel, instance } = await this.actorsOf(video);
    await this.send(manager, account, this.activities.create(video), [account]);
    for (const announcer of [channel, instance])
      await this.send(manager, announcer, this.activities.announce(video, announcer), [announcer]);
  }

  /** Its fields or files are others. */
  async changed(manager: EntityManager, videoId: number): Promise<void> {
    const video = await load(manager, videoId);
    if (!isTold(video)) return;
    const { account, channel, instance } = await this.actorsOf(video);
    await this.send(manager, account, this.activities.update(video), [account, channel, instance]);
  }

  /** As `changed`, together with what else changes in the next moment. */
  changedSoon(manager: EntityManager, videoId: number): Promise<void> {
    return this.later.add(manager, videoId);
  }

  /** Somebody, here or elsewhere, likes it otherwise than before. Its own instance counts, and tells now and then. */
  async rated(manager: EntityManager, video: VideoEntity): Promise<void> {
    if (isTold(video)) await this.later.addRates(manager, video.id);
  }

  /** A view here. Of ours, the number is told now and then; of a remote one its instance is told, which counts. */
  async viewed(manager: EntityManager, video: VideoEntity): Promise<void> {
    if (!video.remote) return isTold(video) ? this.later.addViews(manager, video.id) : undefined;
    const instance = await this.actors.instance();
    const { inboxUrl, sharedInboxUrl } = video.channel!.account!.actor!;
    const id = `${instance.url}/views/videos/${video.id}/${randomUUID()}`;
    const activity = this.activities.view(instance, video.url!, id);
    await this.outbox.send(manager, { activity, actor: instance, inboxes: [sharedInboxUrl ?? inboxUrl] });
  }

  /** It cannot be seen any more, or will be gone with this transaction. `at` is when that was. */
  async removed(manager: EntityManager, videoId: number, at: Date): Promise<void> {
    const video = await load(manager, videoId);
    const { account, channel, instance } = await this.actorsOf(video);
    // It may have been in another of the account's channels before: whoever follows that one has it as well.
    const channels = await manager.findBy(ChannelEntity, { accountId: video.channel!.accountId });
    const others = channels.flatMap(({ actorId }) => (actorId === null ? [] : [{ id: actorId }]));
    const followed = [account, channel, instance, ...others];
    await this.send(manager, account, this.activities.remove(video, at), followed);
  }

  /** `former` is the video as it was in its channel before. */
  async moved(manager: EntityManager, former: VideoEntity, videoId: number): Promise<void> {
    const before = former.channel!.actor!;
    await this.send(manager, before, this.activities.unannounce(former, before), [before]);
    const video = await load(manager, videoId);
    const { account, channel } = await this.actorsOf(video);
    await this.send(manager, channel, this.activities.announce(video, channel), [channel]);
    await this.send(manager, account, this.activities.update(video), [before]);
  }

  /** A view elsewhere of a video of ours: passed on as it was signed, or else told with the number. */
  async viewedElsewhere(
    manager: EntityManager,
    videoId: number,
    { signedBody, host }: Pick<InboxActivityEntity, 'signedBody' | 'host'>,
  ): Promise<void> {
    if (signedBody === null) return this.later.addViews(manager, videoId);
    await this.passOn(manager, videoId, { signedBody, host });
  }

  /** What `host` says of a video of ours, to all others who follow it: as it was signed, or not at all. */
  async passOn(
    manager: EntityManager,
    videoId: number,
    { signedBody, host }: Pick<InboxActivityEntity, 'signedBody' | 'host'>,
  ): Promise<void> {
    if (signedBody === null) return;
    const { account, channel, instance } = await this.actorsOf(await load(manager, videoId));
    const followed = [account, channel, instance];
    const inboxes = await this.audience.inboxesOf(manager, followed, { except: host });
    await this.outbox.forward(manager, signedBody, inboxes);
  }

  private async send(
    manager: EntityManager,
    actor: ActorEntity,
    activity: ReturnType<VideoActivities['create']>,
    followed: Array<Pick<ActorEntity, 'id'>>,
  ): Promise<void> {
    const inboxes = await this.audience.inboxesOf(manager, followed);
    await this.outbox.send(manager, { activity, actor, inboxes });
  }

  private async actorsOf({ channel }: VideoEntity) {
    return {
      account: channel!.account!.actor!,
      channel: channel!.actor!,
      instance: await this.actors.instance(),
    };
  }
}

const load = (manager: EntityManager, id: number): Promise<VideoEntity> =>
  manager.findOneOrFail(VideoEntity, { where: { id }, relations: RELATIONS });
