import { onScopeDispose, shallowRef } from 'vue';
import { ApiError, useApi } from '../api';
import { actorKind } from '../format/actors';

export interface CheckedTarget {
  /** A host, or name@host. */
  target: string;
  state: 'looking' | 'found' | 'missing';
  /** What it is, or why it was not found. */
  text: string;
}

/** Finds out what hosts and handles are, one after another, before anybody follows them. */
export function useTargetCheck() {
  const api = useApi();
  const checked = shallowRef<CheckedTarget[]>([]);
  let round = 0;

  function put(next: CheckedTarget): void {
    checked.value = checked.value.map((old) => (old.target === next.target ? next : old));
  }

  async function check(targets: string[]): Promise<void> {
    const own = ++round;
    checked.value = targets.map((target) => ({ target, state: 'looking', text: 'Looking' }));
    for (const target of targets) {
      const answer = await look(target);
      if (own !== round) return;
      put(answer);
    }
  }

  async function look(target: string): Promise<CheckedTarget> {
    try {
      const { type, found } = (await api.followPolicy.dryRun(target)).follower;
      if (found) return { target, state: 'found', text: actorKind(type) };
      return { target, state: 'missing', text: 'Its server does not answer as a video site does.' };
    } catch (problem) {
      return { target, state: 'missing', text: problem instanceof ApiError ? problem.message : 'Not found.' };
    }
  }

  function forget(): void {
    round++;
    checked.value = [];
  }

  onScopeDispose(forget);
  return { checked, check, forget };
}
