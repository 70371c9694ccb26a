import { describe, expect, it } from '@jest/globals';
import { DAY, DEFAULTS, MINUTE, SimulatedWorld } from '../../testing/simulated-world.js';

const DEAD = 'dead.example';
const OTHERS = ['one.example', 'two.example'];
const HOUR = 60 * MINUTE;
const DOWN_FROM = DAY;
const DOWN_UNTIL = 8 * DAY;
const END = 10 * DAY;

/** Ten days with an activity an hour for everybody; one host is down for seven of them. */
async function tenDays() {
  let seed = 42;
  const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const world = new SimulatedWorld({}, chance);
  for (const host of OTHERS) world.host(host, () => 202);
  world.host(DEAD, () => (world.time >= DOWN_FROM && world.time < DOWN_UNTIL ? 'silence' : 202));
  const told = new Map<number, number>();
  for (let time = HOUR / 2; time < END; time += HOUR) {
    await world.runUntil(time);
    for (const id of world.tell([DEAD, ...OTHERS])) told.set(id, time);
  }
  await world.runUntil(END);
  const ids = (host: string) =>
    world.store.deliveries.filter((delivery) => delivery.host === host).map(({ id }) => id);
  return { world, told, ids };
}

describe('a follower that is down for seven days', () => {
  it('gets everything, once and in order, within one step of the back-off after its return', async () => {
    const { world, ids } = await tenDays();
    expect(world.taken(DEAD)).toEqual(ids(DEAD));
    const back = world.posts.get(DEAD)!.filter(({ at, status }) => at >= DOWN_UNTIL && status !== null);
    expect(back[0]!.at - DOWN_UNTIL).toBeLessThanOrEqual(DEFAULTS.maxDelay);
    expect(world.store.deliveries.every(({ state }) => state === 'delivered')).toBe(true);
  });

  it('is asked no more than once in half an hour as soon as its breaker is open', async () => {
    const { world } = await tenDays();
    const tries = world.posts
      .get(DEAD)!
      .filter(({ status }) => status === null)
      .map(({ at }) => at);
    const pauses = tries.slice(1).map((at, index) => at - tries[index]!);
    expect(tries.length).toBeGreaterThan(DEFAULTS.breakerAfter);
    for (const pause of pauses.slice(DEFAULTS.breakerAfter - 1))
      expect(pause).toBeGreaterThanOrEqual(DEFAULTS.breakerProbe);
  });

  it('delays no other host', async () => {
    const { world, told, ids } = await tenDays();
    for (const host of OTHERS) {
      const posts = world.posts.get(host)!;
      expect(posts.map(({ id }) => id)).toEqual(ids(host));
      for (const { id, at } of posts) expect(at - told.get(id)!).toBeLessThan(MINUTE);
    }
  });
});
