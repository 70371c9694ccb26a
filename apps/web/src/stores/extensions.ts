import { defineStore } from 'pinia';
import { computed, markRaw, ref, shallowRef } from 'vue';
import type { WebPage } from '@vidiverse/hooks/web';
import { useApi } from '../api';
import type { WebModules } from '../api/plugin-types';
import { type LoadedPlugin, loadModule } from '../extensions/load-module';
import type { ComponentSlot } from '../extensions/read-web';
import { say } from '../extensions/say';

/** A module that is not here by then is skipped: the site is whole without it. */
const TIME_LIMIT_MS = 5000;

const loadStyle = (url: string): Promise<void> =>
  new Promise((done, reject) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url });
    link.onload = () => done();
    link.onerror = () => reject(new Error(`${url} could not be loaded`));
    document.head.append(link);
  });

async function loadJson(url: string): Promise<unknown> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answers with status ${answer.status}`);
  return answer.json();
}

/** A page of a plugin, and where it is. */
export interface PluginPage extends WebPage {
  plugin: LoadedPlugin;
  to: string;
}

/** What plugins add to the pages, by slot. Nothing is there until `load` was called: pages say when there is time for it. */
export const useExtensions = defineStore('extensions', () => {
  const api = useApi();
  const plugins = shallowRef<LoadedPlugin[]>([]);
  /** Whether everything that comes has come. */
  const isLoaded = ref(false);
  let loading: Promise<void> | null = null;

  /** Loads the modules of all plugins, once; each fills its slots as soon as it is here, in the order of the server's list. */
  function load(): Promise<void> {
    loading ??= loadListed().finally(() => (isLoaded.value = true));
    return loading;
  }

  async function loadListed(): Promise<void> {
    const { data, changes } = await list();
    await loadAll(data);
    if (changes === undefined) return;
    const { followChanges } = await import('../extensions/follow-changes');
    followChanges(changes, async () => loadAll((await list()).data));
  }

  const list = () =>
    api.plugins.webModules().catch((error: unknown): WebModules => {
      say('list', 'it could not be loaded', error);
      return { data: [] };
    });

  /** One that is here already gives its place to its new module, unless that cannot be loaded. */
  async function loadAll(modules: WebModules['data']): Promise<void> {
    const order = modules.map(({ name }) => name);
    await Promise.all(
      modules.map(async (module) => {
        const plugin = await loadModule(module, {
          load: (url) => import(/* @vite-ignore */ url),
          loadStyle,
          loadJson,
          languages: navigator.languages,
          timeLimit: TIME_LIMIT_MS,
        });
        if (!plugin) return;
        const others = plugins.value.filter(({ name }) => name !== plugin.name);
        plugins.value = [...others, markRaw(plugin)].sort(
          (a, b) => order.indexOf(a.name) - order.indexOf(b.name),
        );
      }),
    );
  }

  const fills = (slot: ComponentSlot) =>
    plugins.value.flatMap((plugin) => {
      const component = plugin.slots[slot];
      return component ? [{ plugin, component }] : [];
    });

  const pagesOf = (slot: 'admin.page' | 'settings.page', base: string) =>
    plugins.value.flatMap((plugin) =>
      (plugin.slots[slot] ?? []).map((page): PluginPage => ({
        ...page,
        plugin,
        to: `${base}/${plugin.name}/${page.path}`,
      })),
    );

  return {
    plugins,
    isLoaded,
    load,
    fills,
    administrationPages: computed(() => pagesOf('admin.page', '/admin/plugins')),
    settingsPages: computed(() => pagesOf('settings.page', '/my-library/plugins')),
  };
});
