import type { FollowRequest } from './follow-request.js';
import type { FollowFacts } from './ports/follow-facts.js';
import {
  followBackIsOn,
  neverFollowedBack,
  notFollowedYet,
  onlyInstances,
} from './rules/follow-back-rules.js';
import {
  blockedByModeration,
  manualApproval,
  refusedBefore,
  rejectAllFollowers,
} from './rules/follow-rules.js';
import { allow, decide, refuse, type Rule, type Verdict } from './verdict.js';

/** Further rules, such as those of plugins; they may hold or refuse, and are asked before anything is allowed. */
export interface FollowGuards {
  follow: ReadonlyArray<Rule<FollowRequest>>;
  followBack: ReadonlyArray<Rule<FollowRequest>>;
}

/** What would happen if somebody followed us now, and why. */
export interface DryRun {
  follow: Verdict;
  followBack: Verdict;
}

const NO_GUARDS: FollowGuards = { follow: [], followBack: [] };

/** Decides about followers and about following back (design, section 4). Facts in, a verdict out: it saves and sends nothing. */
export class FollowPolicy {
  constructor(
    private readonly facts: FollowFacts,
    private readonly guards: FollowGuards = NO_GUARDS,
  ) {}

  /** Whether the follow is accepted, held for an administrator, or rejected. */
  reviewFollow(request: FollowRequest): Promise<Verdict> {
    const rules = [
      rejectAllFollowers(this.facts),
      blockedByModeration(this.facts),
      refusedBefore(this.facts),
      ...this.guards.follow.map(objectsOnly),
      manualApproval(this.facts),
    ];
    return decide(rules, request, allow('Followers are accepted.'));
  }

  /** Whether our instance follows the follower back. Asked once its follow was accepted. */
  reviewFollowBack(request: FollowRequest): Promise<Verdict> {
    const rules = [
      followBackIsOn(this.facts),
      onlyInstances(),
      neverFollowedBack(this.facts),
      blockedByModeration(this.facts),
      notFollowedYet(this.facts),
      ...this.guards.followBack.map(objectsOnly),
    ];
    return decide(rules, request, allow('Instances that follow us are followed back.'));
  }

  /** Both verdicts as they would be now. Nothing is followed back before the follow itself is accepted. */
  async dryRun(request: FollowRequest): Promise<DryRun> {
    const follow = await this.reviewFollow(request);
    if (follow.decision === 'allow') return { follow, followBack: await this.reviewFollowBack(request) };
    const waits = refuse('Nothing is followed back before its follow is accepted.');
    return { follow, followBack: { ...waits, rule: 'not-accepted' } };
  }
}

/** A guard's "allow" is no objection, and no more: it must not overrule what comes after it. */
const objectsOnly = (rule: Rule<FollowRequest>): Rule<FollowRequest> => ({
  name: rule.name,
  async review(request) {
    const said = await rule.review(request);
    return said?.decision === 'allow' ? undefined : said;
  },
});
