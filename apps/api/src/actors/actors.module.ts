import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ActorDeleteHandler } from './actor-delete.handler.js';
import { ActorUpdateHandler } from './actor-update.handler.js';
import { ActorEntity } from './actor.entity.js';
import { LocalActors } from './local-actors.service.js';
import { RemoteActorStore } from './remote-actor-store.js';
import { RemoteActors } from './remote-actors.service.js';

/** Whoever acts on the fediverse. Global: accounts, channels and everything that is told to others speak of actors. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([ActorEntity])],
  providers: [LocalActors, RemoteActorStore, RemoteActors, ActorUpdateHandler, ActorDeleteHandler],
  exports: [LocalActors, RemoteActors],
})
export class ActorsModule {}
