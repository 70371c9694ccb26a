import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { violations, violationsAt } from '../support/accessibility.js';
import { newVisitor, testInChromium, type Visitor } from '../support/chromium.js';
import { until } from '../support/uploads.js';
import { type PluginServer, serverWithPlugins } from './plugin-showcase.js';

const PHONE = { width: 360, height: 780 };
let instance: PluginServer;
let visitor: Visitor | undefined;

beforeAll(async () => {
  instance = await serverWithPlugins(['showcase', 'newer']);
});
afterEach(async () => {
  await visitor?.close();
  visitor = undefined;
});
afterAll(() => instance.close());

/** The administrator, at a page. */
async function administer(path: string, size?: typeof PHONE) {
  visitor = await newVisitor(instance.address, size);
  await visitor.logIn();
  await visitor.open(path);
  return visitor;
}
const webModules = async () =>
  (
    (await (await fetch(`${instance.address}/api/v1/plugins/web`)).json()) as {
      data: Array<{ name: string }>;
    }
  ).data.map(({ name }) => name);

testInChromium('the list tells what runs, what each may do, and why one does not run', async () => {
  const { page, complaints } = await administer('/admin/plugins');
  const showcase = page.getByRole('listitem').filter({ hasText: 'Showcase' });
  await showcase.getByText('Running', { exact: true }).waitFor();
  await showcase.getByText('Version 1.2.3').waitFor();
  await showcase.getByText('What it may do').click();
  await showcase.getByText('It adds to the pages that visitors see.').waitFor();
  const newer = page.getByRole('listitem').filter({ hasText: 'requires Vidiverse ^99.0.0' });
  await newer.getByText('Not running', { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});

testInChromium(
  'a plugin that is turned off leaves the pages, and comes back when it is turned on',
  async () => {
    const { page } = await administer('/admin/plugins');
    await page.getByRole('button', { name: 'Turn off Showcase' }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'Showcase' });
    await row.getByText('Off', { exact: true }).waitFor();
    expect(await webModules()).toEqual([]);
    await page.goto(`${instance.address}/admin/plugins/showcase/log`);
    await page.getByText('No plugin has this page').waitFor();
    await page.goto(`${instance.address}/admin/plugins`);
    await page.getByRole('button', { name: 'Turn on Showcase' }).click();
    await row.getByText('Running', { exact: true }).waitFor();
    expect(await webModules()).toEqual(['showcase']);
  },
);

testInChromium('the page of a plugin tells what memory it holds', async () => {
  const { page } = await administer('/admin/plugins/showcase');
  await page.getByText(/^It holds \d.* of memory/).waitFor();
});

testInChromium(
  'where nothing may be installed from the registry, it says how that is switched on',
  async () => {
    const opened = await administer('/admin/plugins', PHONE);
    await opened.page.getByRole('button', { name: 'Search' }).last().click();
    await opened.page.getByText('Installing from the registry is off').waitFor();
    await opened.page.getByText(/plugins\.installFromRegistry: true/).waitFor();
    expect(await violations(opened)).toEqual([]);
  },
);

testInChromium('the form of the settings shows the defaults, and what is saved is there again', async () => {
  const { page } = await administer('/admin/plugins/showcase');
  const save = page.getByRole('button', { name: 'Save the settings' });
  expect(await page.getByLabel('Greeting').inputValue()).toBe('Hello');
  expect(await page.getByLabel('Chapters per page').inputValue()).toBe('10');
  expect(await page.getByRole('switch', { name: 'Marks on the seek bar' }).isChecked()).toBe(true);
  expect(await save.isDisabled()).toBe(true);

  await page.getByLabel('Greeting').fill('Welcome');
  await page.getByLabel('Chapters per page').fill('25');
  await page.getByRole('switch', { name: 'Marks on the seek bar' }).click();
  await page.getByLabel('Order').selectOption('title');
  await page.getByLabel('Where chapters come from').fill('https://chapters.example/list');
  await page.getByLabel('Hosts').fill('one.example\n\n two.example ');
  await page.getByLabel('Note').fill('First line\nsecond line');
  await save.click();
  await page.getByText('Saved.').waitFor();

  await page.reload();
  await page.getByLabel('Hosts').waitFor();
  expect(await page.getByLabel('Greeting').inputValue()).toBe('Welcome');
  expect(await page.getByLabel('Chapters per page').inputValue()).toBe('25');
  expect(await page.getByRole('switch', { name: 'Marks on the seek bar' }).isChecked()).toBe(false);
  expect(await page.getByLabel('Order').inputValue()).toBe('title');
  expect(await page.getByLabel('Hosts').inputValue()).toBe('one.example\ntwo.example');
  expect(await page.getByLabel('Note').inputValue()).toBe('First line\nsecond line');

  await page.getByLabel('Greeting').fill('');
  await save.click();
  await page.getByText('Saved.').waitFor();
  await until(async () => (await page.getByLabel('Greeting').inputValue()) === 'Hello', 'the default holds');
});

testInChromium('what is wrong is told beside its field, by the form or by the server', async () => {
  const { page } = await administer('/admin/plugins/showcase');
  const save = page.getByRole('button', { name: 'Save the settings' });
  await page.getByLabel('Chapters per page').fill('99');
  await page.getByLabel('Hosts').fill('NOT A HOST');
  await save.click();
  await page.getByText('It is at most 50.').waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('name'));
  expect(await focused()).toBe('perPage');

  await page.getByLabel('Chapters per page').fill('20');
  await save.click();
  await page.locator('.field').filter({ hasText: 'Hosts' }).getByText('is not a host').waitFor();
  expect(await focused()).toBe('hosts');
  expect(await page.getByLabel('Hosts').inputValue()).toBe('NOT A HOST');
});

testInChromium('a list of things has a small form for each, which is added, saved and removed', async () => {
  const { page } = await administer('/admin/plugins/showcase');
  const save = page.getByRole('button', { name: 'Save the settings' });
  const place = (number: number) => page.getByRole('group', { name: `Place ${number}` });
  const add = page.getByRole('button', { name: 'Add place' });
  const saved = page.getByText('Saved.');
  await add.click();
  await page.keyboard.type('https://one.example');
  await place(1).getByLabel('film').check();
  await place(1).getByLabel('talk').check();
  await add.click();
  await place(2).getByLabel('Address').fill('https://two.example');
  await place(2).getByRole('switch', { name: 'Hidden' }).click();
  expect(await violations(visitor!)).toEqual([]);
  await save.click();
  await saved.waitFor();

  await page.reload();
  expect(await place(1).getByLabel('Address').inputValue()).toBe('https://one.example');
  const ticked = await place(1)
    .getByRole('checkbox')
    .evaluateAll((boxes) =>
      (boxes as HTMLInputElement[]).filter(({ checked }) => checked).map(({ value }) => value),
    );
  expect(ticked).toEqual(['talk', 'film']);
  expect(await place(2).getByRole('switch', { name: 'Hidden' }).isChecked()).toBe(true);

  await page.getByRole('button', { name: 'Remove place 1' }).click();
  expect(await add.evaluate((button) => button === document.activeElement)).toBe(true);
  await save.click();
  await saved.waitFor();
  await page.reload();
  expect(await place(1).getByLabel('Address').inputValue()).toBe('https://two.example');
  expect(await place(2).count()).toBe(0);
});

testInChromium(
  'what is wrong in one of several things is told there, by the form or by the server',
  async () => {
    const { page } = await administer('/admin/plugins/showcase');
    const save = page.getByRole('button', { name: 'Save the settings' });
    const add = page.getByRole('button', { name: 'Add place' });
    const last = page.getByRole('group', { name: /^Place \d/ }).last();
    await add.click();
    await save.click();
    await last.getByText('It is needed.').waitFor();
    await page.keyboard.type('nowhere');
    await save.click();
    await last.getByText('is no address').waitFor();
    expect(await last.getByLabel('Address').inputValue()).toBe('nowhere');

    await last.getByLabel('Address').fill('https://same.example');
    while (await add.isEnabled()) {
      await add.click();
      await page.keyboard.type('https://same.example');
    }
    await save.click();
    await page.getByRole('group', { name: 'Places' }).getByText('has one address twice').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
  },
);

testInChromium('changes that are not saved are not lost without a question', async () => {
  const { page } = await administer('/admin/plugins/showcase');
  await page.getByLabel('Greeting').fill('Not yet');
  await page.getByRole('link', { name: 'All plugins' }).click();
  await page.getByRole('button', { name: 'Stay' }).click();
  expect(await page.getByLabel('Greeting').inputValue()).toBe('Not yet');
  await page.getByRole('link', { name: 'All plugins' }).click();
  await page.getByRole('button', { name: 'Discard the changes' }).click();
  await page.getByRole('heading', { name: 'Plugins', level: 1 }).waitFor();
});

testInChromium('the health of each handler is there: its calls, its failures, its last error', async () => {
  const asked = await fetch(`${instance.address}/api/v1/videos`);
  expect(asked.status).toBe(200);
  const { page } = await administer('/admin/plugins/showcase');
  const rows = page.getByRole('table').getByRole('rowgroup');
  const failing = rows.filter({ hasText: 'videos.list.ask' });
  await failing
    .getByText(/failure/)
    .first()
    .waitFor();
  await failing.getByText(/It has no list/).waitFor();
  await rows.filter({ hasText: 'videos.list.answer' }).getByText('None').waitFor();
});

for (const theme of ['light', 'dark'] as const) {
  testInChromium(`the pages are accessible, ${theme} and on a phone`, async () => {
    const opened = await administer('/admin/plugins', PHONE);
    await opened.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const paths = [
      '/admin/plugins',
      '/admin/plugins/showcase',
      '/admin/plugins/newer',
      '/admin/plugins/nobody',
      '/admin/plugins/showcase/log',
      '/my-library/plugins/showcase/mine',
    ];
    expect(await violationsAt(opened, instance.address, paths)).toEqual([]);
  });
}
