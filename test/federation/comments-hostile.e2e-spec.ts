import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { addUser, type InstanceClient } from '../support/client.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { textsOf } from '../support/interaction.js';
import { outcomesAt } from '../support/outcomes.js';
import { type Activity, Peer } from '../support/peer.js';
import { publishVideo, type Video } from '../support/videos.js';

/** Several instances on a machine that may be busy. */

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public';

let instances: Instances;
let ours: FederatedInstance;
let ada: InstanceClient;
/** Another server, and a third one that hands on. */
let peer: Peer;
let third: Peer;
let mallory: string;
let carl: string;
let video: Video;
let videoUrl: string;

beforeAll(async () => {
  instances = await createInstances(1, { environment: { VIDIVERSE_INTERACTION_THREAD_DEPTH: '10' } });
  ours = instances.all[0]!;
  ada = await addUser(ours.administrator, 'ada');
  peer = await Peer.open();
  third = await Peer.open();
  [mallory, carl] = [await peer.actor('mallory'), await peer.actor('carl')];
});
afterAll(async () => {
  await peer.close();
  await third.close();
  await instances.close();
});

beforeEach(async () => {
  peer.asked.length = 0;
  video = await publishVideo(ada, { name: 'a talk' });
  videoUrl = `${ours.address}/videos/watch/${video.uuid}`;
  await instances.untilIdle();
});

let notes = 0;

/** A comment of carl's, served at its id, unless told otherwise. */
function note(fields: Record<string, unknown> = {}) {
  const path = `/notes/${++notes}`;
  const object = {
    type: 'Note',
    id: peer.address + path,
    attributedTo: carl,
    content: '<p>hello</p>',
    inReplyTo: videoUrl,
    published: new Date().toISOString(),
    to: [PUBLIC],
    ...fields,
  };
  peer.serve(path, { '@context': 'https://www.w3.org/ns/activitystreams', ...object });
  return object;
}

const outcome = (...message: Parameters<ReturnType<typeof outcomesAt>>) => outcomesAt(ours, peer)(...message);

const create = (object: Record<string, unknown>, actor = carl) =>
  peer.activity({ type: 'Create', actor, object, to: [PUBLIC] });

async function threads() {
  const { data } = await ours.administrator.comments(video.uuid, { sort: 'createdAt' });
  const trees = await Promise.all(data.map(({ id }) => ours.administrator.thread(video.uuid, id)));
  return trees.map(textsOf);
}

describe('a comment by another kind of server', () => {
  test('is kept as text, whatever its HTML says', async () => {
    const content = '<p>Hi <a href="javascript:alert(1)">there</a><br>x &lt;3</p><script>alert(2)</script>';
    expect(await outcome(create(note({ content })))).toBe('applied');
    expect(await threads()).toEqual([['Hi there\nx <3']]);
  });

  test('is changed by its author, and not back by an older version that comes late', async () => {
    const object = note();
    const at = (minutes: number, content: string) => ({
      ...object,
      content,
      updated: new Date(Date.now() - minutes * 60_000).toISOString(),
    });
    const published = new Date(Date.now() - 3_600_000).toISOString();
    await outcome(create({ ...object, published }));
    const update = (changed: object) => peer.activity({ type: 'Update', actor: carl, object: changed });
    expect(await outcome(update(at(10, 'new')))).toBe('applied');
    expect(await outcome(update(at(20, 'old')))).toBe('It is older than what is known.');
    expect(await threads()).toEqual([['new']]);
  });

  test('brings the thread above it along', async () => {
    const first = note({ content: 'one' });
    const second = note({ content: 'two', inReplyTo: first.id, attributedTo: mallory });
    const last = note({ content: 'three', inReplyTo: second.id });
    expect(await outcome(create(last))).toBe('applied');
    expect(await threads()).toEqual([['one', ['two', ['three']]]]);
  });

  test('is not shown when it was said to some people only', async () => {
    expect(await outcome(create(note({ to: [`${ours.address}/accounts/ada`] })))).toBe(
      'It is not meant for everybody.',
    );
    const secret = note({ to: [] });
    const answer = note({ inReplyTo: secret.id });
    expect(await outcome(create(answer))).toBe('It is not meant for everybody.');
    expect(await threads()).toEqual([]);
  });

  test('that is deleted before it arrives does not come', async () => {
    const object = note();
    await outcome(peer.activity({ type: 'Delete', actor: carl, object: object.id }), { signed: true });
    expect(await outcome(create(object))).toMatch('deleted before');
    expect(await threads()).toEqual([]);
  });

  test('that is deleted does not come back, as itself or above another', async () => {
    const object = note();
    await outcome(create(object));
    await outcome(peer.activity({ type: 'Delete', actor: carl, object: object.id }));
    expect(await outcome(create(object))).toMatch('deleted before');
    await outcome(create(note({ content: 'below', inReplyTo: object.id })));
    expect(await threads()).toEqual([[null, ['below']]]);
  });
});

describe('forged', () => {
  test('a comment in the name of another is not taken', async () => {
    const object = note();
    expect(await outcome(create(object, mallory))).toBe('It is the comment of another.');
    expect(await outcome(create(note({ attributedTo: `${ours.address}/accounts/ada` })))).toBe(
      'It is the comment of another.',
    );
    expect(
      await outcome(create(note({ id: `${ours.address}/videos/watch/${video.uuid}/comments/9` }))),
    ).toEqual([403, 'foreign_object']);
    expect(await threads()).toEqual([]);
  });

  test('nobody deletes or changes the comment of another, on the same server or elsewhere', async () => {
    const object = note();
    const other = note({ content: 'hello again' });
    await outcome(create(object));
    await outcome(create(other));
    const { url } = await ada.comment(video.uuid, 'mine');
    const forged = (type: string, fields: unknown) => peer.activity({ type, actor: mallory, object: fields });
    expect(await outcome(forged('Delete', object.id))).toBe(
      'It is neither the comment nor the video of this account.',
    );
    expect(await outcome(forged('Update', { ...other, content: 'ha', attributedTo: mallory }))).toBe(
      'It is the comment of another account.',
    );
    expect(await outcome(forged('Delete', url))).toEqual([403, 'foreign_object']);
    expect(await outcome({ ...forged('Delete', url), id: `${url}/delete` })).toBe(
      'It is neither the comment nor the video of this account.',
    );
    expect(await threads()).toEqual([['hello'], ['hello again'], ['mine']]);
  });

  test('a comment above is not believed when its id is elsewhere, or its author is', async () => {
    const elsewhere = note({ content: 'x', attributedTo: await third.actor('nina') });
    expect(await outcome(create(note({ inReplyTo: elsewhere.id })))).toBe('It is the comment of another.');
    const lying = note();
    peer.serve('/notes/lying', { ...note(), id: `${third.address}/notes/1` });
    expect(await outcome(create({ ...lying, inReplyTo: `${peer.address}/notes/lying` }))).not.toBe('applied');
    expect(await threads()).toEqual([]);
  });
});

describe('too much', () => {
  test('a thread without end is followed for twenty requests and no further', async () => {
    let above = note({ inReplyTo: `${peer.address}/notes/none` });
    for (let index = 0; index < 40; index += 1) above = note({ inReplyTo: above.id });
    const answer = await outcome(create(above));
    expect(answer).toMatch(/too deep|too many requests/);
    expect(peer.asked.filter((path) => path.startsWith('/notes')).length).toBeLessThanOrEqual(20);
    expect(await threads()).toEqual([]);
  });

  test('two comments that answer each other are no thread', async () => {
    const path = `/notes/${notes + 2}`;
    const first = note({ inReplyTo: peer.address + path });
    const second = note({ inReplyTo: first.id });
    expect(await outcome(create(second))).toMatch(/too deep|too many requests/);
  });

  test('100,000 hashtags are not read', async () => {
    const tag = Array.from({ length: 100_000 }, (_, index) => ({ type: 'Hashtag', name: `#t${index}` }));
    expect(await outcome(create(note({ tag })))).toEqual([413, 'payload_too_large']);
  });

  test('a comment longer than ours may be is cut', async () => {
    expect(await outcome(create(note({ content: 'x'.repeat(20_000) })))).toBe('applied');
    expect((await ours.administrator.comments(video.uuid)).data[0]!.text).toHaveLength(10_000);
  });

  test('a thread deeper than ours may be is not continued', async () => {
    let above = (await ada.comment(video.uuid, '0')).url;
    const answers: unknown[] = [];
    for (let depth = 1; depth <= 11; depth += 1) {
      const object = note({ inReplyTo: above });
      answers.push(await outcome(create(object)));
      above = object.id;
    }
    expect(answers.slice(-2)).toEqual(['applied', 'The thread is too deep.']);
  });
});

describe('blocked', () => {
  test('an account is not heard, also when a third server hands on what it signed', async () => {
    const object = note();
    const host = new URL(peer.address).host;
    await outcome(create(note({ content: 'before' })));
    await ours.administrator.blockAccount('server/blocklist', `carl@${host}`);
    const signed = await peer.sign(create(object));
    const carrier = await third.actor('carrier');
    const { status } = await third.send(signed as unknown as Activity, ours.address, { by: carrier });
    expect(status).toBe(202);
    expect((await peer.send(create(note()), ours.address)).status).toBe(403);
    await instances.untilIdle();
    expect(await threads()).toEqual([]);
    await ours.administrator.unblockAccount('server/blocklist', `carl@${host}`);
    expect(await threads()).toEqual([['before']]);
  });

  test('an account is not heard above the comment of another either', async () => {
    const host = new URL(peer.address).host;
    await outcome(create(note()));
    await ours.administrator.blockAccount('server/blocklist', `carl@${host}`);
    const above = note();
    const below = note({ attributedTo: mallory, inReplyTo: above.id });
    expect(await outcome(create(below, mallory))).toBe(
      'It stands under a comment of somebody who is blocked.',
    );
    await ours.administrator.unblockAccount('server/blocklist', `carl@${host}`);
  });
});
