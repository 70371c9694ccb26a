import { defineEvent, defineGuard } from '../hook.js';
import type { RemoteActor } from './people.data.js';

/** Somebody of another server asks to follow something of ours. */
export interface FollowAsked {
  readonly follower: RemoteActor;
  readonly target: {
    /** ActivityPub id. */
    readonly url: string;
    readonly kind: 'instance' | 'channel' | 'account';
  };
  /** ISO 8601. */
  readonly receivedAt: string;
}

export const followRequested = defineGuard<FollowAsked>({
  name: 'following.follow.request',
  description: `
Called when somebody asks to follow, unless the rules refuse that already; also by the dry run. \`hold\` keeps the follow
pending until an administrator decides; \`refuse\` sends a Reject.
The verdict is stored with its reason and the plugin's name.`,
  example: `({ follower }) => (follower.host.endsWith('.example') ? hold('Nobody knows this host.') : undefined)`,
});

export const followBackConsidered = defineGuard<FollowAsked>({
  name: 'following.follow-back.consider',
  description: `
Called when an instance's follow is about to be accepted, by the rules or by an administrator, while automatic follow-back is
on and nothing else speaks against it; also by the dry run. After \`hold\` and \`refuse\` alike the instance is not followed back by itself; an administrator still can.`,
  example: `({ follower }) => (follower.host.startsWith('test.') ? refuse('A test instance.') : undefined)`,
});

/** A follow that stands from now on. */
export interface AcceptedFollow {
  /** `in`: they follow us. `out`: we follow them. */
  readonly direction: 'in' | 'out';
  readonly follower: RemoteActor;
  readonly target: RemoteActor;
  /** Rule, plugin, `administrator`, or `peer` for the other side. */
  readonly decidedBy: string;
}

export const followAccepted = defineEvent<AcceptedFollow>({
  name: 'following.follow.accepted',
  description: 'A follow was accepted: one of ours by the other side, or one of theirs by this instance.',
  example: `({ direction, target }) => {
    if (direction === 'out') console.log('we follow', target.host);
  }`,
});
