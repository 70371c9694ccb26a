import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { outcomesAt } from '../support/outcomes.js';
import { type Activity, Peer } from '../support/peer.js';
import { publishVideo, type Video } from '../support/videos.js';

/** Several instances on a machine that may be busy. */

/** Activities recorded between two PeerTube 6.3; not ours to publish, so they lie beside the checkout where there is one. */
const RECORDED = resolve('../shared/fixtures/peertube-6.3');
const HAS_THEM = existsSync(RECORDED);
const testWithThem = HAS_THEM ? test : test.skip;
const WHY = HAS_THEM ? '' : ' (skipped: no recorded activities in ../shared/fixtures)';

const THEIR_VIDEO = /700377b8-65a1-49ee-ac00-88eb6fd77e5d/g;
const SENDER = /http:\/\/localhost:9002/g;
const RECEIVER = /http:\/\/localhost:9001/g;

let instances: Instances;
let ours: FederatedInstance;
let peer: Peer;
let video: Video;

beforeAll(async () => {
  instances = await createInstances(1);
  ours = instances.all[0]!;
  peer = await Peer.open();
  await peer.actor('root');
  video = await publishVideo(ours.administrator, { name: 'a talk' });
});
afterAll(async () => {
  await peer.close();
  await instances.close();
});

/** As recorded, but for the names of servers and video, and signed anew. */
function recorded(name: string): Activity & { id: string } {
  const { body } = JSON.parse(readFileSync(resolve(RECORDED, `${name}.json`), 'utf8')) as { body: string };
  const renamed = body
    .replace(SENDER, peer.address)
    .replace(RECEIVER, ours.address)
    .replace(THEIR_VIDEO, video.uuid);
  const { signature: _, ...activity } = JSON.parse(renamed) as Activity & { id: string };
  return activity;
}

const send = (activity: Activity & { id: string }) => outcomesAt(ours, peer)(activity, { signed: true });

testWithThem(`what PeerTube says of a video is understood, and what it takes back${WHY}`, async () => {
  expect(await send(recorded('create-note'))).toBe('applied');
  expect((await ours.administrator.comments(video.uuid)).data).toMatchObject([
    { text: 'Hello from **9002**', account: { name: 'root', host: new URL(peer.address).host } },
  ]);
  expect(await send(recorded('delete'))).toBe('applied');
  expect((await ours.administrator.comments(video.uuid)).total).toBe(0);

  expect(await send(recorded('like'))).toBe('applied');
  expect((await ours.administrator.video(video.uuid)).likes).toBe(1);
  expect(await send(recorded('undo-like'))).toBe('applied');
  expect(await send(recorded('dislike'))).toBe('applied');
  expect(await ours.administrator.video(video.uuid)).toMatchObject({ likes: 0, dislikes: 1 });

  expect(await send(recorded('flag'))).toBe('applied');
  expect((await ours.administrator.abuses()).data).toMatchObject([
    {
      reason: 'testing abuse federation',
      predefinedReasons: ['spamOrMisleading'],
      video: { uuid: video.uuid },
    },
  ]);
});
