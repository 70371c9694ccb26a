import type { AccountEntity } from '../accounts/account.entity.js';
import { accountView } from '../accounts/account.mapper.js';
import type { KnownPeople } from '../following/known-people.service.js';
import type { AccountBlockEntity } from './account-block.entity.js';
import type { AccountBlockPageView, ServerBlockPageView } from './dto/block-views.js';
import type { ServerBlockEntity } from './server-block.entity.js';

/** PeerTube's JSON of blocks; `by` blocks them, null for the instance. The follows of all accounts must have been counted. */
export function accountBlockPage(
  [blocks, total]: [AccountBlockEntity[], number],
  by: AccountEntity | null,
  known: KnownPeople,
): AccountBlockPageView {
  const byAccount = by && accountView(by, known);
  const data = blocks.map(({ account, createdAt }) => ({
    byAccount,
    blockedAccount: accountView(account!, known),
    createdAt: createdAt.toISOString(),
  }));
  return { total, data };
}

export function serverBlockPage(
  [blocks, total]: [ServerBlockEntity[], number],
  by: AccountEntity | null,
  known: KnownPeople,
): ServerBlockPageView {
  const byAccount = by && accountView(by, known);
  const data = blocks.map(({ host, createdAt }) => ({
    byAccount,
    blockedServer: { host },
    createdAt: createdAt.toISOString(),
  }));
  return { total, data };
}
