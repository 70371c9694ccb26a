import type { FollowRequest } from '../follow-request.js';
import type { FollowFacts } from '../ports/follow-facts.js';
import { refuse, type Rule } from '../verdict.js';

type FollowBackRule = Rule<FollowRequest>;

export const followBackIsOn = (facts: FollowFacts): FollowBackRule => ({
  name: 'follow-back-off',
  async review() {
    return (await facts.settings()).followBack ? undefined : refuse('Automatic follow-back is off.');
  },
});

/** People who follow us are not followed back: only instances that followed the instance. */
export const onlyInstances = (): FollowBackRule => ({
  name: 'only-instances',
  review({ follower, target }) {
    if (target.kind !== 'instance')
      return refuse('The follower follows a channel or account, not the instance.');
    return follower.type === 'Application' || follower.type === 'Service'
      ? undefined
      : refuse(`The follower is a ${follower.type}, not an instance.`);
  },
});

/** The blacklist does this and nothing else. */
export const neverFollowedBack = (facts: FollowFacts): FollowBackRule => ({
  name: 'follow-back-blacklist',
  async review({ follower }) {
    return (await facts.isNeverFollowedBack(follower.host))
      ? refuse(`${follower.host} is on the blacklist of instances that are never followed back.`)
      : undefined;
  },
});

export const notFollowedYet = (facts: FollowFacts): FollowBackRule => ({
  name: 'already-followed',
  async review({ follower }) {
    return (await facts.isFollowed(follower.url)) ? refuse('It is followed already.') : undefined;
  },
});
