import type { Config } from '../config/config.js';
import type { KnownPeople } from '../following/known-people.service.js';
import type { AccountEntity } from './account.entity.js';
import type { AccountSummary, AccountView } from './dto/account-view.js';

/** PeerTube's short form of an account. The actor of a remote one must be loaded. */
export function accountSummary(account: AccountEntity, { url }: Pick<Config, 'url'>): AccountSummary {
  return {
    id: account.id,
    name: account.name,
    displayName: account.displayName,
    url: account.host === '' ? `${url}/accounts/${account.name}` : account.actor!.url,
    host: account.host || new URL(url).host,
    avatars: [],
  };
}

/** PeerTube's long form of an account, whose follows must have been counted. */
export function accountView(account: AccountEntity, known: KnownPeople): AccountView {
  return {
    ...accountSummary(account, known),
    description: account.description,
    hostRedundancyAllowed: known.redundancyAllowed(account.host),
    followingCount: known.followingsOf(account.actorId),
    followersCount: known.followersOf(account.actorId),
    createdAt: account.createdAt.toISOString(),
    updatedAt: account.updatedAt.toISOString(),
    userId: account.userId ?? undefined,
  };
}
