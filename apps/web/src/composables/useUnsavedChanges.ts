import { onScopeDispose, ref, watch } from 'vue';
import { onBeforeRouteLeave } from 'vue-router';

/** Asks before changes are lost: the browser when the tab closes, the component's dialog when another page is opened. */
export function useUnsavedChanges(isChanged: () => boolean) {
  const asking = ref(false);
  let answer: ((leaves: boolean) => void) | null = null;

  const warn = (event: BeforeUnloadEvent) => event.preventDefault();
  watch(isChanged, (changed) => {
    if (changed) window.addEventListener('beforeunload', warn);
    else window.removeEventListener('beforeunload', warn);
  });
  onScopeDispose(() => window.removeEventListener('beforeunload', warn));

  onBeforeRouteLeave(() => {
    if (!isChanged()) return true;
    asking.value = true;
    return new Promise<boolean>((resolve) => (answer = resolve));
  });
  // However the dialog is closed, whoever did not choose to leave stays.
  watch(asking, (open) => {
    if (!open) answer?.(false);
  });

  function leave(): void {
    answer?.(true);
    asking.value = false;
  }

  return { asking, leave };
}
