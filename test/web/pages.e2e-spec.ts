import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { newVisitor, testInChromium, type Visitor } from '../support/chromium.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { makeMp4 } from '../support/media/index.js';
import { uploaderOf, uploadForm, until } from '../support/uploads.js';

const HOSTILE =
  '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script> javascript:window.hacked=1';
let instance: TestInstance;
let shortUUID = '';
let visitor: Visitor | undefined;

beforeAll(async () => {
  instance = await createInstance();
  const uploader = await uploaderOf(instance);
  const { body } = await uploadForm(uploader, makeMp4({ frames: 50, fastStart: true }), {
    name: `Title ${HOSTILE}`.slice(0, 120),
    description: `${HOSTILE} and https://example.org/page?x="><b>`,
    tags: '<b>tag</b>',
  });
  shortUUID = body.video!.shortUUID;
  const state = async () =>
    (
      (await (await fetch(`${instance.address}/api/v1/videos/${shortUUID}`)).json()) as {
        state?: { id: number };
      }
    ).state?.id === 1;
  await until(state, 'the video is published');
});
afterEach(async () => {
  await visitor?.close();
  visitor = undefined;
});
afterAll(async () => instance.close());

const visit = async (path: string, size?: { width: number; height: number }) => {
  visitor = await newVisitor(instance.address, size);
  await visitor.open(path);
  return { ...visitor, page: visitor.page };
};

testInChromium('what uploaders write is text everywhere, never markup', async () => {
  const { page, complaints } = await visit('/');
  for (const path of ['/', `/w/${shortUUID}`, '/search?search=Title', '/c/root_channel', '/a/root']) {
    await page.goto(instance.address + path);
    await page.getByText('<script>window.hacked=1').first().waitFor();
  }
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(complaints).toEqual([]);
});

testInChromium('a link in a description leads to its address and gives nothing away', async () => {
  const { page } = await visit(`/w/${shortUUID}`);
  const link = page.getByRole('link', { name: /example\.org/ });
  expect(await link.getAttribute('href')).toBe('https://example.org/page?x=');
  expect(await link.getAttribute('rel')).toContain('noopener noreferrer');
});

testInChromium(
  'a visitor is asked to log in, told what is wrong, and brought where they wanted to go',
  async () => {
    const { page } = await visit('/my-library/videos');
    await page.getByLabel('Name or e-mail address').fill('root');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByText('Name and password do not belong together.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'My videos' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/my-library/videos');
  },
);

testInChromium('a video is found and opened with the keyboard alone', async () => {
  const { page } = await visit('/');
  await page.getByRole('heading', { level: 3 }).first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('Title');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Videos for “Title”' }).waitFor();
  await page.getByRole('heading', { level: 3 }).first().waitFor();
  for (let presses = 0; presses < 20; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement?.closest('article') !== null)) break;
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/w/${shortUUID}`);
});

testInChromium('the old address of a watch page leads to the new one', async () => {
  const { page } = await visit(`/videos/watch/${shortUUID}?start=1s`);
  await page.waitForURL(`**/w/${shortUUID}?start=1s`);
});

testInChromium('a chosen theme stays after a reload', async () => {
  const { page } = await visit('/');
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await page.reload();
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  expect(await scheme()).toBe('dark');
});

testInChromium('an owner edits a video, and deletes it only after being asked', async () => {
  const { page, logIn, open } = await visit('/');
  await logIn();
  await open(`/videos/update/${shortUUID}`);
  await page.getByLabel('Title').fill('x');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('A title has 3 to 120 characters; this one has 1.').waitFor();
  await page.getByLabel('Title').fill('A better title');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'A better title' }).waitFor();
  await open('/my-library/videos');
  await page.getByRole('button', { name: 'More for A better title' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('link', { name: 'A better title', exact: true }).waitFor();
});

testInChromium('no page is wider than a phone', async () => {
  const { page } = await visit('/', { width: 360, height: 780 });
  for (const path of ['/', `/w/${shortUUID}`, '/login', '/c/root_channel', '/search?search=none']) {
    await page.goto(instance.address + path, { waitUntil: 'networkidle' });
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect([path, Math.max(tooWide, 0)]).toEqual([path, 0]);
  }
});
