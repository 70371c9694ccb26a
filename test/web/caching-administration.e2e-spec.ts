import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { violations, violationsAt } from '../support/accessibility.js';
import {
  cachedCopy,
  copiesOf,
  known,
  publishLarge,
  QUICK_CACHING,
  setStrategies,
} from '../support/caching.js';
import { newVisitor, testInChromium, type Visitor } from '../support/chromium.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { until } from '../support/uploads.js';
import type { Video } from '../support/videos.js';

const MIB = 1024 * 1024;
const PHONE = { width: 360, height: 780 };
let instances: Instances;
let origin: FederatedInstance;
let cache: FederatedInstance;
let video: Video;
let visitor: Visitor | undefined;

beforeAll(async () => {
  instances = await createInstances(2, {
    environment: { ...QUICK_CACHING, VIDIVERSE_CACHING_ENABLED: 'false' },
  });
  [origin, cache] = instances.all as [FederatedInstance, FederatedInstance];
  video = await publishLarge(origin.administrator, 'From elsewhere', 2 * MIB);
  await cache.administrator.follow({ hosts: [origin.host] });
  await known(cache.administrator, video);
});
afterEach(async () => {
  await visitor?.close();
  visitor = undefined;
});
afterAll(() => instances.close());

interface Policy {
  enabled: boolean;
  strategies: object[];
  hosts: object[];
}
const policy = () => cache.administrator.call<Policy>('GET', '/api/v1/server/caching/policy');
const everything = () => ({
  kind: 'instance',
  name: 'everything',
  host: origin.host,
  budget: 20_000_000,
  minLifetime: 0,
});

/** Its administrator, logged in, at a page of the administration. */
async function administer({ address }: FederatedInstance, path: string, size?: typeof PHONE) {
  visitor = await newVisitor(address, size);
  await visitor.logIn();
  await visitor.open(path);
  return visitor;
}

/** Caching on, by the strategy `everything`, and the video here. */
async function cached() {
  const json = { enabled: true, strategies: [everything()] };
  await cache.administrator.call('PUT', '/api/v1/server/caching/policy', { json });
  return cachedCopy(cache.administrator, video);
}

testInChromium(
  'a strategy is written, seen with what it would do and why, saved, and turned on',
  async () => {
    const { page, complaints } = await administer(cache, '/admin/cache-policy');
    await page.getByRole('button', { name: 'Add a strategy' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What it chooses').selectOption('Everything from one instance');
    await dialog.getByLabel('Host').fill('not a host');
    await dialog.getByLabel('Budget', { exact: true }).fill('20');
    await dialog.getByLabel('Budget: unit').selectOption('MB');
    await dialog.getByLabel(/^Name/).fill('everything');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByText('Write a host, such as video.example.').waitFor();
    await dialog.getByLabel('Host').fill(origin.host);
    await dialog.getByLabel('Minimum lifetime', { exact: true }).fill('0');
    await dialog.getByRole('button', { name: 'Add' }).click();

    const preview = page.getByRole('region', { name: 'What would be cached now' });
    await preview.getByText(/^Comes: 1 file/).waitFor();
    const coming = preview.getByRole('listitem').filter({ hasText: 'From elsewhere' });
    await coming.getByText(`Everything from ${origin.host} was chosen.`).waitFor();
    expect((await policy()).strategies).toEqual([]);

    await page.getByRole('button', { name: 'Save the strategies' }).click();
    await page.getByText('Not saved yet').waitFor({ state: 'hidden' });
    expect(await policy()).toMatchObject({ enabled: false, strategies: [everything()] });
    expect(await copiesOf(cache.administrator)).toEqual([]);

    await page.getByRole('switch', { name: 'Cache videos of other instances' }).click();
    await page.getByText(/1 file of 1 video/).waitFor();
    expect(complaints).toEqual([]);
  },
);

testInChromium('a copy is listed with its origin, its reason and who sent its bytes', async () => {
  await cached();
  const { page } = await administer(cache, '/admin/cached-files');
  const row = page.getByRole('listitem').filter({ hasText: 'From elsewhere' }).first();
  await row.getByText('Cached', { exact: true }).waitFor();
  await row.getByText(`Everything from ${origin.host} was chosen.`).waitFor();
  await row.getByText('Where its bytes came from').click();
  await row.getByText(`${origin.host}: ${(video.files[0]!.size / 1e6).toFixed(1)} MB`).waitFor();
  await page.getByLabel('Failed').check({ force: true });
  await page.getByText('No copy is like that.').waitFor();
});

testInChromium('the origin lists the copy as a seed of its video', async () => {
  await cached();
  const { page } = await administer(origin, '/admin/seeds');
  const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'From elsewhere' }) });
  await row.getByText('Listed', { exact: true }).waitFor();
  await row.getByRole('link', { name: cache.host }).waitFor();
  await row.getByText(/^Looked at .*B\/s/).waitFor();
  await row.getByRole('button', { name: /^Drop the copy of From elsewhere at/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Drop' }).click();
  await row.getByText('An administrator dropped it.').waitFor();
  await row.getByRole('button', { name: /^Check now the copy of From elsewhere at/ }).click();
  await row.getByText('Listed', { exact: true }).waitFor();
});

testInChromium(
  'a strategy that is taken out shows what would go, and nothing goes before it is saved',
  async () => {
    await cached();
    const { page } = await administer(cache, '/admin/cache-policy');
    await page.getByRole('button', { name: 'Remove everything' }).click();
    const preview = page.getByRole('region', { name: 'What would be cached now' });
    await preview.getByText(/^Goes: 1 file/).waitFor();
    const going = preview.getByRole('listitem').filter({ hasText: 'From elsewhere' });
    await going.getByText('Its strategy is there no more.').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await preview.getByText('Nothing comes and nothing goes.').waitFor();
    expect((await copiesOf(cache.administrator)).map(({ state }) => state)).toEqual(['cached']);
  },
);

testInChromium(
  'an instance is never cached when its administrator says so, and is again when allowed',
  async () => {
    await cached();
    const { page } = await administer(cache, '/admin/cache-policy');
    const hosts = page.getByRole('region', { name: 'Whose videos may be cached' });
    await hosts.getByText('Not decided').waitFor();
    await hosts.getByRole('button', { name: `Never cache ${origin.host}` }).click();
    await hosts.getByText('Never', { exact: true }).first().waitFor();
    await until(async () => (await copiesOf(cache.administrator)).length === 0, 'the copy is gone');

    await hosts.getByRole('button', { name: `Allow to cache ${origin.host}` }).click();
    await hosts.getByText('Allowed', { exact: true }).waitFor();
    expect((await policy()).hosts).toEqual([{ host: origin.host, redundancyAllowed: true }]);
    await cachedCopy(cache.administrator, video);
  },
);

testInChromium('caching is turned off only after a question, and then nothing is cached', async () => {
  await cached();
  const { page } = await administer(cache, '/admin/cache-policy');
  const caching = page.getByRole('switch', { name: 'Cache videos of other instances' });
  await caching.click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await caching.isChecked()).toBe(true);
  expect((await policy()).enabled).toBe(true);

  await caching.click();
  await page.getByRole('button', { name: 'Turn off' }).click();
  await page.getByText('Caching is off: this is what would happen once it is on.').waitFor();
  await until(async () => (await copiesOf(cache.administrator)).length === 0, 'nothing is cached');
});

testInChromium('a video is cached by hand by its address, and removed after a question', async () => {
  await cached();
  await setStrategies(cache.administrator);
  await until(async () => (await copiesOf(cache.administrator)).length === 0, 'nothing is cached');
  const { page } = await administer(cache, '/admin/cached-files');
  await page.getByText('Nothing is cached').waitFor();
  await page.getByLabel('Cache a video by hand').fill(`${origin.address}/w/nowhere`);
  await page.getByRole('button', { name: 'Cache it' }).click();
  await page.locator('.field__error').waitFor();
  await page.getByLabel('Cache a video by hand').fill(`${origin.address}/w/${video.shortUUID}`);
  await page.getByRole('button', { name: 'Cache it' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'From elsewhere' });
  await row.getByText('Cached', { exact: true }).waitFor();
  await row.getByText('An administrator chose it.').waitFor();

  await page.getByRole('button', { name: 'Remove the copy of From elsewhere' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Nothing is cached').waitFor();
  expect(await copiesOf(cache.administrator)).toEqual([]);
});

for (const theme of ['light', 'dark'] as const) {
  testInChromium(`the pages are accessible when they are full, on a phone, ${theme}`, async () => {
    await cached();
    const cacheSide = await administer(cache, '/admin/cache-policy', PHONE);
    await cacheSide.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    expect(
      await violationsAt(cacheSide, cache.address, ['/admin/cached-files', '/admin/cache-policy']),
    ).toEqual([]);
    await cacheSide.page.getByRole('button', { name: 'Remove everything' }).click();
    await cacheSide.page.getByText(/^Goes: 1 file/).waitFor();
    expect(await violations(cacheSide)).toEqual([]);
    await cacheSide.page.getByRole('button', { name: 'Add a strategy' }).click();
    await cacheSide.page.getByRole('dialog').getByRole('button', { name: 'Add' }).waitFor();
    expect(await violations(cacheSide)).toEqual([]);
    await cacheSide.close();
    const originSide = await administer(origin, '/admin/seeds', PHONE);
    await originSide.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    expect(await violationsAt(originSide, origin.address, ['/admin/seeds'])).toEqual([]);
  });
}
