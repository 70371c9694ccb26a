import { shallowRef } from 'vue';
import { describeError } from '../components/feedback/describe-error';
import { useToasts } from '../stores/toasts';

/** Runs what a button does, one at a time. A failure is told in a note: `what` says what was tried, as in `ErrorState`. */
export function useAction() {
  const toasts = useToasts();
  const busy = shallowRef(false);

  /** Whether it succeeded. */
  async function run(what: string, action: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    try {
      await action();
      return true;
    } catch (problem) {
      const { title, why, advice } = describeError(problem, what);
      toasts.show(`${title} ${why} ${advice}`, 'problem');
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { busy, run };
}
