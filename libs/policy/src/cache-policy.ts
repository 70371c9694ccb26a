import type { CacheCandidate, CacheExtensions, CacheFacts, CacheStrategy, HeldCopy } from './cache-facts.js';
import { ranked, reasonFor } from './rules/cache-rules.js';

export interface CacheAddition {
  fileId: number;
  title: string;
  strategy: string;
  /** Its place among what the strategy wants, from 1. */
  rank: number;
  /** Bytes. */
  size: number;
  reason: string;
}

export interface CacheEviction {
  copyId: number;
  title: string;
  strategy: string;
  size: number;
  reason: string;
}

export interface CacheDecision {
  /** Fits now, beside all that is held, on its way and leaving. The best first. */
  add: CacheAddition[];
  /** Chosen too, once what must leave for it is gone. */
  addLater: CacheAddition[];
  evict: CacheEviction[];
  /** Bytes of each strategy once all of it is done. */
  budgets: Array<{ strategy: string; budget: number; used: number; planned: number }>;
}

const NO_EXTENSIONS: CacheExtensions = { guards: [], filters: [] };

const total = (files: ReadonlyArray<{ size: number }>) => files.reduce((sum, { size }) => sum + size, 0);

/**
 * What should be cached and what should go, and why (design, section 2, journey 5). Facts in, a decision out: it fetches and
 * removes nothing, and a preview asks it as well. A file belongs to the first strategy that takes it.
 */
export function decideCaching(facts: CacheFacts, extensions = NO_EXTENSIONS): CacheDecision {
  const decision: CacheDecision = { add: [], addLater: [], evict: [], budgets: [] };
  const names = new Set(facts.strategies.map(({ name }) => name));
  for (const copy of facts.held)
    if (!copy.leaving && !names.has(copy.strategy))
      decision.evict.push(evictionOf(copy, 'Its strategy is there no more.'));
  const taken = new Set(facts.held.flatMap(({ fileId }) => fileId ?? []));
  for (const strategy of facts.strategies) decideFor(strategy, facts, extensions, taken, decision);
  return decision;
}

function decideFor(
  strategy: CacheStrategy,
  facts: CacheFacts,
  extensions: CacheExtensions,
  taken: Set<number>,
  decision: CacheDecision,
): void {
  const known = new Map(facts.candidates.map((candidate) => [candidate.fileId, candidate]));
  const held = facts.held.filter((copy) => copy.strategy === strategy.name);
  const wanted = permitted(ranked(strategy, facts), strategy, extensions);
  const ranks = new Map(wanted.map(({ fileId }, index) => [fileId, index + 1]));
  const rankOf = (copy: HeldCopy) => ranks.get(copy.fileId ?? NaN) ?? Infinity;

  const evict: CacheEviction[] = [];
  const stay: HeldCopy[] = [];
  for (const copy of held.filter(({ leaving }) => !leaving)) {
    const lost = lostReason(copy, strategy, facts, known);
    if (lost) evict.push(evictionOf(copy, lost));
    else stay.push(copy);
  }
  // The worst last, and what is wanted no more behind all that is.
  stay.sort((a, b) => rankOf(a) - rankOf(b) || a.copyId - b.copyId);
  while (total(stay) > strategy.budget)
    evict.push(evictionOf(stay.pop()!, 'The budget is smaller than what is cached.'));

  const chosen: CacheAddition[] = [];
  for (const candidate of wanted) {
    if (taken.has(candidate.fileId) || candidate.size > strategy.budget) continue;
    const rank = ranks.get(candidate.fileId)!;
    const leaving = makeRoom(candidate.size, rank, { strategy, stay, chosen, rankOf, now: facts.now });
    if (!leaving) continue;
    for (const copy of leaving) {
      stay.splice(stay.indexOf(copy), 1);
      evict.push(evictionOf(copy, `It makes room for "${candidate.title}".`));
    }
    taken.add(candidate.fileId);
    const { fileId, title, size } = candidate;
    chosen.push({
      fileId,
      title,
      strategy: strategy.name,
      rank,
      size,
      reason: reasonFor(strategy, candidate),
    });
  }

  // What is here, on its way or leaving has its room until it is gone.
  let free = strategy.budget - total(held);
  for (const addition of chosen) {
    const list = addition.size <= free ? decision.add : decision.addLater;
    if (list === decision.add) free -= addition.size;
    list.push(addition);
  }
  decision.evict.push(...evict);
  decision.budgets.push({
    strategy: strategy.name,
    budget: strategy.budget,
    used: total(held),
    planned: total(stay) + total(chosen),
  });
}

/** Why a copy cannot stay, whatever room there is. */
function lostReason(
  { fileId }: HeldCopy,
  { kind }: CacheStrategy,
  { hosts }: CacheFacts,
  known: ReadonlyMap<number, CacheCandidate>,
): string | null {
  const candidate = fileId === null ? undefined : known.get(fileId);
  if (!candidate) return 'Its video is gone, closed, or has another file.';
  if (kind !== 'manual' && hosts.get(candidate.host) === false)
    return `Nothing of ${candidate.host} may be cached.`;
  return null;
}

interface Room {
  strategy: CacheStrategy;
  stay: HeldCopy[];
  chosen: CacheAddition[];
  rankOf: (copy: HeldCopy) => number;
  now: Date;
}

/** The copies to give up for a file of this size and rank: worse ones, the worst first, that had their time. Null: it has no room. */
function makeRoom(
  size: number,
  rank: number,
  { strategy, stay, chosen, rankOf, now }: Room,
): HeldCopy[] | null {
  let missing = size + total(stay) + total(chosen) - strategy.budget;
  const leaving: HeldCopy[] = [];
  for (const copy of stay.toReversed()) {
    if (missing <= 0) break;
    if (rankOf(copy) < rank) return null;
    if (now.getTime() - copy.heldSince.getTime() < strategy.minLifetime) continue;
    leaving.push(copy);
    missing -= copy.size;
  }
  return missing <= 0 ? leaving : null;
}

function permitted(
  files: CacheCandidate[],
  strategy: CacheStrategy,
  { guards, filters }: CacheExtensions,
): CacheCandidate[] {
  const allowed = files.filter((file) => guards.every((guard) => says(() => guard(file, strategy), false)));
  return filters.reduce((kept, filter) => says(() => filter(kept, strategy), kept), allowed);
}

function says<T>(ask: () => T, otherwise: T): T {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}

const evictionOf = ({ copyId, title, strategy, size }: HeldCopy, reason: string): CacheEviction => ({
  copyId,
  title,
  strategy,
  size,
  reason,
});
