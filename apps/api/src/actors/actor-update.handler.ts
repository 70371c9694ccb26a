import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ChannelEntity } from '../channels/channel.entity.js';
import {
  type ActivityHandler,
  ActivityHandlers,
  type ActivityOf,
  ActivityRefusedError,
  applied,
  type Outcome,
  type PrepareContext,
} from '../federation/activity-handlers.js';
import { hashUrl } from '../shared/hash-url.js';
import { RemoteActors } from './remote-actors.service.js';

type Update = ActivityOf<'Update'>;

const TYPES = ['Person', 'Group', 'Application', 'Service', 'Organization'];

/** An actor has another name, picture or key. Its own server is asked: what was sent could give it the id of another. */
@Injectable()
export class ActorUpdateHandler implements ActivityHandler<Update>, OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly handlers: ActivityHandlers,
    private readonly actors: RemoteActors,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Update', this);
  }

  concerns({ content, object, actor }: Update): boolean {
    return content === null ? object === actor : TYPES.includes(content.type);
  }

  /** By the actor itself, or by the account that owns the channel. */
  async prepare({ object }: Update, { actor, budget, signal }: PrepareContext): Promise<void> {
    const owned = { actor: { urlHash: hashUrl(object) }, account: { actorId: actor.id } };
    if (object !== actor.url && !(await this.dataSource.manager.existsBy(ChannelEntity, owned)))
      throw new ActivityRefusedError('It is another actor.');
    await this.actors.refresh(object, { budget, signal });
  }

  handle(): Promise<Outcome> {
    return Promise.resolve(applied());
  }
}
