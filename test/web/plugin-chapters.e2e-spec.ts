import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { violationsAt } from '../support/accessibility.js';
import { newVisitor, testInChromium, type Visitor, type VisitorOptions } from '../support/chromium.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { makeMp4 } from '../support/media/index.js';
import { uploaderOf, uploadForm, until } from '../support/uploads.js';
import { PUBLISHED } from '../support/videos.js';

const MINUTE = 240_000;
const PHONE = { width: 375, height: 780 };
const HOSTILE = '<img src=x onerror="document.title = 1">';
const DESCRIPTION = `A talk of nine seconds.

0:00 Opening
0:03 - ${HOSTILE}
[0:06] ${'A title that goes on and on. '.repeat(20)}
0:08 Ending
9:00 After the end`;

let instances: Instances;
let origin: FederatedInstance;
let follower: FederatedInstance;
let talk = '';
let visitor: Visitor | undefined;

beforeAll(async () => {
  instances = await createInstances(2, { environment: { VIDIVERSE_PLUGINS_LIST: 'chapters' } });
  [origin, follower] = instances.all as [FederatedInstance, FederatedInstance];
  talk = await publish('A talk', DESCRIPTION);
  await publish('Another talk', '* 0:00 Hello\n* 0:02 Good day\n* 0:04 Goodbye');
  await publish('A song', 'At 0:03 it becomes loud.');
  await follower.administrator.follow({ hosts: [origin.host] });
  await instances.untilIdle();
}, 2 * MINUTE);
afterEach(async () => {
  await visitor?.close();
  visitor = undefined;
});
afterAll(() => instances.close(), MINUTE);

/** Nine seconds; answers its short id. */
async function publish(name: string, description: string): Promise<string> {
  const media = makeMp4({ frames: 225, fastStart: true });
  const { body } = await uploadForm(await uploaderOf(origin), media, { name, description });
  const { shortUUID } = body.video!;
  await until(async () => {
    const { state, files } = await origin.administrator.video(shortUUID);
    return state.id === PUBLISHED && files.length > 0;
  }, `${name} is published`);
  return shortUUID;
}

async function watch({ address }: FederatedInstance, options: VisitorOptions = {}) {
  visitor = await newVisitor(address, options);
  await visitor.open(`/w/${talk}`);
  const { page } = visitor;
  const time = () => page.evaluate(() => document.querySelector('video')!.currentTime);
  return {
    ...visitor,
    list: page.getByRole('region', { name: 'Chapters' }),
    isAt: (seconds: number) => until(async () => (await time()) === seconds, `the video is at ${seconds} s`),
    /** Title of the chapter that is marked. */
    current: (text: string) =>
      page.locator('.chapters [aria-current="true"]').filter({ hasText: text }).waitFor(),
    focused: () => page.evaluate(() => document.activeElement?.textContent ?? ''),
  };
}

testInChromium(
  'the chapters of the description stand below the player, and hostile ones are text',
  async () => {
    const { page, list, complaints } = await watch(origin);
    await list.getByRole('button', { name: 'Ending' }).waitFor();
    const texts = await list.getByRole('button').allTextContents();
    expect(texts.map((text) => text.slice(0, 12))).toEqual([
      '0:00 Opening',
      '0:03 <img sr',
      '0:06 A title',
      '0:08 Ending',
    ]);
    expect(texts[1]).toBe(`0:03 ${HOSTILE}`);
    expect(texts[2]!.length).toBeLessThan(130);
    expect(await list.locator('img').count()).toBe(0);
    expect(await page.title()).toContain('A talk');
    expect(complaints).toEqual([]);
  },
);

testInChromium('a click jumps, and the chapter that plays is marked', async () => {
  const { page, list, isAt, current } = await watch(origin);
  await current('Opening');
  await list.getByRole('button', { name: 'Ending' }).click();
  await isAt(8);
  await current('Ending');
  await page.keyboard.press('0');
  await current('Opening');
  expect(await page.locator('.chapters [aria-current]').count()).toBe(1);
});

testInChromium('Tab comes to one chapter, arrows go on to others without winding, Enter jumps', async () => {
  const { page, list, isAt, focused } = await watch(origin);
  await list.waitFor();
  expect(await list.locator('[tabindex="0"]').allTextContents()).toEqual(['0:00 Opening']);
  await list.locator('[tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await focused()).toMatch(/^0:06/);
  await isAt(0);
  await page.keyboard.press('Enter');
  await isAt(6);
  expect(await focused()).toMatch(/^0:06/);
  await page.keyboard.press('End');
  expect(await focused()).toBe('0:08 Ending');
  await page.keyboard.press('Home');
  expect(await focused()).toBe('0:00 Opening');
  await page.keyboard.press('Tab');
  expect(await list.locator(':focus').count()).toBe(0);
});

testInChromium(
  'the menu of the player goes to the next chapter and back, as far as there is one',
  async () => {
    const { page, list, isAt } = await watch(origin);
    await list.waitFor();
    const open = () => page.getByRole('button', { name: /^Settings: quality/ }).press('Enter');
    const entry = (name: string) => page.getByRole('menuitem', { name });
    await open();
    await entry('Next chapter').waitFor();
    expect(await entry('Previous chapter').count()).toBe(0);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await isAt(3);
    await open();
    await entry('Previous chapter').click();
    await isAt(0);
    await list.getByRole('button', { name: 'Ending' }).click();
    await isAt(8);
    await open();
    await entry('Previous chapter').waitFor();
    expect(await entry('Next chapter').count()).toBe(0);
  },
);

testInChromium(
  'another video has its own chapters, and one without has none, all on the same page',
  async () => {
    const { page, list, isAt, current } = await watch(origin);
    await list.getByRole('button', { name: 'Ending' }).click();
    await isAt(8);
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    const next = page.getByRole('complementary');
    await next
      .getByRole('link', { name: /^Another talk/ })
      .first()
      .click();
    await list.getByRole('button', { name: 'Goodbye' }).waitFor();
    await current('Hello');
    expect(await list.getByRole('button').count()).toBe(3);
    await next
      .getByRole('link', { name: /^A song/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'A song', level: 1 }).waitFor();
    await list.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Settings: quality/ }).press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('End');
    expect(await page.getByRole('menuitem').count()).toBe(0);
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
  },
);

testInChromium('a video of another instance has its chapters too', async () => {
  const { list, isAt, current } = await watch(follower);
  await list.getByRole('button', { name: 'Ending' }).click();
  await isAt(8);
  await current('Ending');
});

testInChromium('a browser in German is spoken to in German, also where it is Austrian', async () => {
  const { page } = await watch(origin, { locale: 'de-AT' });
  const list = page.getByRole('region', { name: 'Kapitel' });
  await list.getByRole('heading', { name: 'Kapitel' }).waitFor();
  expect(await list.getAttribute('lang')).toBe('de');
  await page.getByRole('button', { name: /^Settings: quality/ }).press('Enter');
  await page.getByRole('menuitem', { name: 'Nächstes Kapitel' }).waitFor();
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const size of [PHONE, { width: 1280, height: 900 }])
    testInChromium(`the list is accessible, ${colorScheme} and ${size.width} pixels wide`, async () => {
      const opened = await watch(origin, size);
      await opened.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await opened.list.waitFor();
      expect(await violationsAt(opened, origin.address, [`/w/${talk}`])).toEqual([]);
      expect(await opened.list.count()).toBe(1);
    });
}
