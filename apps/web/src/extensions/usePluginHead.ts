import { onScopeDispose, watch } from 'vue';
import { useRoute } from 'vue-router';
import type { WebVideoDetails } from '@vidiverse/hooks/web';
import { useExtensions } from '../stores/extensions';
import { headElements } from './page-head';

/**
 * Keeps what plugins add to the document's head as the page that is open has it, while `isOn`. `video` is null on pages
 * without one.
 */
export function usePluginHead(video: () => WebVideoDetails | null, isOn: () => boolean = () => true): void {
  const route = useRoute();
  const extensions = useExtensions();
  let added: HTMLElement[] = [];

  function clear(): void {
    for (const element of added) element.remove();
    added = [];
  }

  watch(
    () => [isOn() ? extensions.plugins : [], route.path, video()] as const,
    ([plugins, path, current]) => {
      clear();
      added = headElements(plugins, { path, video: current }).map(({ tag, attributes }) => {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        return document.head.appendChild(element);
      });
    },
    { immediate: true },
  );
  onScopeDispose(clear);
}
