import { computed, inject, type InjectionKey, provide } from 'vue';
import type { PluginHost } from '@vidiverse/hooks/web';
import type { LoadedPlugin } from './load-module';
import { translator } from './plugin-texts';
import { useApi } from '../api';
import { Role } from '../api/types';
import { formatAgo, formatBytes, formatCount, formatDate, formatDuration, LOCALE } from '../format';
import { useSession } from '../stores/session';
import { useToasts } from '../stores/toasts';

const hostKey: InjectionKey<PluginHost> = Symbol('plugin host');

/** Gives a plugin's component, below the one that calls this, what the pages offer. */
export function providePluginHost({ name, displayName, texts }: LoadedPlugin): void {
  const [api, session, toasts] = [useApi(), useSession(), useToasts()];
  provide(hostKey, {
    plugin: { name, displayName },
    async api<Answer>(method: string, path: string, request: Parameters<PluginHost['api']>[2] = {}) {
      const response = await api.http.request(method, path, request);
      const text = await response.text();
      return (text === '' ? null : JSON.parse(text)) as Answer;
    },
    notify: (text, kind = 'info') => toasts.show(text, kind),
    user: computed(() => {
      const { user } = session;
      return (
        user && {
          id: user.id,
          username: user.username,
          displayName: user.account.displayName,
          isAdministrator: user.role.id === Role.Administrator,
        }
      );
    }),
    locale: LOCALE,
    texts: (english) => translator(english, texts),
    language: texts.language,
    format: {
      duration: formatDuration,
      bytes: formatBytes,
      count: formatCount,
      ago: (date) => formatAgo(date),
      date: formatDate,
    },
  });
}

/** What the pages offer; for the `setup` of a plugin's component. @throws Error anywhere else */
export function usePluginHost(): PluginHost {
  const host = inject(hostKey, null);
  if (!host) throw new Error('usePluginHost is for the setup of components in a slot of Vidiverse.');
  return host;
}
