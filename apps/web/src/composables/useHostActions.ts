import { useApi } from '../api';
import { useAction } from './useAction';
import { useToasts } from '../stores/toasts';

/** What an administrator does about the deliveries to one host; `changed` is called after each. */
export function useHostActions(host: () => string, changed: () => void) {
  const { deliveries } = useApi();
  const toasts = useToasts();
  const { busy, run } = useAction();

  async function act(problem: string, action: (host: string) => Promise<void>, note: string): Promise<void> {
    if (!(await run(problem, () => action(host())))) return;
    toasts.show(note);
    changed();
  }

  return {
    busy,
    retry: () => act('The host could not be tried.', deliveries.retryHost, 'It is tried now.'),
    pause: () =>
      act('The host could not be paused.', deliveries.pause, 'Nothing is sent to it until you resume.'),
    resume: () => act('The pause could not be ended.', deliveries.resume, 'The pause is over.'),
    drop: () => act('What waits could not be dropped.', deliveries.drop, 'What waited is dropped.'),
  };
}
