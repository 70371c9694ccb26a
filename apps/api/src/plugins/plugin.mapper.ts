import { type HandlerHealth, PLUGIN_RIGHTS } from '@vidiverse/hooks';
import type { PluginView, PluginWebView } from './dto/plugins.js';
import type { AbsentPlugin, LoadedPlugin } from './loading/plugin-set.js';
import type { PluginEntity } from './plugin.entity.js';
import { pluginFileUrl } from './plugin-urls.js';

export const nameOf = (plugin: LoadedPlugin | AbsentPlugin): string =>
  'definition' in plugin ? plugin.definition.name : plugin.name;

/** `isOn`: it is loaded and asked. `health`: of its handlers. */
export function toPluginView(
  plugin: LoadedPlugin | AbsentPlugin,
  row: PluginEntity | null,
  isOn: boolean,
  health: HandlerHealth[],
): PluginView {
  const definition = 'definition' in plugin ? plugin.definition : null;
  const enabled = row?.enabled ?? true;
  const problem = 'problem' in plugin ? (plugin.problem ?? row?.problem ?? null) : null;
  return {
    name: nameOf(plugin),
    displayName: definition?.displayName ?? nameOf(plugin),
    version: plugin.package?.version ?? null,
    description: plugin.package?.description ?? null,
    homepage: plugin.package?.homepage ?? null,
    requires: definition?.requires ?? null,
    rights: (definition?.rights ?? []).map((right) => ({ name: right, text: PLUGIN_RIGHTS[right] })),
    enabled,
    state: definition && isOn ? 'running' : enabled && problem !== null ? 'failed' : 'off',
    problem,
    restartNeeded: enabled && definition === null && problem === null,
    failedStarts: definition === null ? (row?.failedStarts ?? 0) : 0,
    hasSettings: Boolean(definition?.settings),
    handlers: health.map(toHandlerView),
  };
}

/** What the pages load of a plugin that has a part of them. `version`: under which its files are served. */
export function toPluginWeb({ definition }: LoadedPlugin, version: string): PluginWebView['data'][number] {
  const { name, displayName, web, translations } = definition;
  const url = (file: string) => pluginFileUrl(name, version, file);
  const texts = Object.entries(translations).map(([language, file]) => [language, url(file)]);
  return { name, displayName, url: url(web!), translations: Object.fromEntries(texts) };
}

const toHandlerView = ({
  plugin: _plugin,
  lastFailedAt,
  setAsideUntil,
  ...health
}: HandlerHealth): PluginView['handlers'][number] => ({
  ...health,
  lastFailedAt: lastFailedAt?.toISOString() ?? null,
  setAsideUntil: setAsideUntil?.toISOString() ?? null,
});
