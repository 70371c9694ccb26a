import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { newVisitor, testInChromium, type Visitor } from '../support/chromium.js';
import type { Page } from '../support/client.js';
import { childrenOf, isGone } from '../support/processes.js';
import { until } from '../support/uploads.js';
import { newPluginInTheMaking, type PluginInTheMaking } from './plugin-in-the-making.js';

/** Milliseconds, on a machine with much else to do: by itself it is a second. */
const GENEROUS = 20_000;

let plugin: PluginInTheMaking;
let visitor: Visitor | undefined;
let video = '';

beforeAll(async () => {
  plugin = await newPluginInTheMaking('quiet-words');
  await plugin.start();
  video = await until(async () => {
    const answer = await fetch(`${plugin.address}/api/v1/videos`);
    return ((await answer.json()) as Page<{ shortUUID: string }>).data[0]?.shortUUID ?? '';
  }, 'the sample video is published');
});
afterEach(async () => {
  await visitor?.close();
  visitor = undefined;
});
afterAll(() => plugin.remove());

/** Empty while nobody answers. */
const title = async (): Promise<string> => {
  const answer = await fetch(`${plugin.address}/api/v1/videos/${video}`).catch(() => null);
  return answer?.ok ? ((await answer.json()) as { name: string }).name : '';
};
const titleBegins = (word: string) =>
  until(async () => (await title()).startsWith(word), `titles begin with ${word}`);
const shows = (text: string | RegExp) =>
  until(async () => plugin.shown.search(text) >= 0, `the terminal shows ${String(text)}`);

/** A page with the video and what the plugin adds; what is kept in it is lost when it is loaded anew. */
async function watch(line: string): Promise<Visitor['page']> {
  visitor = await newVisitor(plugin.address);
  const { page } = visitor;
  await visitor.open(`/w/${video}`);
  await page.getByText(line).waitFor();
  await page.evaluate(() => Object.assign(window, { isSame: true }));
  return page;
}
const isSame = (page: Visitor['page']) => page.evaluate(() => 'isSame' in window);

test('the server has new code seconds after a source was changed', async () => {
  const words = ['Hello', 'Hi', 'Welcome', 'Good day'];
  const times: number[] = [];
  for (const [index, word] of words.slice(1).entries()) {
    await titleBegins(`${words[index]}: `);
    const begun = performance.now();
    await plugin.edit('src/settings.ts', `'${words[index]}'`, `'${word}'`);
    await titleBegins(`${word}: `);
    times.push(Math.round(performance.now() - begun));
  }
  process.stderr.write(`from the change of a source to the new answer: ${times.join(', ')} ms\n`);
  expect(Math.min(...times)).toBeLessThan(GENEROUS);
});

testInChromium('an open page has a new web part without the server having been started anew', async () => {
  const page = await watch('Quiet words wishes you');
  const servers = await childrenOf(plugin.pid);
  await plugin.edit('src/web/greeting.ts', 'wishes you', 'grants you');
  await page.getByText('Quiet words grants you').waitFor();
  expect(await isSame(page)).toBe(true);
  expect(await childrenOf(plugin.pid)).toEqual(servers);
  await shows('The pages have the new web part');
});

testInChromium('an open page is loaded anew with a new server', async () => {
  const page = await watch('Quiet words grants you');
  await plugin.edit('src/titles.ts', '}: ${', '} - ${');
  await page.getByRole('heading', { name: 'Good day - ' }).waitFor();
  expect(await isSame(page)).toBe(false);
});

testInChromium(
  'what does not compile is said in the terminal and on the page, and what ran before goes on',
  async () => {
    const page = await watch('Quiet words grants you');
    await plugin.edit('src/titles.ts', 'name: `', 'name: 1 + `');
    await plugin.edit('src/titles.ts', 'return {', 'const wrong: number = "text";\n    return {');
    await page.getByRole('alert').getByText('error TS2322').waitFor();
    await shows(/titles\.ts\(\d+,\d+\): error TS2322/);
    expect(await title()).toMatch(/^Good day - /);
    await plugin.edit('src/titles.ts', 'const wrong: number = "text";', '');
    await titleBegins('1Good day - ');
  },
);

test('code that cannot be loaded does not take the place of what runs', async () => {
  const servers = await childrenOf(plugin.pid);
  await plugin.edit('src/index.ts', '@Module(', "JSON.parse('nonsense');\n@Module(");
  await shows('It could not be loaded: Unexpected token');
  expect(await title()).toMatch(/^1Good day - /);
  expect(servers).toEqual(expect.arrayContaining((await childrenOf(plugin.pid)).slice(0, 1)));
  await plugin.edit('src/index.ts', "JSON.parse('nonsense');\n", '');
  await plugin.edit('src/titles.ts', 'name: 1 + `', 'name: `');
  await titleBegins('Good day - ');
});

test('a plugin that ends the server is left out until it changes', async () => {
  await plugin.edit(
    'src/index.ts',
    'class QuietWordsModule {}',
    'class QuietWordsModule {\n  onModuleInit() { setTimeout(() => { throw new Error("gone"); }, 50); }\n}',
  );
  await shows(/ended.*The instance runs without the plugin/);
  await until(async () => (await title()) !== '', 'the instance answers');
  expect(await title()).not.toMatch(/Good day/);
  await plugin.edit('src/index.ts', 'setTimeout(() => { throw new Error("gone"); }, 50);', '');
  await titleBegins('Good day - ');
});

test.each(['SIGINT', 'SIGKILL'] as const)(
  'nothing is left of it after %s, and what the instance kept is there at the next start',
  async (signal) => {
    const children = await childrenOf(plugin.pid);
    expect(children.length).toBeGreaterThanOrEqual(2);
    expect(await plugin.end(signal)).toBe(signal === 'SIGINT' ? 0 : null);
    for (const id of children) await until(() => isGone(id), `process ${id} has ended`);
    await plugin.start();
    await titleBegins('Good day - ');
  },
);
