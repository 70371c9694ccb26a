import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { violations, violationsAt } from '../support/accessibility.js';
import { newVisitor, testInChromium, type Visitor } from '../support/chromium.js';
import { addUser, type InstanceClient } from '../support/client.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { until } from '../support/uploads.js';
import { publishVideo, type Video } from '../support/videos.js';

const MINUTE = 240_000;
const PHONE = { width: 360, height: 780 };
let instances: Instances;
let origin: FederatedInstance;
let follower: FederatedInstance;
let ada: InstanceClient;
let bob: InstanceClient;
let video: Video;
let visitor: Visitor | undefined;

/** Ada's video is on one instance; the other, where Bob is, follows it. */
beforeAll(async () => {
  instances = await createInstances(2, {
    environment: { VIDIVERSE_INTERACTION_COMMENTS_PER_WINDOW: '1000' },
  });
  [origin, follower] = instances.all as [FederatedInstance, FederatedInstance];
  ada = await addUser(origin.administrator, 'ada');
  bob = await addUser(follower.administrator, 'bob');
  video = await publishVideo(ada, { name: 'A talk', commentsEnabled: true });
  await follower.administrator.follow({ hosts: [origin.host] });
  await instances.untilIdle();
}, 2 * MINUTE);
afterEach(async () => {
  await visitor?.close();
  visitor = undefined;
});
afterAll(() => instances.close(), MINUTE);

const visit = async ({ address }: FederatedInstance, path: string, size?: typeof PHONE) => {
  visitor = await newVisitor(address, size);
  await visitor.open(path);
  return visitor;
};
const visitLoggedIn = async ({ address }: FederatedInstance, path: string) => {
  visitor = await newVisitor(address);
  await visitor.logIn();
  await visitor.open(path);
  return visitor;
};
const watchPath = () => `/w/${video.shortUUID}`;

testInChromium(
  'a video of another site says where it comes from, and leads there',
  async () => {
    const { page } = await visit(follower, watchPath());
    await page.getByText(`from ${origin.host}`).first().waitFor();
    const link = page.getByRole('link', { name: 'Open on its site' });
    expect(await link.getAttribute('href')).toBe(`${origin.address}/videos/watch/${video.uuid}`);
    await page.goto(`${follower.address}/c/ada_channel@${origin.host}`);
    await page.getByText(`@ada_channel@${origin.host}`).waitFor();
    await page.getByRole('link', { name: /^A talk/ }).waitFor();
  },
  MINUTE,
);

describe('a comment', () => {
  testInChromium(
    'travels to the video’s own site, is answered there, and the thread is seen on both',
    async () => {
      const here = await visitLoggedIn(follower, watchPath());
      await here.page.getByLabel('Write a comment').fill('Hello <b>from</b> https://example.org/me.');
      await here.page.getByRole('button', { name: 'Comment', exact: true }).click();
      await here.page.getByText('Hello <b>from</b>').waitFor();
      await here.close();
      await instances.untilIdle();

      const there = await visitLoggedIn(origin, watchPath());
      const comment = there.page.getByRole('article', { name: 'Comment by root' });
      await comment.getByText(`from ${follower.host}`).waitFor();
      expect(await comment.getByRole('link', { name: 'example.org' }).getAttribute('href')).toBe(
        'https://example.org/me',
      );
      await comment.getByRole('button', { name: /^Answer/ }).click();
      await there.page.keyboard.type('Welcome.');
      await there.page.keyboard.press('Control+Enter');
      await there.page.getByText('Welcome.', { exact: true }).waitFor();
      await there.page.getByRole('button', { name: 'Hide 1 answer' }).waitFor();
      await there.close();
      const [thread] = (await ada.comments(video.uuid)).data;
      await ada.reply(video.uuid, thread!.id, 'Nice to see you.');
      await instances.untilIdle();

      const { page } = await visit(follower, watchPath());
      await page.getByRole('heading', { name: '3 comments' }).waitFor();
      await page.getByRole('button', { name: 'Show 2 answers, also by the uploader' }).click();
      const answer = page.getByRole('article', { name: 'Comment by ada' });
      await answer.getByText('by the uploader').waitFor();
      await page.getByRole('button', { name: /^Hide 2 answers/ }).click();
      expect(await answer.count()).toBe(0);
    },
    2 * MINUTE,
  );

  testInChromium(
    'is deleted after a question, and answers to it stay',
    async () => {
      const own = await publishVideo(ada, { name: 'Another talk', commentsEnabled: true });
      const { id } = await ada.comment(own.uuid, 'to be deleted');
      await ada.reply(own.uuid, id, 'an answer to it');
      const { page } = await visitLoggedIn(origin, `/w/${own.shortUUID}`);
      await page.getByRole('button', { name: 'Delete the comment by ada' }).first().click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await page.getByText('This comment was deleted.').waitFor();
      await page.getByText('an answer to it').waitFor();
      expect(await page.getByText('to be deleted').count()).toBe(0);
    },
    MINUTE,
  );

  testInChromium(
    'of many is loaded when it is wanted',
    async () => {
      const own = await publishVideo(ada, { name: 'A busy talk', commentsEnabled: true });
      for (let number = 1; number <= 17; number += 1) await ada.comment(own.uuid, `comment ${number}`);
      const { page } = await visit(origin, `/w/${own.shortUUID}`);
      await page.getByText('comment 17').waitFor();
      expect(await page.getByText('comment 1', { exact: true }).count()).toBe(0);
      await page.getByRole('button', { name: 'Show more comments' }).click();
      await page.getByText('comment 1', { exact: true }).waitFor();
      expect(await page.getByRole('article').count()).toBe(17);
    },
    MINUTE,
  );
});

describe('a like', () => {
  testInChromium(
    'is counted at once, travels, and is taken back by a second click',
    async () => {
      const { page } = await visitLoggedIn(follower, watchPath());
      await page.getByRole('button', { name: 'Like, 0 likes' }).click();
      await page.getByRole('button', { name: 'Like, 1 like', exact: true }).waitFor();
      await until(async () => (await ada.video(video.uuid)).likes === 1, 'the origin counts it');
      await page.reload();
      const liked = page.getByRole('button', { name: 'Like, 1 like', exact: true, pressed: true });
      await liked.click();
      await page.getByRole('button', { name: 'Like, 0 likes', pressed: false }).waitFor();
      await until(async () => (await ada.video(video.uuid)).likes === 0, 'the origin forgets it');
    },
    MINUTE,
  );

  testInChromium(
    'that the server does not take is taken back, and why is told',
    async () => {
      const { page } = await visitLoggedIn(follower, watchPath());
      await page.route('**/rate', (route) => route.abort());
      await page.getByRole('button', { name: /^Dislike/ }).click();
      await page.getByText('Your rating could not be saved.').waitFor();
      await page.getByRole('button', { name: 'Dislike, 0 dislikes', pressed: false }).waitFor();
    },
    MINUTE,
  );
});

testInChromium(
  'visitors who act are led to the login and back',
  async () => {
    const { page } = await visit(follower, watchPath());
    for (const name of [/^Like/, 'Report this video']) {
      await page.goto(follower.address + watchPath());
      await page.getByRole('button', { name }).click();
      await page.getByRole('heading', { name: /^Log in/ }).waitFor();
      expect(new URL(page.url()).searchParams.get('next')).toBe(watchPath());
    }
    await page.goto(follower.address + watchPath());
    await page.getByRole('link', { name: 'Log in', exact: true }).last().waitFor();
    expect(await page.getByLabel('Write a comment').count()).toBe(0);
  },
  MINUTE,
);

testInChromium(
  'a report reaches the staff of this site and of the video’s own, which decides about it',
  async () => {
    const here = await visitLoggedIn(follower, watchPath());
    await here.page.getByRole('button', { name: 'Report this video' }).click();
    await here.page.getByRole('button', { name: 'Send report' }).click();
    await here.page.getByText('Say in a few words what is wrong.').waitFor();
    await here.page.getByLabel('Spam or misleading').check();
    await here.page.getByLabel('In your words').fill('The same again and again.');
    await here.page.getByRole('button', { name: 'Send report' }).click();
    await here.page.getByText(/^Thank you/).waitFor();
    await here.close();
    await instances.untilIdle();
    expect((await follower.administrator.abuses()).total).toBe(1);

    const { page } = await visitLoggedIn(origin, '/admin/reports');
    const row = page.getByRole('listitem').filter({ hasText: 'The same again and again.' });
    await row.getByRole('link', { name: 'A talk' }).waitFor();
    await row.getByText('Spam or misleading').waitFor();
    await row.getByRole('button', { name: 'Decide' }).click();
    await page.getByLabel(/^Note for the staff/).fill('Talked to her');
    await page.getByRole('button', { name: 'Justified', exact: true }).click();
    await page.getByText('Nothing to decide').waitFor();
    await page.getByText('All', { exact: true }).click();
    await page.getByText('Note: Talked to her').waitFor();
  },
  MINUTE,
);

describe('the search', () => {
  testInChromium(
    'finds a video by its address and a channel by its handle, and says why it does not',
    async () => {
      const alone = await publishVideo(bob, { name: 'Only by address' });
      const { page } = await visitLoggedIn(origin, '/');
      const search = async (text: string) => {
        await page.getByRole('searchbox').fill(text);
        await page.keyboard.press('Enter');
      };
      await search(`${follower.address}/w/${alone.shortUUID}`);
      await page.getByRole('link', { name: /^Only by address/ }).waitFor();
      await search(`@bob_channel@${follower.host}`);
      await page.getByRole('link', { name: `@bob_channel@${follower.host}` }).waitFor();
      await search(`@bob@${follower.host}`);
      await page.getByRole('link', { name: `@bob@${follower.host}` }).waitFor();
      await search(`@nobody@${follower.host}`);
      await page.getByRole('heading', { name: 'Not found' }).waitFor();
      await page.getByText(/answered 404/).waitFor();
    },
    MINUTE,
  );

  testInChromium(
    'asks other sites only for people who are logged in',
    async () => {
      const { page } = await visit(origin, `/search?search=@unseen@${follower.host}`);
      await page.getByRole('link', { name: 'Log in to ask its site' }).waitFor();
      await page.getByText('Its own site is asked for people who are logged in.').waitFor();
    },
    MINUTE,
  );
});

testInChromium(
  'pages with what comes from elsewhere are accessible, on a phone',
  async () => {
    const phone = await visit(follower, '/', PHONE);
    const paths = [
      '/',
      `/c/ada_channel@${origin.host}`,
      `/a/ada@${origin.host}`,
      `/search?search=@ada@${origin.host}`,
    ];
    expect(await violationsAt(phone, follower.address, paths)).toEqual([]);
    await phone.logIn();
    await phone.open(watchPath());
    await phone.page.getByRole('button', { name: /^Show 2 answers/ }).click();
    await phone.page.getByRole('article', { name: 'Comment by ada' }).waitFor();
    expect(await violations(phone)).toEqual([]);
    await phone.page.getByRole('button', { name: 'Report this video' }).click();
    await phone.page.getByRole('dialog').waitFor();
    expect(await violations(phone)).toEqual([]);
  },
  2 * MINUTE,
);
