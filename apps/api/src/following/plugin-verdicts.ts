import type { GuardVerdict } from '@vidiverse/hooks';
import type { FollowGuards, FollowRequest, Rule } from '@vidiverse/policy';

/** What plugins said before the transaction that decides; null where the rules left them nothing to say by then. */
export interface PluginVerdicts {
  follow: GuardVerdict | null;
  followBack: GuardVerdict | null;
}

export const NOT_ASKED: PluginVerdicts = Object.freeze({ follow: null, followBack: null });

/** The verdicts as rules of the policy, under the plugins' names. */
export const guardsOf = ({ follow, followBack }: PluginVerdicts): FollowGuards => ({
  follow: rulesOf(follow),
  followBack: rulesOf(followBack),
});

function rulesOf(said: GuardVerdict | null): Array<Rule<FollowRequest>> {
  if (said === null) return [wereNotAsked];
  return said.decision === 'allow' ? [] : [{ name: `plugin:${said.plugin}`, review: () => said }];
}

/** The rules changed since plugins could have been asked: what nobody checked is held. */
const wereNotAsked: Rule<FollowRequest> = {
  name: 'plugins',
  review() {
    throw new Error('the rules changed meanwhile, and plugins were not asked');
  },
};
