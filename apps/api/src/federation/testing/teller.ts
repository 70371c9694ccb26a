import { keptKeyPair } from '@vidiverse/federation/testing';
import type { DataSource } from 'typeorm';
import type { ActorEntity } from '../../actors/actor.entity.js';
import { ActorKeySource } from '../../actors/actor-keys.js';
import type { LocalActors } from '../../actors/local-actors.service.js';
import { announce, PUBLIC, type Activity } from '../activities.js';
import type { OutboxService } from '../outbox.service.js';
import type { SinkPeer } from './sink-peer.js';

/** Somebody of this instance who has things to tell. */
export class Teller {
  private told = 0;

  private constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: OutboxService,
    readonly actor: ActorEntity,
  ) {}

  static async make(dataSource: DataSource, outbox: OutboxService, actors: LocalActors): Promise<Teller> {
    const keys = await new ActorKeySource(keptKeyPair).next();
    const actor = await dataSource.transaction((manager) =>
      actors.create(manager, { kind: 'channel', username: 'teller', keys }),
    );
    return new Teller(dataSource, outbox, actor);
  }

  /** An activity that was not told yet. */
  activity(): Activity {
    const object = `${this.actor.url}/things/${++this.told}`;
    return announce(this.actor, object, this.actor.id, { to: [PUBLIC], cc: [] });
  }

  /** Tells so many activities, each in a transaction of its own. Answers their ids. */
  async tell(sinks: SinkPeer[], count = 1): Promise<string[]> {
    return this.tellTo(
      sinks.map((sink) => sink.inbox()),
      count,
    );
  }

  async tellTo(inboxes: string[], count = 1): Promise<string[]> {
    const ids: string[] = [];
    for (let number = 0; number < count; number++) {
      const activity = this.activity();
      await this.dataSource.transaction((manager) =>
        this.outbox.send(manager, { activity, actor: this.actor, inboxes }),
      );
      ids.push(activity.id);
    }
    return ids;
  }
}
