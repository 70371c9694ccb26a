import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { administratorOf, type InstanceClient } from '../support/client.js';
import { QUICK_FEDERATION } from '../support/create-instances.js';
import { Peer } from '../support/peer.js';
import { until } from '../support/uploads.js';

const PAGE = 10;

let instance: TestInstance;
let administrator: InstanceClient;
let peer: Peer;
let host = '';

beforeAll(async () => {
  instance = await createInstance({
    environment: {
      ...QUICK_FEDERATION,
      VIDIVERSE_FEDERATION_CRAWL_MAX_ITEMS: '40',
      VIDIVERSE_JOBS_SHUTDOWN_GRACE: '1',
    },
  });
  administrator = await administratorOf(instance);
});
beforeEach(async () => {
  peer = await Peer.open();
  host = new URL(peer.address).host;
});
afterAll(async () => instance.close());

const pathOf = (index: number) => `/videos/watch/${index}`;

/** The outbox of an instance that published so many videos, none of which can be had. */
function serveOutbox(count: number): void {
  const outbox = `${peer.address}/accounts/peertube/outbox`;
  const path = new URL(outbox).pathname;
  const type = 'OrderedCollection';
  peer.serve(path, { type, id: outbox, totalItems: count, first: `${outbox}?page=1` });
  for (let page = 1; (page - 1) * PAGE < count; page += 1) {
    const orderedItems = Array.from({ length: Math.min(PAGE, count - (page - 1) * PAGE) }, (_, index) => ({
      type: 'Announce',
      id: `${outbox}/${(page - 1) * PAGE + index}`,
      object: peer.address + pathOf((page - 1) * PAGE + index),
    }));
    const next = page * PAGE < count ? { next: `${outbox}?page=${page + 1}` } : {};
    peer.serve(`${path}?page=${page}`, {
      type: `${type}Page`,
      id: `${outbox}?page=${page}`,
      orderedItems,
      ...next,
    });
  }
}

/** The instance follows the peer, which accepts. */
async function follow(): Promise<void> {
  const actor = `${peer.address}/accounts/peertube`;
  await peer.actor('peertube', { type: 'Application', outbox: `${actor}/outbox` });
  peer.serve('/.well-known/nodeinfo', {
    links: [{ rel: 'https://www.w3.org/ns/activitystreams#Application', href: actor }],
  });
  await administrator.follow({ hosts: [host] });
  const { activity } = await until(async () => peer.received[0], 'the peer is asked');
  const { '@context': _, signature: __, ...object } = activity;
  await peer.send(peer.activity({ type: 'Accept', actor, object }), instance.address);
}

const crawl = async () =>
  (await administrator.followings({ search: host })).data.find(({ following }) => following.host === host)
    ?.crawl ?? null;
const ended = (state: string) =>
  until(
    async () => {
      const now = await crawl();
      return now?.state === state ? now : null;
    },
    `the crawl is ${state}`,
    300_000,
  );
const asked = (index: number) => peer.asked.filter((path) => path === pathOf(index)).length;

test('tells how far it is, and what of the outbox could not be had', async () => {
  serveOutbox(25);
  peer.silent.add(pathOf(12));
  await follow();
  const half = await until(
    async () => ((await crawl())?.fetched === 12 ? crawl() : null),
    'half is looked at',
  );
  expect(half).toMatchObject({ state: 'running', fetched: 12, total: 25, skipped: 12 });
  await peer.close();
  await administrator.unfollow(host);
});

test('goes on where it was when the server stopped', async () => {
  serveOutbox(30);
  peer.silent.add(pathOf(25));
  await follow();
  await until(async () => (await crawl())?.fetched === 25, 'most is looked at');
  // What was asked for stays without an answer; the next request may come before the restart is told here.
  peer.silent.clear();
  instance = await instance.restart();
  expect(await ended('done')).toEqual({ state: 'done', fetched: 30, total: 30, skipped: 30, error: null });
  expect([asked(0), asked(14), asked(29)]).toEqual([1, 1, 1]);
  expect(asked(25)).toBeGreaterThan(1);
  await peer.close();
});

test('ends at its limit', async () => {
  serveOutbox(100);
  await follow();
  expect(await ended('done')).toMatchObject({ fetched: 40, total: 100 });
  expect([asked(39), asked(40)]).toEqual([1, 0]);
  await peer.close();
});

test('that finds no outbox says so, and is begun again on request', async () => {
  await follow();
  expect(await ended('failed')).toMatchObject({ fetched: 0, error: expect.stringMatching(/404/) });
  serveOutbox(3);
  await administrator.crawlFollowed(host);
  expect(await ended('done')).toMatchObject({ fetched: 3, total: 3, error: null });
  await peer.close();
});

test('is for what is followed', async () => {
  await expect(administrator.crawlFollowed(host)).rejects.toMatchObject({ status: 404 });
  await peer.close();
});

test('ends with the follow', async () => {
  serveOutbox(30);
  peer.silent.add(pathOf(3));
  await follow();
  await until(async () => (await crawl())?.fetched === 3, 'it is on its way');
  await administrator.unfollow(host);
  // Whoever went on would miss the next page, and come back for it.
  await peer.close();
  await until(async () => {
    const { data } = await administrator.jobs({ jobType: 'following.crawl' });
    return data[0]!.state === 'completed';
  }, 'its job is done');
});
