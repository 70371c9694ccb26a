import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Blocks } from '@vidiverse/federation';
import { type DataSource, type EntityManager, In, IsNull } from 'typeorm';
import { hashUrl } from '../shared/hash-url.js';
import { AccountBlockEntity } from './account-block.entity.js';
import { ServerBlockEntity } from './server-block.entity.js';

/** Whom the instance blocks. What single users block is heard, and hidden from them. */
@Injectable()
export class DatabaseBlocks extends Blocks {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {
    super();
  }

  async hasHost(host: string, manager: EntityManager = this.dataSource.manager): Promise<boolean> {
    return (await this.among([host], manager)).size > 0;
  }

  hasActor(actorUrl: string, manager: EntityManager = this.dataSource.manager): Promise<boolean> {
    return manager.existsBy(AccountBlockEntity, {
      byUserId: IsNull(),
      account: { actor: { urlHash: hashUrl(actorUrl) } },
    });
  }

  /** Those of the hosts that are blocked. */
  async among(hosts: string[], manager: EntityManager): Promise<Set<string>> {
    const where = { byUserId: IsNull(), host: In(hosts) };
    return new Set((await manager.findBy(ServerBlockEntity, where)).map(({ host }) => host));
  }
}
