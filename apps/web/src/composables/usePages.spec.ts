import { afterEach, expect, test } from '@jest/globals';
import { effectScope, type EffectScope, nextTick, ref } from 'vue';
import { usePages } from './usePages';

let scope: EffectScope | undefined;
afterEach(() => scope?.stop());

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const settled = async () => {
  for (let turns = 0; turns < 5; turns++) await nextTick();
};

/** A list of numbers, ten a page, whose source can be changed while it is shown. */
async function numbers(all: number[]) {
  const source = { all, key: ref('numbers'), problem: null as Error | null };
  scope = effectScope();
  const pages = scope.run(() =>
    usePages(
      () => source.key.value,
      async (_key, { start, count }) => {
        if (source.problem) throw source.problem;
        return { total: source.all.length, data: source.all.slice(start, start + count) };
      },
      { idOf: (item) => item, pageSize: 10 },
    ),
  )!;
  await settled();
  return { source, pages };
}

test('a list grows page by page until all is here', async () => {
  const { pages } = await numbers(range(0, 15));
  expect([pages.items.value.length, pages.hasMore.value]).toEqual([10, true]);
  await pages.loadMore();
  expect([pages.items.value, pages.hasMore.value]).toEqual([range(0, 15), false]);
});

test('what was pushed onto the next page is shown once', async () => {
  const { source, pages } = await numbers(range(0, 15));
  source.all = [-1, ...source.all];
  await pages.loadMore();
  expect(pages.items.value).toEqual(range(0, 15));
});

test('a refresh shows what changed and keeps all that was loaded, also beyond what one answer holds', async () => {
  const { source, pages } = await numbers(range(0, 130));
  while (pages.hasMore.value) await pages.loadMore();
  source.all = [-1, ...source.all.slice(1)];
  await pages.refresh();
  expect(pages.items.value).toEqual([-1, ...range(1, 130)]);
});

test('a refresh that fails leaves what is shown, and the next one that succeeds takes the error away', async () => {
  const { source, pages } = await numbers(range(0, 3));
  source.problem = new Error('down');
  await pages.refresh();
  expect([pages.items.value, pages.error.value]).toEqual([range(0, 3), source.problem]);
  source.problem = null;
  await pages.refresh();
  expect(pages.error.value).toBeNull();
});

test('a new key begins a new list', async () => {
  const { source, pages } = await numbers(range(0, 15));
  await pages.loadMore();
  source.all = range(50, 52);
  source.key.value = 'others';
  await settled();
  expect([pages.items.value, pages.total.value]).toEqual([[50, 51], 2]);
});
