import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { UserEntity } from '../users/user.entity.js';
import { AccountBlockEntity } from './account-block.entity.js';
import { ServerBlockEntity } from './server-block.entity.js';

/** Leaves out what accounts or servers have made that are blocked for everybody, or by the user who asks. `account` is the alias of its author. */
export function hideBlocked<Row extends ObjectLiteral>(
  builder: SelectQueryBuilder<Row>,
  user: Pick<UserEntity, 'id'> | null,
  account = 'account',
): void {
  const byWhom = user ? '(block.byUserId IS NULL OR block.byUserId = :viewerId)' : 'block.byUserId IS NULL';
  const ofAccount = builder
    .subQuery()
    .select('1')
    .from(AccountBlockEntity, 'block')
    .where(`block.accountId = ${account}.id AND ${byWhom}`);
  const ofServer = builder
    .subQuery()
    .select('1')
    .from(ServerBlockEntity, 'block')
    .where(`block.host = ${account}.host AND ${byWhom}`);
  builder.andWhere(`NOT EXISTS ${ofAccount.getQuery()}`).andWhere(`NOT EXISTS ${ofServer.getQuery()}`);
  if (user) builder.setParameter('viewerId', user.id);
}
