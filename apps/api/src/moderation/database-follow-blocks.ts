import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { FollowBlocks } from '../following/follow-blocks.js';
import { DatabaseBlocks } from './database-blocks.js';

/** Who is blocked may not follow. */
@Injectable()
export class DatabaseFollowBlocks extends FollowBlocks {
  constructor(private readonly blocks: DatabaseBlocks) {
    super();
  }

  async reasonFor(
    { url, host }: { url: string; host: string },
    manager: EntityManager,
  ): Promise<string | null> {
    if (await this.blocks.hasHost(host, manager)) return `The server ${host} is blocked.`;
    return (await this.blocks.hasActor(url, manager)) ? 'The account is blocked.' : null;
  }
}
