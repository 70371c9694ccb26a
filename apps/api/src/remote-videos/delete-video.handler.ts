import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import {
  type ActivityHandler,
  ActivityHandlers,
  type ActivityOf,
  applied,
  type HandleContext,
  type Outcome,
  refused,
} from '../federation/activity-handlers.js';
import { RemoteVideoStore } from './remote-video-store.js';
import { owns } from './video-owners.js';

type Delete = ActivityOf<'Delete'>;

/** A video is gone, or closed. One that is not known yet is noted by whoever settles the activity. */
@Injectable()
export class DeleteVideoHandler implements ActivityHandler<Delete>, OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly handlers: ActivityHandlers,
    private readonly store: RemoteVideoStore,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Delete', this);
  }

  async concerns({ object }: Delete): Promise<boolean> {
    return (await this.store.find(this.dataSource.manager, object)) !== null;
  }

  async handle({ object }: Delete, { actor, manager, row }: HandleContext): Promise<Outcome> {
    const video = await this.store.find(manager, object);
    if (!video) return refused('There is no such video.');
    if (!owns(actor, video)) return refused('It is the video of another account.');
    // It was closed, and has been opened again since.
    if (row.issuedAt && video.remoteUpdatedAt && row.issuedAt < video.remoteUpdatedAt)
      return refused('It is there again since.');
    await this.store.remove(manager, video);
    return applied();
  }
}
