import type { FollowRequest } from '../follow-request.js';
import type { FollowFacts } from '../ports/follow-facts.js';
import { allow, hold, refuse, type Rule } from '../verdict.js';

type FollowRule = Rule<FollowRequest>;

/** "Reject all followers": an instance cannot choose who follows it, but it can have no followers at all. */
export const rejectAllFollowers = (facts: FollowFacts): FollowRule => ({
  name: 'reject-all-followers',
  async review({ target }) {
    const { followersEnabled, channelFollowersEnabled } = await facts.settings();
    if (target.kind === 'instance' && !followersEnabled)
      return refuse('This instance rejects all followers.');
    if (target.kind !== 'instance' && !channelFollowersEnabled)
      return refuse('Accounts and channels of this instance reject all followers.');
    return undefined;
  },
});

/** Moderation keeps its own list; who is on it follows nothing here. */
export const blockedByModeration = (facts: FollowFacts): FollowRule => ({
  name: 'blocked-by-moderation',
  async review({ follower }) {
    const block = await facts.blockOf(follower);
    return block === null ? undefined : refuse(block);
  },
});

/** Asking again does not undo an administrator's no. */
export const refusedBefore = (facts: FollowFacts): FollowRule => ({
  name: 'refused-before',
  async review({ follower, target }) {
    return (await facts.wasRefused(follower.url, target.url))
      ? refuse('An administrator refused this follower before.')
      : undefined;
  },
});

/** Followers of the instance wait for an administrator when that is wanted; those of channels and accounts never do. */
export const manualApproval = (facts: FollowFacts): FollowRule => ({
  name: 'manual-approval',
  async review({ target }) {
    if (target.kind !== 'instance') return allow('Channels and accounts accept every follower.');
    const { manualApproval: wanted } = await facts.settings();
    return wanted ? hold('Followers of this instance wait for an administrator.') : undefined;
  },
});
