import { describe, expect, it } from '@jest/globals';
import { DAY, DEFAULTS, MINUTE, SECOND, SimulatedWorld } from '../../testing/simulated-world.js';

const HOST = 'peer.example';

describe('sending to one host', () => {
  it('goes in order, and ends when nothing waits', async () => {
    const world = new SimulatedWorld();
    world.host(HOST, () => 202);
    const ids = [1, 2, 3].flatMap(() => world.tell([HOST]));
    expect(await world.run(HOST)).toBeNull();
    expect(world.taken(HOST)).toEqual(ids);
    expect(await world.store.host(HOST)).toMatchObject({ failures: 0, lastSuccessAt: new Date(50) });
  });

  it('stops at a failure, so that nothing overtakes, and goes on after the delay', async () => {
    const world = new SimulatedWorld();
    let down = true;
    world.host(HOST, () => (down ? 'silence' : 202));
    const ids = [1, 2].flatMap(() => world.tell([HOST]));
    expect(await world.run(HOST)).toBe(30 * SECOND);
    expect(world.fate(ids[0]!)).toEqual({ state: 'waiting', reason: 'It did not answer.' });
    down = false;
    await world.runUntil(MINUTE);
    expect(world.taken(HOST)).toEqual(ids);
    expect(await world.store.host(HOST)).toMatchObject({ failures: 0, failingSince: null, lastError: null });
  });

  it('gives others a turn when there is much to send', async () => {
    const world = new SimulatedWorld({ turn: 200 });
    world.host(HOST, () => 202);
    for (let count = 0; count < 10; count++) world.tell([HOST]);
    expect(await world.run(HOST)).toBe(0);
    expect(world.taken(HOST)).toHaveLength(4);
    await world.runUntil(MINUTE);
    expect(world.taken(HOST)).toHaveLength(10);
  });

  it('sends nothing while it is paused, and stops within a run when it becomes so', async () => {
    const world = new SimulatedWorld();
    world.host(HOST, () => {
      world.store.setPaused(HOST, true);
      return 202;
    });
    for (let count = 0; count < 3; count++) world.tell([HOST]);
    expect(await world.run(HOST)).toBeNull();
    expect(await world.run(HOST)).toBeNull();
    expect(world.taken(HOST)).toEqual([1]);
    expect(world.fate(2).state).toBe('waiting');
  });

  it('stops when it is told to, and counts nothing against the host', async () => {
    const world = new SimulatedWorld();
    const stop = new AbortController();
    world.host(HOST, () => {
      stop.abort(new Error('shutdown'));
      return 'silence';
    });
    const [id] = world.tell([HOST]);
    await expect(world.run(HOST, stop.signal)).rejects.toThrow('shutdown');
    expect(world.fate(id!)).toEqual({ state: 'waiting', reason: null });
    expect(await world.store.host(HOST)).toMatchObject({ failures: 0, nextAttemptAt: null });
  });
});

describe('what the host answers', () => {
  it('refused: the activity ends with the reason, the next one is sent', async () => {
    const world = new SimulatedWorld();
    world.host(HOST, ({ id }) => (id === 1 ? { kind: 'answered', status: 403, words: 'muted' } : 202));
    const ids = [1, 2].flatMap(() => world.tell([HOST]));
    await world.run(HOST);
    expect(world.fate(ids[0]!)).toEqual({ state: 'refused', reason: 'It answered 403 Forbidden: muted' });
    expect(world.taken(HOST)).toEqual([ids[1]]);
  });

  it('not proven: signed once more, then believed', async () => {
    const world = new SimulatedWorld();
    const statuses = [401, 202, 401, 401, 202];
    world.host(HOST, () => statuses.shift()!);
    const [first, second, third] = [1, 2, 3].flatMap(() => world.tell([HOST]));
    await world.run(HOST);
    expect(world.taken(HOST)).toEqual([first, third]);
    expect(world.fate(second!)).toMatchObject({ state: 'refused' });
  });

  it('gone: ends what waits for this inbox, other inboxes of the host go on', async () => {
    const world = new SimulatedWorld();
    world.host(HOST, ({ inboxUrl }) => (inboxUrl.endsWith('/alice') ? 410 : 202));
    const alice = [1, 2].flatMap(() => world.tell([HOST], '/alice'));
    const [shared] = world.tell([HOST]);
    await world.run(HOST);
    for (const id of alice) expect(world.fate(id)).toMatchObject({ state: 'dropped' });
    expect(world.posts.get(HOST)).toHaveLength(2);
    expect(world.taken(HOST)).toEqual([shared]);
    expect(world.store.goneInboxes).toEqual(new Set([`https://${HOST}/alice`]));
  });

  it('busy: waits as long as asked, and counts no failure', async () => {
    const world = new SimulatedWorld();
    let busy = true;
    world.host(HOST, () => (busy ? { kind: 'answered', status: 429, retryAfter: 600 } : 202));
    const [id] = world.tell([HOST]);
    expect(await world.run(HOST)).toBe(10 * MINUTE);
    expect(await world.store.host(HOST)).toMatchObject({ failures: 0, failingSince: null });
    expect(world.store.deliveries[0]).toMatchObject({ attempts: 0 });
    busy = false;
    expect(await world.run(HOST)).toBeGreaterThan(9 * MINUTE);
    await world.runUntil(11 * MINUTE);
    await world.run(HOST);
    expect(world.taken(HOST)).toEqual([id]);
  });

  it('one error again and again for one activity: set aside once the host takes another', async () => {
    const world = new SimulatedWorld();
    world.host(HOST, ({ id }) => (id === 1 ? 500 : 202));
    const [poison] = world.tell([HOST]);
    await world.runUntil(2 * MINUTE);
    const [next, last] = [1, 2].flatMap(() => world.tell([HOST]));
    await world.runUntil(10 * MINUTE);
    expect(world.fate(poison!)).toMatchObject({
      state: 'refused',
      reason: expect.stringMatching(/^Set aside.*500/),
    });
    expect(world.taken(HOST)).toEqual([next, last]);
    expect(world.posts.get(HOST)!.filter(({ id }) => id === poison)).toHaveLength(DEFAULTS.setAsideAfter);
  });

  it('no such inbox, again and again: set aside once the host takes a delivery to another inbox', async () => {
    const world = new SimulatedWorld();
    world.host(HOST, ({ inboxUrl }) => (inboxUrl.endsWith('/alice') ? 404 : 202));
    const [missing] = world.tell([HOST], '/alice');
    const [shared] = world.tell([HOST]);
    await world.runUntil(10 * MINUTE);
    expect(world.fate(missing!)).toMatchObject({ state: 'refused', reason: expect.stringContaining('404') });
    expect(world.taken(HOST)).toEqual([shared]);
  });

  it('errors for every activity, over days: nothing is set aside, all arrive in order', async () => {
    for (const status of [500, 502, 404]) {
      const world = new SimulatedWorld();
      let down = true;
      world.host(HOST, () => (down ? status : 202));
      const ids = [1, 2, 3].flatMap(() => world.tell([HOST]));
      await world.runUntil(7 * DAY);
      expect(ids.map((id) => world.fate(id).state)).toEqual(['waiting', 'waiting', 'waiting']);
      down = false;
      await world.runUntil(8 * DAY);
      expect(world.taken(HOST)).toEqual(ids);
    }
  });
});

describe('what is too old', () => {
  it('is dropped with the reason when a try fails, what is younger waits on', async () => {
    const world = new SimulatedWorld();
    world.host(HOST, () => 'silence');
    const [old] = world.tell([HOST]);
    await world.runUntil(5 * DAY);
    const [young] = world.tell([HOST]);
    await world.runUntil(9.5 * DAY);
    expect(world.fate(old!)).toEqual({
      state: 'dropped',
      reason: 'Not delivered in time. It did not answer.',
    });
    expect(world.fate(young!)).toMatchObject({ state: 'waiting' });
  });

  it('is delivered all the same when the host is back before that', async () => {
    const world = new SimulatedWorld();
    world.host(HOST, () => 202);
    world.store.setPaused(HOST, true);
    const ids = [1, 2].flatMap(() => world.tell([HOST]));
    await world.runUntil(30 * DAY);
    world.store.setPaused(HOST, false);
    await world.run(HOST);
    expect(world.taken(HOST)).toEqual(ids);
  });
});
