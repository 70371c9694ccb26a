import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FederatedInstance } from '../support/create-instances.js';
import { useInstances } from '../support/following.js';
import { type Activity, Peer } from '../support/peer.js';

/** What PeerTube 6.3 sent; not ours to publish, so it lies beside the checkout where there is one. */
const RECORDED = resolve('../shared/fixtures/peertube-6.3');
const recorded = existsSync(RECORDED) ? describe : describe.skip;

const { instance, untilIdle } = useInstances(1);
let peer: Peer;
let stranger: string;
let other: string;
let peertube: string;
let us: string;

beforeAll(async () => {
  peer = await Peer.open();
  other = await peer.actor('other');
  peertube = await peer.actor('peertube', { type: 'Application' });
});
beforeEach(async () => {
  // A new one for each test: ids and answers of another test are none of its business.
  stranger = await peer.actor(`stranger${Math.random().toString(36).slice(2)}`, { type: 'Application' });
  us = `${instance(0).address}/accounts/peertube`;
  peer.received.length = 0;
});
afterAll(async () => peer.close());

type Sent = Activity & { id: string };
const follow = (fields: Partial<Activity> = {}): Sent =>
  peer.activity({ type: 'Follow', actor: stranger, object: us, ...fields });
const undo = (followed: Sent): Sent =>
  peer.activity({ type: 'Undo', actor: followed.actor, object: { ...followed, '@context': undefined } });

const BEGIN = Date.now() - 600_000;
let clock = 0;
/** Each message a second after the one before, by its sender's clock. */
const send = async (activity: Activity, at = ++clock) => {
  expect(await tell(activity, at)).toBe(202);
};
/** Answers the status: the inbox itself refuses much. */
const tell = async (activity: Activity, at = ++clock) => {
  const date = new Date(BEGIN + at * 1000);
  const { status } = await peer.send(activity, instance(0).address, { date });
  await untilIdle();
  return status;
};
const followers = async () =>
  (await instance(0).administrator.followers({ count: 100 })).data.filter(
    ({ follower }) => follower.url === stranger,
  );
const answers = () => peer.received.map(({ activity }) => activity.type);
const outcomeOf = async ({ id }: Sent) =>
  (await instance(0).administrator.inboxActivities({ count: 100 })).data.find(
    ({ activity }) => activity.id === id,
  )!;

describe('a Follow', () => {
  test('is answered at its follower’s own inbox, with the whole Follow in it', async () => {
    const asked = follow();
    await send(asked);
    expect(peer.received).toMatchObject([
      {
        inbox: `${new URL(stranger).pathname}/inbox`,
        activity: {
          type: 'Accept',
          actor: us,
          object: { type: 'Follow', id: asked.id, actor: stranger, object: us },
          signature: { type: 'RsaSignature2017', creator: us },
        },
      },
    ]);
  });

  test('that comes again is answered again and changes nothing', async () => {
    const asked = follow();
    await send(asked);
    const [before] = await followers();
    await send(asked);
    await send(follow());
    expect(answers()).toEqual(['Accept', 'Accept', 'Accept']);
    expect(await followers()).toEqual([{ ...before, updatedAt: expect.anything() }]);
  });

  test('that comes fifty times leaves one follower and one verdict', async () => {
    const host = new URL(peer.address).host;
    const verdicts = async () =>
      (await instance(0).administrator.followVerdicts({ host, question: 'follow' })).total;
    const before = await verdicts();
    const messages = Array.from({ length: 50 }, () => follow());
    await Promise.all(messages.map((message) => peer.send(message, instance(0).address)));
    await untilIdle();
    expect(await followers()).toHaveLength(1);
    expect((await verdicts()) - before).toBe(1);
  });

  test.each([
    ['nobody', () => `${instance(0).address}/accounts/nobody`],
    ['somebody elsewhere', () => `${peer.address}/accounts/other`],
  ])('of %s is refused', async (_, object) => {
    const asked = follow({ object: object() });
    await send(asked);
    expect(await outcomeOf(asked)).toMatchObject({
      state: 'refused',
      reason: expect.stringMatching(/Nobody/),
    });
    expect(answers()).toEqual([]);
  });

  test('that was taken back before it came has no effect, and one that is made later has', async () => {
    const asked = follow();
    await send(undo(asked), clock + 2);
    await send(asked, clock + 1);
    expect(await followers()).toEqual([]);
    clock += 2;
    // PeerTube follows again under the id of before.
    await send(asked);
    expect(await followers()).toMatchObject([{ state: 'accepted' }]);
  });
});

describe('its end', () => {
  test('ends it', async () => {
    const asked = follow();
    await send(asked);
    await send(undo(asked));
    expect(await followers()).toEqual([]);
  });

  test('ends it by its id alone', async () => {
    const asked = follow();
    await send(asked);
    await send(peer.activity({ type: 'Undo', actor: stranger, object: asked.id }));
    expect(await followers()).toEqual([]);
  });

  test('that is older than the latest Follow does not end that one', async () => {
    const first = follow();
    await send(first);
    const at = ++clock;
    await send(follow());
    await send(undo(first), at);
    expect(await followers()).toMatchObject([{ state: 'accepted' }]);
  });

  test('is for its follower alone to say', async () => {
    const asked = follow();
    await send(asked);
    await tell({ ...undo(asked), actor: other });
    await tell(peer.activity({ type: 'Undo', actor: other, object: asked.id }));
    expect(await followers()).toMatchObject([{ state: 'accepted' }]);
  });
});

describe('an answer', () => {
  /** We follow an actor of the peer that does not answer by itself. */
  async function ask(): Promise<Sent> {
    const { username, host } = handleParts();
    peer.serve(`/.well-known/webfinger?resource=${encodeURIComponent(`acct:${username}@${host}`)}`, {
      subject: `acct:${username}@${host}`,
      links: [{ rel: 'self', type: 'application/activity+json', href: stranger }],
    });
    await instance(0).administrator.follow({ handles: [`${username}@${host}`] });
    await untilIdle();
    return peer.received.at(-1)!.activity;
  }
  const handleParts = () => ({ username: stranger.split('/').at(-1)!, host: new URL(stranger).host });
  const answer = (type: 'Accept' | 'Reject', asked: Sent, fields: Partial<Activity> = {}) =>
    peer.activity({ type, actor: stranger, object: { ...asked, '@context': undefined }, ...fields });
  const state = async () => (await instance(0).administrator.followings()).data[0]!;

  test('of yes or no is taken from the one who was asked', async () => {
    const asked = await ask();
    expect(asked).toMatchObject({ type: 'Follow', actor: us, object: stranger });
    expect((await state()).state).toBe('pending');
    await send(answer('Accept', asked));
    expect((await state()).state).toBe('accepted');
    await send(answer('Reject', asked, { content: '<p>No &amp; no</p>' }));
    expect(await state()).toMatchObject({
      state: 'rejected',
      reason: `${new URL(peer.address).host} rejected it: No & no`,
    });
  });

  test('by the id of the Follow alone is understood', async () => {
    const asked = await ask();
    await send(answer('Accept', asked, { object: asked.id }));
    expect((await state()).state).toBe('accepted');
  });

  test('from somebody else is refused, and so is one to what nobody asked', async () => {
    const asked = await ask();
    for (const forged of [
      answer('Accept', asked, { actor: other }),
      answer('Accept', asked, { actor: other, object: asked.id }),
      answer('Accept', asked, { actor: other, object: { ...asked, object: other } }),
    ])
      await tell(forged);
    expect((await state()).state).toBe('pending');
  });
});

recorded('what PeerTube 6.3 sent', () => {
  const body = (name: string, hosts: Record<string, string>): Sent => {
    const { body: text } = JSON.parse(readFileSync(`${RECORDED}/${name}.json`, 'utf8')) as { body: string };
    const rewritten = Object.entries(hosts).reduce((all, [from, to]) => all.replaceAll(from, to), text);
    const { signature: _ofTheOldText, ...activity } = JSON.parse(rewritten);
    return activity as Sent;
  };
  const hosts = ({ address }: FederatedInstance) => ({
    'http://localhost:9001': address,
    'http://localhost:9002': peer.address,
  });

  test('is understood: Follow and its Undo', async () => {
    stranger = peertube;
    await send(body('follow', hosts(instance(0))));
    expect(await followers()).toMatchObject([{ state: 'accepted' }]);
    stranger = await peer.actor('root');
    const undone = body('undo-follow', hosts(instance(0)));
    await send(undone.object as Sent);
    expect(await followers()).toMatchObject([{ state: 'accepted', following: { name: 'root_channel' } }]);
    await send(undone);
    expect(await followers()).toEqual([]);
  });

  test('is understood: Accept', async () => {
    stranger = peertube;
    const host = new URL(peer.address).host;
    peer.serve('/.well-known/nodeinfo', {
      links: [{ rel: 'https://www.w3.org/ns/activitystreams#Application', href: stranger }],
    });
    await instance(0).administrator.follow({ hosts: [host] });
    await untilIdle();
    const swapped = { 'http://localhost:9001': peer.address, 'http://localhost:9002': instance(0).address };
    await send(body('accept-follow', swapped));
    expect((await instance(0).administrator.followings()).data).toMatchObject([
      { state: 'accepted', following: { url: stranger } },
    ]);
  });
});
