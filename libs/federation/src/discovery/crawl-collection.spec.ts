import { describe, expect, it } from '@jest/globals';
import { document, type LocalPeer, redirect } from '../../testing/local-peer.js';
import { failure, useRemoteLab } from '../../testing/remote-lab.js';
import { FetchBudget } from '../fetching/fetch-budget.js';
import { buildCollection, buildCollectionPage } from './collections.js';
import { crawlCollection, type CrawlOptions } from './crawl-collection.js';

const lab = useRemoteLab();

async function crawl(url: string, options: Partial<CrawlOptions> = {}): Promise<unknown[]> {
  const items: unknown[] = [];
  const bounds = { maxPages: 20, maxItems: 100, ...options };
  for await (const item of crawlCollection(lab.client(), url, bounds)) items.push(item);
  return items;
}

/** Answers at /outbox what `make` says, by the number of the page; without one the collection itself. */
async function outbox(make: (origin: string, page: number | null) => object): Promise<LocalPeer> {
  const peer: LocalPeer = await lab.peer({
    '/outbox': (request, response) => {
      const page = new URL(request.path, peer.origin).searchParams.get('page');
      document(make(peer.origin, page === null ? null : Number(page)))(request, response);
    },
  });
  return peer;
}

const collection = (more: object) => ({ type: 'OrderedCollection', ...more });
const page = (more: object) => ({ type: 'OrderedCollectionPage', ...more });

describe('crawling a collection', () => {
  it('answers the items of all pages in order, and first how many there are', async () => {
    const facts = (origin: string) => ({ id: `${origin}/outbox`, totalItems: 5 });
    const peer = await outbox((origin, number) => {
      if (number === null) return buildCollection(facts(origin));
      const items = [2 * number - 2, 2 * number - 1].filter((item) => item < 5).map((item) => `item-${item}`);
      return buildCollectionPage(facts(origin), { page: number, pageSize: 2, items });
    });
    const totals: number[] = [];
    const items = await crawl(`${peer.origin}/outbox`, { onTotal: (total) => totals.push(total) });
    expect(items).toEqual(['item-0', 'item-1', 'item-2', 'item-3', 'item-4']);
    expect(totals).toEqual([5]);
    expect(peer.requests).toHaveLength(4);
  });

  it('reads items and pages that stand inside the collection, and a single item without brackets', async () => {
    const first = (origin: string) => page({ items: { id: 'b' }, next: [`${origin}/outbox?page=2`] });
    const peer = await outbox((origin, number) =>
      number === null
        ? collection({ type: ['Collection'], items: ['a'], first: first(origin) })
        : page({ orderedItems: ['c', 7, null, ['d']] }),
    );
    expect(await crawl(`${peer.origin}/outbox`)).toEqual(['a', { id: 'b' }, 'c']);
  });

  it.each([
    ['to itself', (origin: string, number: number | null) => `${origin}/outbox?page=${number ?? 1}`, 2],
    [
      'in a circle',
      (origin: string, number: number | null) => `${origin}/outbox?page=${((number ?? 0) % 3) + 1}`,
      4,
    ],
    [
      'without end',
      (origin: string, number: number | null) => `${origin}/outbox?page=${(number ?? 0) + 1}`,
      20,
    ],
  ])('comes to an end when pages lead %s', async (_name, next, requests) => {
    const peer = await outbox((origin, number) => page({ orderedItems: [], next: next(origin, number) }));
    expect(await crawl(`${peer.origin}/outbox`)).toEqual([]);
    expect(peer.requests).toHaveLength(requests);
  });

  it('comes to an end at a number of items, the budget, and when nobody waits any more', async () => {
    const peer = await outbox((origin, number) =>
      page({ orderedItems: ['a', 'b', 'c'], next: `${origin}/outbox?page=${(number ?? 0) + 1}` }),
    );
    const url = `${peer.origin}/outbox`;
    expect(await crawl(url, { maxItems: 5 })).toHaveLength(5);
    expect(peer.requests).toHaveLength(2);
    expect(await failure(crawl(url, { budget: new FetchBudget(3) }))).toMatchObject({ code: 'budget_spent' });
    const signal = AbortSignal.abort();
    expect(await failure(crawl(url, { signal }))).toMatchObject({ code: 'aborted' });
  });

  it('refuses pages of another host, whether named, redirected to or claimed', async () => {
    const other = await outbox(() => page({ orderedItems: ['forged'] }));
    const strays = [
      collection({ first: `${other.origin}/outbox` }),
      collection({ first: page({ id: `${other.origin}/outbox`, orderedItems: ['forged'] }) }),
      collection({ id: `${other.origin}/outbox`, orderedItems: ['forged'] }),
    ];
    for (const stray of strays) {
      const peer = await outbox(() => stray);
      expect(await failure(crawl(`${peer.origin}/outbox`))).toMatchObject({
        code: 'wrong_id',
        retryable: false,
      });
    }
    const peer = await lab.peer({ '/outbox': redirect(`${other.origin}/outbox`) });
    expect(await failure(crawl(`${peer.origin}/outbox`))).toMatchObject({ code: 'wrong_id' });
  });

  it('refuses what is no collection', async () => {
    const peer = await outbox(() => ({ type: 'Person', orderedItems: ['a'] }));
    expect(await failure(crawl(`${peer.origin}/outbox`))).toMatchObject({ code: 'malformed' });
  });
});
