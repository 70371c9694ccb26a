import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { DataSource } from 'typeorm';
import { violationsAt } from '../support/accessibility.js';
import { newVisitor, testInChromium, type Visitor } from '../support/chromium.js';
import { addUser, type InstanceClient } from '../support/client.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { addDelivery, createToldHost } from '../support/told-host.js';
import { until } from '../support/uploads.js';
import { publishVideo } from '../support/videos.js';

const MINUTE = 240_000;
const HOUR = '3600000';
const PHONE = { width: 360, height: 780 };
let instances: Instances;
let origin: FederatedInstance;
let follower: FederatedInstance;
let ada: InstanceClient;
let visitor: Visitor | undefined;

beforeAll(async () => {
  // A host that fails is not tried again by itself while a test looks.
  instances = await createInstances(2, {
    environment: {
      VIDIVERSE_FEDERATION_DELIVERY_FIRST_DELAY: HOUR,
      VIDIVERSE_FEDERATION_DELIVERY_MAX_DELAY: HOUR,
    },
  });
  [origin, follower] = instances.all as [FederatedInstance, FederatedInstance];
  ada = await addUser(origin.administrator, 'ada');
}, 2 * MINUTE);
afterEach(async () => {
  await visitor?.close();
  visitor = undefined;
});
afterAll(() => instances.close(), MINUTE);

/** Its administrator, logged in, at a page of the administration. */
async function administer({ address }: FederatedInstance, path: string, size?: typeof PHONE) {
  visitor = await newVisitor(address, size);
  await visitor.logIn();
  await visitor.open(path);
  return visitor;
}

describe('following', () => {
  testInChromium(
    'is begun on the page, seen to be accepted without a reload, and brings the videos',
    async () => {
      await publishVideo(ada, { name: 'From elsewhere' });
      const { page, complaints } = await administer(follower, '/');
      await page.getByRole('button', { name: /^Account:/ }).click();
      await page.getByRole('menuitem', { name: 'Administration' }).click();
      await page.getByText('You follow nobody yet').waitFor();

      await page.getByLabel('Hosts or handles').fill(`${origin.host}, nobody@${origin.host}`);
      await page.getByRole('button', { name: 'Look first who it is' }).click();
      await page.getByRole('listitem').filter({ hasText: 'Instance' }).waitFor();
      await page.getByRole('listitem').filter({ hasText: 'nobody@' }).getByText('Not found').waitFor();
      await page.getByLabel('Hosts or handles').fill(origin.host);
      await page.getByRole('button', { name: 'Follow', exact: true }).click();

      const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: origin.host }) });
      await row.getByText('Following', { exact: true }).waitFor();
      await row.getByText('Looked through 1 older item.').waitFor();
      await page.getByRole('link', { name: /, home$/ }).click();
      await page.getByRole('link', { name: /^From elsewhere/ }).waitFor();
      await page.getByText(`from ${origin.host}`).first().waitFor();
      expect(complaints).toEqual([]);
    },
    2 * MINUTE,
  );

  testInChromium(
    'of what cannot be is refused on the page, and an unfollow is asked about',
    async () => {
      const { page } = await administer(follower, '/admin/following');
      await page.getByLabel('Hosts or handles').fill('not a host');
      await page.getByText('Neither a host nor name@host: not, a, host').waitFor();
      expect(await page.getByRole('button', { name: 'Follow', exact: true }).isDisabled()).toBe(true);

      await page.getByRole('button', { name: `Unfollow ${origin.host}` }).click();
      await page.getByRole('button', { name: 'Keep it' }).click();
      await page.getByRole('button', { name: `Unfollow ${origin.host}` }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Unfollow' }).click();
      await page.getByText('You follow nobody yet').waitFor();
      expect((await follower.administrator.followings()).total).toBe(0);
    },
    MINUTE,
  );
});

describe('followers', () => {
  testInChromium(
    'wait for the administrator when that is wanted, and are accepted on the page',
    async () => {
      const { page } = await administer(origin, '/admin/follow-policy');
      await page.getByRole('switch', { name: 'Ask me first' }).click();
      await until(() => asksFirst(origin), 'the switch holds on the server');
      await follower.administrator.follow({ hosts: [origin.host] });
      await instances.untilIdle();

      await page.goto(`${origin.address}/admin/followers`);
      await page.getByText('Waiting for you').nth(1).waitFor();
      await page.getByRole('button', { name: `Accept ${follower.host}` }).click();
      await page.getByRole('listitem').getByText('Accepted', { exact: true }).waitFor();
      await instances.untilIdle();
      expect((await follower.administrator.followings()).data[0]?.state).toBe('accepted');
    },
    MINUTE,
  );

  testInChromium(
    'are all rejected only after it was shown who they are',
    async () => {
      const { page } = await administer(origin, '/admin/follow-policy');
      await page.getByRole('button', { name: 'See who would be rejected' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(follower.host).waitFor();
      expect((await origin.administrator.followers()).data[0]?.state).toBe('accepted');
      await dialog.getByRole('button', { name: 'Reject them all' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await instances.untilIdle();
      expect((await origin.administrator.followers()).data[0]?.state).toBe('rejected');
    },
    MINUTE,
  );
});

testInChromium(
  'the dry run says who would be followed back, and that the blacklist speaks against it',
  async () => {
    await origin.administrator.updateCustomConfig({
      followers: { instance: { manualApproval: false } },
      followings: { instance: { autoFollowBack: { enabled: true } } },
    });
    const { page } = await administer(origin, '/admin/follow-policy');
    const ask = async () => {
      await page.getByLabel('Who would follow').fill('another.invalid');
      await page.getByRole('button', { name: 'Ask' }).click();
    };
    await ask();
    await page.getByText('Followed back', { exact: true }).waitFor();

    await page.getByLabel('Host', { exact: true }).fill('another.invalid');
    await page.getByLabel(/^Note/).fill('Too many reposts');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('Too many reposts').waitFor();
    await ask();
    await page.getByText('Not followed back', { exact: true }).first().waitFor();

    await page.getByRole('button', { name: 'Take off another.invalid' }).click();
    await page.getByText('Nobody is on the list.').waitFor();
  },
  MINUTE,
);

testInChromium(
  'a host that is down is shown with what waits and why, and gets it when it is tried again',
  async () => {
    const peer = await createToldHost();
    try {
      peer.status = 503;
      await addDelivery(origin.nest.get(DataSource), peer, 'https://elsewhere.example/like/1');
      const { page } = await administer(origin, '/admin/deliveries');
      const row = page.getByRole('listitem').filter({ hasText: peer.host });
      await row.getByText(/1 delivery waiting/).waitFor();
      await row.getByText('Failing').waitFor();
      await row.getByText(/The last try failed.*503/).waitFor();
      await row.getByRole('link', { name: peer.host }).click();
      await page.getByText('Likes something (Like)').waitFor();

      peer.status = 202;
      await page.getByRole('button', { name: `Try now: ${peer.host}` }).click();
      await page.getByText('The host has everything that it was sent.').waitFor();
      expect(peer.taken).toEqual(['https://elsewhere.example/like/1']);
    } finally {
      await peer.close();
    }
  },
  MINUTE,
);

testInChromium(
  'what waits for a host is dropped only after a question, and sent again when that is wanted',
  async () => {
    const peer = await createToldHost();
    try {
      peer.status = 503;
      await addDelivery(origin.nest.get(DataSource), peer, 'https://elsewhere.example/like/2');
      const { page } = await administer(origin, `/admin/deliveries/${encodeURIComponent(peer.host)}`);
      await page.getByRole('button', { name: `Pause ${peer.host}` }).click();
      await page.getByText('Paused: nothing is sent until you resume.').waitFor();
      await page.getByRole('button', { name: `Drop what waits for ${peer.host}` }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Drop' }).click();
      await page.getByRole('listitem').getByText('Dropped', { exact: true }).waitFor();

      peer.status = 202;
      await page.getByRole('button', { name: `Resume ${peer.host}` }).click();
      await page.getByRole('button', { name: /^Send again/ }).click();
      await page.getByText('The host has everything that it was sent.').waitFor();
      expect(peer.taken).toEqual(['https://elsewhere.example/like/2']);
    } finally {
      await peer.close();
    }
  },
  MINUTE,
);

testInChromium(
  'a site is blocked and unblocked on the page',
  async () => {
    const { page } = await administer(origin, '/admin/blocked');
    const sites = page.getByRole('region', { name: 'Sites' });
    await sites.getByLabel('Host').fill('bad host');
    await sites.getByRole('button', { name: 'Block', exact: true }).click();
    await sites.getByText('It must be a host, such as video.example.').waitFor();
    await sites.getByLabel('Host').fill('bad.example');
    await sites.getByRole('button', { name: 'Block', exact: true }).click();
    await sites.getByRole('button', { name: 'Unblock bad.example' }).click();
    await sites.getByText('No site is blocked.').waitFor();
  },
  MINUTE,
);

testInChromium(
  'the administration is closed to all others, and offered to nobody else',
  async () => {
    const { page, open } = (visitor = await newVisitor(origin.address));
    await open('/admin/deliveries');
    await page.getByLabel('Name or e-mail address').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill('a password of mine');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('This page is for administrators').waitFor();
    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.getByRole('menuitem', { name: 'My videos' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Administration' }).count()).toBe(0);
  },
  MINUTE,
);

testInChromium(
  'the pages are accessible when they are full, on a phone',
  async () => {
    const peer = await createToldHost();
    try {
      peer.status = 500;
      await addDelivery(origin.nest.get(DataSource), peer, 'https://elsewhere.example/like/3');
      await origin.administrator.neverFollowBack({ host: 'spam.example', note: 'Only reposts' });
      await origin.administrator.follow({ hosts: [follower.host], handles: [`nobody@${follower.host}`] });
      const full = await administer(origin, '/admin/following', PHONE);
      const paths = ['following', 'followers', 'follow-policy', 'deliveries'].map((name) => `/admin/${name}`);
      const ofHost = `/admin/deliveries/${encodeURIComponent(peer.host)}`;
      expect(await violationsAt(full, origin.address, [...paths, ofHost])).toEqual([]);
    } finally {
      await peer.close();
    }
  },
  2 * MINUTE,
);

async function asksFirst({ administrator }: FederatedInstance): Promise<boolean> {
  const { followers } = (await administrator.customConfig()) as {
    followers: { instance: { manualApproval: boolean } };
  };
  return followers.instance.manualApproval;
}
