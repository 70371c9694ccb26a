import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ActorDeleteHandler } from './actor-delete.handler.js';
import { ActorUpdateHandler } from './actor-update.handler.js';
import { ActorEntity } from './actor.entity.js';
import { ActorKeySource, type NewKeyPair } from './actor-keys.js';
import { LocalActors } from './local-actors.service.js';
import { RemoteActorStore } from './remote-actor-store.js';
import { RemoteActors } from './remote-actors.service.js';

/** Whoever acts on the fediverse. Global: accounts, channels and everything that is told to others speak of actors. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([ActorEntity])],
  providers: [LocalActors, RemoteActorStore, RemoteActors, ActorUpdateHandler, ActorDeleteHandler],
  exports: [LocalActors, RemoteActors, ActorKeySource],
})
export class ActorsModule {
  /** `newKeyPair`: where the keys of new actors come from; absent: they are made. */
  static with(newKeyPair?: NewKeyPair): DynamicModule {
    const keys = { provide: ActorKeySource, useValue: new ActorKeySource(newKeyPair) };
    return { module: ActorsModule, providers: [keys] };
  }
}
