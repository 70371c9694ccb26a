import { accountView } from '../accounts/account.mapper.js';
import type { Config } from '../config/config.js';
import type { KnownPeople } from '../following/known-people.service.js';
import type { ChannelEntity } from './channel.entity.js';
import type { ChannelSummary, ChannelView } from './dto/channel-view.js';

/** PeerTube's short form of a channel. The actor of a remote one must be loaded. */
export function channelSummary(channel: ChannelEntity, { url }: Pick<Config, 'url'>): ChannelSummary {
  return {
    id: channel.id,
    name: channel.name,
    displayName: channel.displayName,
    url: channel.host === '' ? `${url}/video-channels/${channel.name}` : channel.actor!.url,
    host: channel.host || new URL(url).host,
    avatars: [],
  };
}

/** PeerTube's long form of a channel; with its owner when the account is loaded. The follows of both must have been counted. */
export function channelView(channel: ChannelEntity, known: KnownPeople): ChannelView {
  return {
    ...channelSummary(channel, known),
    banners: [],
    description: channel.description,
    support: channel.support,
    isLocal: channel.host === '',
    hostRedundancyAllowed: known.redundancyAllowed(channel.host),
    followingCount: known.followingsOf(channel.actorId),
    followersCount: known.followersOf(channel.actorId),
    createdAt: channel.createdAt.toISOString(),
    updatedAt: channel.updatedAt.toISOString(),
    ...(channel.account && { ownerAccount: accountView(channel.account, known) }),
  };
}
