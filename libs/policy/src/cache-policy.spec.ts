import { describe, expect, test } from '@jest/globals';
import type { CacheCandidate, CacheFacts, CacheStrategy, HeldCopy } from './cache-facts.js';
import { decideCaching } from './cache-policy.js';

const NOW = new Date('2026-01-10');
const HOUR = 3600_000;

const strategy = (fields: Partial<CacheStrategy> = {}): CacheStrategy => ({
  name: 'views',
  kind: 'most-views',
  budget: 100,
  minLifetime: HOUR,
  ...fields,
});
const file = (fileId: number, fields: Partial<CacheCandidate> = {}): CacheCandidate => ({
  fileId,
  videoUuid: `uuid-${fileId}`,
  title: `video ${fileId}`,
  channel: 'news@a.example',
  host: 'a.example',
  size: 40,
  duration: 10,
  views: 0,
  recentViews: 0,
  publishedAt: new Date('2026-01-01'),
  ...fields,
});
const copy = (fileId: number | null, fields: Partial<HeldCopy> = {}): HeldCopy => ({
  copyId: 1000 + (fileId ?? 0),
  fileId,
  title: `video ${fileId}`,
  strategy: 'views',
  size: 40,
  leaving: false,
  heldSince: new Date(NOW.getTime() - 2 * HOUR),
  ...fields,
});
const facts = (fields: Partial<CacheFacts>): CacheFacts => ({
  now: NOW,
  strategies: [strategy()],
  candidates: [],
  held: [],
  hosts: new Map([['a.example', true]]),
  ...fields,
});
const added = (fields: Partial<CacheFacts>) => decideCaching(facts(fields)).add.map(({ fileId }) => fileId);

describe('what is cached', () => {
  const day = (n: number) => new Date(`2026-01-0${n}`);
  const candidates = [
    file(1, { views: 10, recentViews: 9, publishedAt: day(1) }),
    file(2, { views: 30, recentViews: 0, publishedAt: day(2), channel: 'art@a.example' }),
    file(3, { views: 20, recentViews: 5, publishedAt: day(3), host: 'b.example' }),
  ];
  const hosts = new Map([
    ['a.example', true],
    ['b.example', true],
  ]);
  test.each<[string, Partial<CacheStrategy>, number[]]>([
    ['by views', { kind: 'most-views' }, [2, 3]],
    ['by views, of which there must be some', { kind: 'most-views', minViews: 25 }, [2]],
    ['by views of the last days', { kind: 'trending' }, [1, 3]],
    ['by age', { kind: 'recently-added' }, [3, 2]],
    ['of chosen channels', { kind: 'channels', channels: ['art@a.example'] }, [2]],
    ['of a whole instance', { kind: 'instance', host: 'b.example' }, [3]],
    ['by hand: nothing', { kind: 'manual' }, []],
  ])('is chosen %s', (_how, fields, expected) => {
    expect(added({ candidates, hosts, strategies: [strategy(fields)] })).toEqual(expected);
  });

  test('is told with its reason and its rank', () => {
    expect(decideCaching(facts({ candidates, hosts })).add[0]).toEqual({
      fileId: 2,
      title: 'video 2',
      strategy: 'views',
      rank: 1,
      size: 40,
      reason: 'It has 30 views.',
    });
  });

  test('comes from no host that nobody allowed, unless it was chosen by name', () => {
    const unknown = { candidates, hosts: new Map<string, boolean>() };
    const byName = strategy({ kind: 'instance', host: 'a.example' });
    expect(added(unknown)).toEqual([]);
    expect(added({ ...unknown, strategies: [byName] })).toEqual([2, 1]);
    expect(added({ candidates, hosts: new Map([['a.example', false]]), strategies: [byName] })).toEqual([]);
  });

  test('is in the budget of one strategy only, the first that takes it', () => {
    const strategies = [strategy(), strategy({ name: 'new', kind: 'recently-added' })];
    const { add } = decideCaching(facts({ candidates, hosts, strategies }));
    expect(add.map(({ fileId, strategy: name }) => [fileId, name])).toEqual([
      [2, 'views'],
      [3, 'views'],
      [1, 'new'],
    ]);
  });

  test('leaves out what is too large, and goes on with what fits', () => {
    const sizes = [file(1, { views: 3, size: 101 }), file(2, { views: 2, size: 60 }), file(3, { size: 40 })];
    expect(added({ candidates: sizes })).toEqual([2, 3]);
  });

  test('may be forbidden and put in order by others, whose faults change nothing', () => {
    const broken = () => {
      throw new Error('no');
    };
    const ask = (extensions: Parameters<typeof decideCaching>[1]) =>
      decideCaching(facts({ candidates, hosts }), extensions).add.map(({ fileId }) => fileId);
    expect(ask({ guards: [({ fileId }) => fileId !== 2], filters: [] })).toEqual([3, 1]);
    expect(ask({ guards: [broken], filters: [] })).toEqual([]);
    expect(ask({ guards: [], filters: [(files) => files.toReversed(), broken] })).toEqual([1, 3]);
  });
});

describe('a copy', () => {
  const better = file(9, { views: 99 });
  const worse = [file(1, { views: 1 }), file(2, { views: 2 })];
  const evicted = (fields: Partial<CacheFacts>) =>
    decideCaching(facts(fields)).evict.map(({ copyId }) => copyId);

  test('makes room for a better one, the worst first, and the better one waits until it is gone', () => {
    const state = { candidates: [better, ...worse], held: [copy(1), copy(2)] };
    const decision = decideCaching(facts(state));
    expect(decision.evict).toMatchObject([{ copyId: 1001, reason: 'It makes room for "video 9".' }]);
    expect(decision.add).toEqual([]);
    expect(decision.addLater).toMatchObject([{ fileId: 9 }]);
    const leaving = [copy(1, { leaving: true }), copy(2)];
    expect(added({ ...state, held: leaving })).toEqual([]);
    expect(added({ ...state, held: [copy(2)] })).toEqual([9]);
  });

  test('stays for its lifetime, and as long as nothing better comes', () => {
    const young = [1, 2].map((id) => copy(id, { heldSince: NOW }));
    expect(evicted({ candidates: [better, ...worse], held: young })).toEqual([]);
    expect(evicted({ candidates: [file(9), ...worse], held: [copy(1), copy(2)] })).toEqual([]);
  });

  test('goes when its video or its strategy does, or its host is forbidden', () => {
    expect(evicted({ candidates: [], held: [copy(1)] })).toEqual([1001]);
    expect(evicted({ candidates: worse, held: [copy(1, { strategy: 'old' })] })).toEqual([1001]);
    const forbidden = new Map([['a.example', false]]);
    expect(evicted({ candidates: worse, held: [copy(1)], hosts: forbidden })).toEqual([1001]);
  });

  test('goes at once when the budget shrinks, however young', () => {
    const held = [copy(1, { heldSince: NOW }), copy(2, { heldSince: NOW })];
    expect(evicted({ candidates: worse, held, strategies: [strategy({ budget: 50 })] })).toEqual([1001]);
  });

  test('that an administrator chose stays until its video goes', () => {
    const strategies = [strategy({ name: 'manual', kind: 'manual' })];
    const held = [copy(1, { strategy: 'manual' })];
    expect(evicted({ strategies, held, candidates: worse })).toEqual([]);
    expect(evicted({ strategies, held, candidates: [] })).toEqual([1001]);
  });
});

test('no budget is exceeded at any step of any history, and it ends with nothing left to do', () => {
  let seed = 7;
  const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  for (let history = 0; history < 200; history += 1) {
    const strategies = [
      strategy({ budget: 50 + random(200), minLifetime: random(2) * HOUR }),
      strategy({ name: 'new', kind: 'recently-added', budget: random(150), minLifetime: 0 }),
    ];
    const candidates = Array.from({ length: 30 }, (_, index) =>
      file(index + 1, { views: random(100), size: 1 + random(60), publishedAt: new Date(random(1e9)) }),
    );
    let held: HeldCopy[] = [];
    for (let step = 0; ; step += 1) {
      const decision = decideCaching(facts({ strategies, candidates, held }));
      const gone = new Set(decision.evict.map(({ copyId }) => copyId));
      held = held.filter(({ leaving }) => !leaving);
      held = held.map((one) => (gone.has(one.copyId) ? { ...one, leaving: true } : one));
      for (const { fileId, strategy: name, size } of decision.add)
        held.push(
          copy(fileId, { strategy: name, size, heldSince: new Date(NOW.getTime() - random(9) * HOUR) }),
        );
      for (const { name, budget } of strategies) {
        const used = held.filter((one) => one.strategy === name).reduce((sum, { size }) => sum + size, 0);
        expect(used).toBeLessThanOrEqual(budget);
      }
      const files = held.flatMap(({ fileId }) => fileId ?? []);
      expect(new Set(files).size).toBe(files.length);
      if (decision.add.length + decision.evict.length === 0 && held.every(({ leaving }) => !leaving)) break;
      expect(step).toBeLessThan(100);
    }
  }
});
