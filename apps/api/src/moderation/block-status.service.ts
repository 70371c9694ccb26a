import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { normalizeHost } from '@vidiverse/federation';
import { type DataSource, In } from 'typeorm';
import type { UserEntity } from '../users/user.entity.js';
import { AccountBlockEntity } from './account-block.entity.js';
import { blockKey } from './block-key.js';
import { BlocklistService } from './blocklist.service.js';
import type { BlockStatusQuery } from './dto/block-requests.js';
import type { BlockStatusView } from './dto/block-views.js';
import { ServerBlockEntity } from './server-block.entity.js';

type Status = BlockStatusView['hosts'][string];

/** Answers whether somebody is blocked, by the instance or by the user who asks. */
@Injectable()
export class BlockStatusService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly blocklist: BlocklistService,
  ) {}

  async of({ accounts, hosts }: BlockStatusQuery, user: UserEntity | null): Promise<BlockStatusView> {
    const accountIds = await Promise.all(
      accounts.map(async (handle) => (await this.blocklist.find(handle))?.id ?? null),
    );
    return {
      accounts: await this.statuses(AccountBlockEntity, accounts, accountIds, user),
      hosts: await this.statuses(ServerBlockEntity, hosts, hosts.map(normalizeHost), user),
    };
  }

  /** `whom[i]` is what `names[i]` stands for; null when it is unknown, and so not blocked. */
  private async statuses(
    table: typeof AccountBlockEntity | typeof ServerBlockEntity,
    names: string[],
    whom: Array<number | string | null>,
    user: UserEntity | null,
  ): Promise<Record<string, Status>> {
    const keys = whom.flatMap((one) =>
      one === null ? [] : [blockKey(null, one), ...(user ? [blockKey(user.id, one)] : [])],
    );
    const found = keys.length === 0 ? [] : await this.dataSource.manager.findBy(table, { key: In(keys) });
    const known = new Set(found.map(({ key }) => key));
    const isKnown = (by: number | null, one: number | string | null | undefined) =>
      one !== null && one !== undefined && known.has(blockKey(by, one));
    return Object.fromEntries(
      names.map((name, index) => [
        name,
        {
          blockedByServer: isKnown(null, whom[index]),
          blockedByUser: user !== null && isKnown(user.id, whom[index]),
        },
      ]),
    );
  }
}
