import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { violationsAt } from '../support/accessibility.js';
import { newVisitor, testInChromium, type Visitor } from '../support/chromium.js';
import { makeMp4 } from '../support/media/index.js';
import { type PluginServer, publishFourSeconds, serverWithPlugins } from './plugin-showcase.js';

const MINUTE = 240_000;
let instance: PluginServer;
let clip = '';
let visitor: Visitor | undefined;
/** What the console said of plugins. */
let said: string[] = [];

beforeAll(async () => {
  instance = await serverWithPlugins(['showcase', 'clumsy', 'unreadable', 'endless']);
  clip = await publishFourSeconds(instance);
}, 2 * MINUTE);
afterEach(async () => {
  await visitor?.close();
  visitor = undefined;
});
afterAll(() => instance.close());

async function visit(path: string, { administrator = false, size = { width: 1280, height: 900 } } = {}) {
  visitor = await newVisitor(instance.address, size);
  said = [];
  visitor.page.on('console', (message) => {
    if (message.text().startsWith('Plugin')) said.push(message.text());
  });
  if (administrator) await visitor.logIn();
  await visitor.open(path);
  return visitor;
}

testInChromium(
  'a component of a plugin has the Vue of the page: what changes there changes in it',
  async () => {
    const { page, complaints } = await visit(`/w/${clip}`, { administrator: true });
    const chapters = page.getByRole('region', { name: 'Chapters' });
    await chapters.getByText('Chapters of A clip of 4 seconds').waitFor();
    await chapters.getByText('Seen by root').waitFor();
    await chapters.getByRole('button', { name: 'To the second chapter' }).click();
    await chapters.getByText('Now at 0:01').waitFor();
    await page.getByText('Pieces by swarm').waitFor();

    await chapters.getByRole('button', { name: 'Count my videos' }).click();
    await chapters.getByText('You have 1').waitFor();
    await page.getByRole('status').getByText('Counted.').waitFor();
    expect(complaints).toEqual([]);
  },
);

testInChromium('no module of a plugin is asked for before the first picture of a video', async () => {
  visitor = await newVisitor(instance.address);
  const { page } = visitor;
  const states: number[] = [];
  // So that the page itself asks for the media, and they can be held back.
  await page.addInitScript('delete Navigator.prototype.serviceWorker');
  await page.route('**/api/v1/plugins/web', async (route) => {
    states.push(await page.evaluate(() => document.querySelector('video')?.readyState ?? 0));
    await route.continue();
  });
  let sendMedia = (): void => undefined;
  const held = new Promise<void>((resolve) => (sendMedia = resolve));
  // Beyond the second after which the page goes on without a picture.
  await page.route('**/static/**', async (route) => held.then(() => route.continue()));
  await visitor.open(`/w/${clip}`);
  await page.getByRole('heading', { name: 'Comments' }).waitFor();
  expect(states).toEqual([]);
  sendMedia();
  await page.getByText(/^Chapters of/).waitFor();
  expect(states).toEqual([expect.any(Number)]);
  expect(states[0]).toBeGreaterThanOrEqual(2);
});

testInChromium('an entry in the menu of the player is reached and chosen by keys', async () => {
  const { page } = await visit(`/w/${clip}`);
  await page.getByText(/^Chapters of/).waitFor();
  await page.getByRole('button', { name: /^Settings: quality/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Skip the intro' }).waitFor();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByText('Now at 0:01').waitFor();
});

testInChromium(
  'a component that throws is gone, the rest of the page is there, and visitors see nothing',
  async () => {
    const { page, complaints } = await visit(`/w/${clip}`);
    await page.getByText(/^Chapters of/).waitFor();
    await page.getByRole('button', { name: 'Press me' }).click();
    await page.getByRole('button', { name: 'Press me' }).waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Comments' }).waitFor();
    expect(await page.getByText(/The plugin Clumsy/).count()).toBe(0);
    for (const what of [
      'clumsy setup',
      'clumsy click',
      'clumsy head',
      'player.above is no slot of this version',
    ])
      expect(said.filter((text) => text.includes(what))).not.toEqual([]);
    expect(complaints).toEqual([]);
  },
);

testInChromium('administrators are told in a note which plugin failed', async () => {
  const { page } = await visit(`/w/${clip}`, { administrator: true });
  await page.getByText('The plugin Clumsy failed here.').waitFor();
  await page.goto(`${instance.address}/`);
  const card = page.getByRole('article').first();
  await card.getByText('Ours').waitFor();
  await card.getByText('The plugin Clumsy failed here.').waitFor();
  await card.getByText('Ours').click({ force: true });
  await page.waitForURL(`**/w/${clip}`);
});

testInChromium(
  'a module that cannot be read, or never answers, is skipped with a word in the console',
  async () => {
    const { page } = await visit('/');
    await page.getByText('Ours').waitFor();
    await page.waitForEvent('console', (message) => message.text().startsWith('Plugin endless'));
    expect(
      said.filter((text) => text.startsWith('Plugin unreadable: its part of the pages was skipped')),
    ).toHaveLength(1);
    expect(said.filter((text) => text.includes('did not answer within'))).toHaveLength(1);
  },
);

testInChromium('pages of a plugin have a tab and an entry in the account menu', async () => {
  const { page } = await visit('/admin/plugins', { administrator: true });
  await page.getByRole('link', { name: 'Chapter log' }).click();
  await page.getByRole('heading', { name: 'The chapter log' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/admin/plugins/showcase/log');
  expect(await page.locator('[aria-current=page]').allTextContents()).toEqual([
    expect.stringContaining('Chapter log'),
  ]);
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'My chapters' }).click();
  await page.getByRole('heading', { name: 'Chapters of mine' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Chapters of mine' }).waitFor();
});

testInChromium('what a plugin adds to the head is that of the page that is open', async () => {
  const { page } = await visit(`/w/${clip}`);
  const feeds = () =>
    page.evaluate(() =>
      [...document.head.querySelectorAll('link[href^="/feed?"]')].map((link) => link.getAttribute('href')),
    );
  await page.waitForFunction(() => document.head.querySelector('link[href^="/feed?"]') !== null);
  expect(await feeds()).toEqual(['/feed?of=A clip of 4 seconds']);
  await page.getByRole('link', { name: 'Vidiverse' }).first().click();
  await page.getByText('Ours').waitFor();
  expect(await feeds()).toEqual(['/feed?of=/']);
});

testInChromium('a step of an upload changes the words of the uploader, and nothing else', async () => {
  const { page } = await visit('/upload', { administrator: true });
  const path = join(tmpdir(), `plugin-step.${process.pid}.mp4`);
  await writeFile(path, makeMp4({ frames: 25, fastStart: true }));
  try {
    await page.getByLabel('Video file').setInputFiles(path);
    await page.getByLabel('Title').fill('By its uploader');
    await page.getByText('A step for By its uploader').waitFor();
    const privacy = () => page.locator('input[type=radio]:checked').getAttribute('value');
    await page.getByLabel('Private Only you').check({ force: true });
    const before = await privacy();
    await page.getByRole('button', { name: 'Name it' }).click();
    await page.getByText('A step for Named by a plugin').waitFor();
    expect(await page.getByLabel('Title').inputValue()).toBe('Named by a plugin');
    expect(await privacy()).toBe(before);
  } finally {
    await rm(path, { force: true });
  }
});

testInChromium('the modules that plugins import have names that last, and are asked for anew', async () => {
  for (const name of ['vue', 'host']) {
    const answer = await fetch(`${instance.address}/client/${name}.js`);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect(answer.headers.get('content-type')).toMatch(/javascript/);
  }
});

for (const theme of ['light', 'dark'] as const) {
  testInChromium(`pages with filled slots are accessible, ${theme} and on a phone`, async () => {
    const opened = await visit('/', { administrator: true, size: { width: 360, height: 780 } });
    await opened.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await opened.page.getByText('Ours').waitFor();
    expect(await violationsAt(opened, instance.address, ['/', `/w/${clip}`])).toEqual([]);
  });
}
