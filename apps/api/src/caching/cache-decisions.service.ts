import { Injectable } from '@nestjs/common';
import {
  cacheCandidateChosen,
  cacheCandidatesRanked,
  type CacheCandidate as CandidateData,
  HookRegistry,
} from '@vidiverse/hooks';
import {
  type CacheAddition,
  type CacheCandidate,
  type CacheDecision,
  type CacheFacts,
  type CacheFilter,
  type CacheStrategy,
  decideCaching,
  ranked,
} from '@vidiverse/policy';
import { CacheFactsService } from './cache-facts.service.js';
import type { CacheSettings } from './cache-settings.service.js';

/** What plugins said of files in one round, by strategy and file: each is asked about once. */
export type RoundVerdicts = Map<string, boolean>;

/** The cache policy with what plugins say. It decides at once, so that they are asked before. */
@Injectable()
export class CacheDecisions {
  constructor(
    private readonly registry: HookRegistry,
    private readonly facts: CacheFactsService,
  ) {}

  /** `verdicts` are kept for further decisions of the same round. */
  async decide(settings: CacheSettings, verdicts: RoundVerdicts = new Map()): Promise<CacheDecision> {
    const facts = await this.facts.read(settings);
    const filters = await this.filters(facts);
    if (!this.registry.hasHandlers(cacheCandidateChosen))
      return decideCaching(facts, { guards: [], filters });
    const guard = ({ fileId }: CacheCandidate, { name }: CacheStrategy) =>
      verdicts.get(keyOf(name, fileId)) !== false;
    // What a plugin does not want makes room for others, which were not asked about yet.
    for (;;) {
      const decision = decideCaching(facts, { guards: [guard], filters });
      const chosen = [...decision.add, ...decision.addLater];
      const unasked = chosen.filter(({ strategy, fileId }) => !verdicts.has(keyOf(strategy, fileId)));
      if (unasked.length === 0) return decision;
      for (const addition of unasked)
        verdicts.set(keyOf(addition.strategy, addition.fileId), await this.mayTake(addition, facts));
    }
  }

  private async mayTake({ strategy: name, fileId }: CacheAddition, facts: CacheFacts): Promise<boolean> {
    const strategy = facts.strategies.find((each) => each.name === name)!;
    const candidate = facts.candidates.find((each) => each.fileId === fileId)!;
    const subject = { ...contextOf(strategy), candidate: dataOf(candidate) };
    return (await this.registry.guard(cacheCandidateChosen, subject)).decision === 'allow';
  }

  /** The orders that plugins want, asked for and ready to be applied. */
  private async filters(facts: CacheFacts): Promise<CacheFilter[]> {
    if (!this.registry.hasHandlers(cacheCandidatesRanked)) return [];
    const places = new Map<string, Map<number, number>>();
    for (const strategy of facts.strategies) {
      const files = ranked(strategy, facts);
      if (files.length > 0) places.set(strategy.name, await this.rank(strategy, files));
    }
    return [(files, { name }) => inOrder(files, places.get(name) ?? new Map<number, number>())];
  }

  /** The places of the files that are left, by their id. */
  private async rank(strategy: CacheStrategy, files: CacheCandidate[]): Promise<Map<number, number>> {
    const given = files.map((file) => ({ ...dataOf(file), score: 0 }));
    const answer = await this.registry.filter(cacheCandidatesRanked, given, contextOf(strategy));
    const scores = new Map(answer.map(({ fileId, score }) => [fileId, Number.isFinite(score) ? score : 0]));
    const left = files.filter(({ fileId }) => scores.has(fileId));
    // Sorting keeps the strategy's own order among the same scores.
    left.sort((a, b) => scores.get(b.fileId)! - scores.get(a.fileId)!);
    return new Map(left.map(({ fileId }, place) => [fileId, place]));
  }
}

const keyOf = (strategy: string, fileId: number) => `${fileId} ${strategy}`;

const contextOf = ({ name, kind, budget }: CacheStrategy) => ({ strategy: { name, kind, budget } });

function dataOf(candidate: CacheCandidate): CandidateData {
  const { fileId, videoUuid, title, channel, host, size, duration, views, recentViews } = candidate;
  const publishedAt = candidate.publishedAt.toISOString();
  return { fileId, videoUuid, title, channel, host, size, duration, views, recentViews, publishedAt };
}

const inOrder = (files: CacheCandidate[], places: ReadonlyMap<number, number>) =>
  files
    .filter(({ fileId }) => places.has(fileId))
    .sort((a, b) => places.get(a.fileId)! - places.get(b.fileId)!);
