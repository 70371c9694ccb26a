import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { buildCollection, buildCollectionPage, CONTEXT } from '@vidiverse/federation';
import type { FindOptionsWhere, Repository } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import { FollowEntity } from '../following/follow.entity.js';
import { LocalVideos } from './local-videos.service.js';
import { ObjectHooks } from './object-hooks.service.js';
import { VideoActivities } from './video-activities.service.js';

/** As many as PeerTube puts on a page. */
const PAGE_SIZE = 10;

/** The collections of an actor of ours. Without a page: how much there is and where it begins. */
@Injectable()
export class ActorCollections {
  constructor(
    @InjectRepository(FollowEntity) private readonly follows: Repository<FollowEntity>,
    private readonly videos: LocalVideos,
    private readonly activities: VideoActivities,
    private readonly hooks: ObjectHooks,
  ) {}

  /** Ids of the actors that follow it. */
  followers(actor: ActorEntity, page: number | undefined): Promise<object> {
    return this.ofFollows(actor.followersUrl!, { targetId: actor.id }, page, ({ follower }) => follower!.url);
  }

  /** Ids of the actors that it follows. */
  following(actor: ActorEntity, page: number | undefined): Promise<object> {
    return this.ofFollows(
      `${actor.url}/following`,
      { followerId: actor.id },
      page,
      ({ target }) => target!.url,
    );
  }

  /** What it published: an account's Create, the Announce of a channel and of the instance. */
  async outbox(actor: ActorEntity, page: number | undefined): Promise<object> {
    const { total: totalItems, videos } = await this.videos.publishedBy(actor, slice(page));
    const collection = { id: actor.outboxUrl!, totalItems };
    if (page === undefined) return buildCollection(collection);
    const items: object[] = [];
    for (const video of videos)
      items.push(
        actor.type === 'Person'
          ? await this.hooks.carried(this.activities.create(video))
          : this.activities.announce(video, actor),
      );
    return buildCollectionPage(collection, { page, pageSize: PAGE_SIZE, items }, CONTEXT);
  }

  /** Playlists are not made here; peers ask for them all the same. */
  playlists(actor: ActorEntity): object {
    return buildCollection({ id: `${actor.url}/playlists`, totalItems: 0 });
  }

  private async ofFollows(
    id: string,
    of: FindOptionsWhere<FollowEntity>,
    page: number | undefined,
    url: (follow: FollowEntity) => string,
  ): Promise<object> {
    const [follows, totalItems] = await this.follows.findAndCount({
      where: { ...of, state: 'accepted' },
      relations: { follower: true, target: true },
      order: { id: 'DESC' },
      ...slice(page),
    });
    const collection = { id, totalItems };
    if (page === undefined) return buildCollection(collection);
    return buildCollectionPage(collection, { page, pageSize: PAGE_SIZE, items: follows.map(url) });
  }
}

const slice = (page: number | undefined) => ({
  skip: page === undefined ? 0 : (page - 1) * PAGE_SIZE,
  take: page === undefined ? 1 : PAGE_SIZE,
});
