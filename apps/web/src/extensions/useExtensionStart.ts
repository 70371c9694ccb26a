import { onMounted, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useExtensions } from '../stores/extensions';

const LONGEST_WAIT_MS = 2000;

/** Calls back when the browser has nothing more urgent to do, at latest after two seconds. */
function whenIdle(then: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(then, { timeout: LONGEST_WAIT_MS });
  else setTimeout(then, LONGEST_WAIT_MS);
}

/** Loads what plugins add once the first page is drawn. Where a video plays, its page says when: after the first picture. */
export function useExtensionStart(): void {
  const route = useRoute();
  const router = useRouter();
  const extensions = useExtensions();
  const start = () =>
    whenIdle(() => {
      if (!route.meta.playsVideo) void extensions.load();
    });
  onMounted(async () => {
    await router.isReady().catch(() => undefined);
    watch(() => route.path, start, { immediate: true });
  });
}
