import { Injectable } from '@nestjs/common';
import { buildCacheFile } from '@vidiverse/federation';
import type { EntityManager } from 'typeorm';
import { LocalActors } from '../actors/local-actors.service.js';
import { Config } from '../config/config.js';
import * as activities from '../federation/activities.js';
import { Audience } from '../federation/audience.service.js';
import { OutboxService } from '../federation/outbox.service.js';
import { copyUrls } from './copy-urls.js';
import type { CachedFileEntity } from './cached-file.entity.js';

/** Tells the origin and our followers of a copy, by the instance actor. Part of the caller's transaction. */
@Injectable()
export class CacheTeller {
  constructor(
    private readonly config: Config,
    private readonly actors: LocalActors,
    private readonly audience: Audience,
    private readonly outbox: OutboxService,
  ) {}

  offered(manager: EntityManager, copy: CachedFileEntity): Promise<void> {
    return this.tell(manager, copy, ({ actor, object, to }) => activities.create(actor, object, to));
  }

  /** It is promised for longer. */
  extended(manager: EntityManager, copy: CachedFileEntity): Promise<void> {
    return this.tell(manager, copy, ({ actor, object, to }) =>
      activities.update(actor, object, to, new Date()),
    );
  }

  takenBack(manager: EntityManager, copy: CachedFileEntity): Promise<void> {
    return this.tell(manager, copy, ({ actor, object, to }) =>
      activities.undo(actor, activities.create(actor, object, to)),
    );
  }

  private async tell(
    manager: EntityManager,
    copy: CachedFileEntity,
    activityOf: (said: {
      actor: Awaited<ReturnType<LocalActors['instance']>>;
      object: ReturnType<typeof buildCacheFile>;
      to: activities.Recipients;
    }) => activities.Activity,
  ): Promise<void> {
    const actor = await this.actors.instance();
    const { id, fileUrl } = copyUrls(this.config.url, copy);
    const { videoUrl: video, expiresAt: expires, mediaType, resolution: height, size, fps } = copy;
    const object = buildCacheFile({ id, video, expires, href: fileUrl, mediaType, height, size, fps });
    const inboxes = [copy.originInboxUrl, ...(await this.audience.inboxesOf(manager, [actor]))];
    const activity = activityOf({ actor, object, to: activities.toPublic(actor) });
    await this.outbox.send(manager, { activity, actor, inboxes });
  }
}
