import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Follow, InstanceClient } from './client.js';
import { createInstances, type FederatedInstance, type Instances } from './create-instances.js';

/** Instances for one story, which begins each test without follows. */
export function useInstances(count: number, environment: Record<string, string> = {}) {
  let instances: Instances;
  beforeAll(async () => {
    instances = await createInstances(count, { environment });
  });
  afterAll(async () => instances.close());
  beforeEach(async () => {
    for (const { administrator } of instances.all) {
      for (const { following } of (await administrator.followings({ count: 100 })).data)
        await administrator.unfollow(handleOf(following));
      for (const { handle } of (await administrator.followTargets()).data)
        await administrator.unfollow(handle);
    }
    await instances.untilIdle();
    for (const { administrator } of instances.all) {
      for (const { follower } of (await administrator.followers({ count: 100 })).data)
        await administrator.removeFollower(handleOf(follower)).catch(() => undefined);
      for (const { host } of (await administrator.neverFollowedBack()).data)
        await administrator.mayFollowBack(host);
      await administrator.resetCustomConfig();
    }
    await instances.untilIdle();
  });
  return {
    instance: (index: number): FederatedInstance => instances.all[index]!,
    untilIdle: () => instances.untilIdle(),
  };
}

export const handleOf = ({ name, host }: { name: string; host: string }): string => `${name}@${host}`;

/** Of each follow whom it is about and its state, in words. */
const stateOf = (follow: Follow, end: 'follower' | 'following') => [handleOf(follow[end]), follow.state];

/** Whom the instance follows, with the state of each follow. */
export const followingsOf = async (client: InstanceClient) =>
  (await client.followings({ sort: 'createdAt' })).data.map((follow) => stateOf(follow, 'following'));

/** Who follows the instance, with the state of each follow. */
export const followersOf = async (client: InstanceClient) =>
  (await client.followers({ sort: 'createdAt' })).data.map((follow) => stateOf(follow, 'follower'));

/** The instance itself, as others see it. */
export const itself = ({ host }: FederatedInstance): string => `peertube@${host}`;
