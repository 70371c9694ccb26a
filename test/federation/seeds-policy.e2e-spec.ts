import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createInstances, type Instances } from '../support/create-instances.js';
import { Mirror, publishOriginal, serving } from '../support/mirror.js';
import { outcomesAt } from '../support/outcomes.js';
import { until } from '../support/uploads.js';

let mirror: Mirror;
const started: Instances[] = [];

beforeAll(async () => {
  mirror = await Mirror.open();
});
afterAll(async () => {
  await Promise.all(started.map((instances) => instances.close()));
  await mirror.peer.close();
});

/** An instance that takes copies from these, and a video of it that the mirror has. */
async function taking(acceptFrom: 'nobody' | 'followings') {
  const instances = await createInstances(1, { environment: { VIDIVERSE_SEEDS_ACCEPT_FROM: acceptFrom } });
  started.push(instances);
  const [origin] = instances.all;
  const original = await publishOriginal(origin!);
  await instances.untilIdle();
  mirror.serve(acceptFrom, serving(original.bytes));
  const object = mirror.cacheFile(acceptFrom, original);
  return {
    origin: origin!,
    offer: () => outcomesAt(origin!, mirror.peer)(mirror.update(object), { signed: true }),
    copies: async () =>
      (
        (await origin!.administrator.video(original.uuid)).files as unknown as Array<{ webSeeds: string[] }>
      )[0]!.webSeeds.slice(1),
  };
}

test('an instance that takes copies from nobody lists none', async () => {
  const { offer, copies } = await taking('nobody');
  expect(await offer()).toBe('This instance takes no copies.');
  expect(await copies()).toEqual([]);
});

test('an instance may take copies only from those that it follows: then one offer is refused, and the same later taken', async () => {
  const { origin, offer, copies } = await taking('followings');
  expect(await offer()).toBe('This instance takes copies from instances that it follows.');
  await origin.administrator.follow({ handles: [mirror.findable()] });
  const asked = await until(
    () => Promise.resolve(mirror.peer.received.find(({ activity }) => activity.type === 'Follow')),
    'the mirror is asked',
  );
  const object = { ...asked.activity, '@context': undefined };
  const accept = mirror.peer.activity({ type: 'Accept', actor: mirror.actor, object });
  expect(await outcomesAt(origin, mirror.peer)(accept)).toBe('applied');
  expect(await offer()).toBe('applied');
  await until(async () => (await copies()).length === 1, 'the copy is listed');
});
