import { type HandlerHealth, PLUGIN_RIGHTS, type PluginRight } from '@vidiverse/hooks';
import type { PluginView, PluginWebView } from './dto/plugins.js';
import type { KnownPlugin } from './known-plugins.service.js';
import { npmNameOf } from './loading/installation-folders.js';
import { type LoadedPlugin, nameOf } from './loading/plugin-set.js';
import type { PluginMemoryUse } from './memory/plugin-memory-watch.js';
import type { PluginInstallationEntity } from './plugin-installation.entity.js';
import type { PluginEntity } from './plugin.entity.js';
import { pluginFileUrl } from './plugin-urls.js';

interface PluginState {
  /** It is loaded and asked. */
  isOn: boolean;
  /** Of its handlers. */
  health: HandlerHealth[];
  memory: PluginMemoryUse | null;
}

export function toPluginView(
  { plugin, installation }: KnownPlugin,
  row: PluginEntity | null,
  { isOn, health, memory }: PluginState,
): PluginView {
  const definition = 'definition' in plugin ? plugin.definition : null;
  const enabled = row?.enabled ?? true;
  const written = row?.problem ?? null;
  // While it runs, its row says what is to be thought of it if this process ends.
  const problem = 'problem' in plugin ? (plugin.problem ?? written) : isOn ? null : written;
  return {
    name: nameOf(plugin),
    displayName: definition?.displayName ?? nameOf(plugin),
    version: plugin.package?.version ?? null,
    description: plugin.package?.description ?? null,
    homepage: plugin.package?.homepage ?? null,
    requires: definition?.requires ?? null,
    rights: toRightViews(definition?.rights ?? plugin.package?.agreedRights ?? []),
    enabled,
    state: definition && isOn ? 'running' : enabled && problem !== null ? 'failed' : 'off',
    problem,
    restartNeeded:
      enabled && problem === null && (definition === null || isOther(installation, plugin.package?.version)),
    failedStarts: definition === null ? (row?.failedStarts ?? 0) : 0,
    installed: installation && toInstallationView(installation),
    hasSettings: Boolean(definition?.settings),
    handlers: health.map(toHandlerView),
    memory: memory && { ...memory, measuredAt: memory.measuredAt.toISOString() },
  };
}

/** What the pages load of a plugin that has a part of them. `version`: under which its files are served. */
export function toPluginWeb({ definition }: LoadedPlugin, version: string): PluginWebView['data'][number] {
  const { name, displayName, web, translations } = definition;
  const url = (file: string) => pluginFileUrl(name, version, file);
  const texts = Object.entries(translations).map(([language, file]) => [language, url(file)]);
  return { name, displayName, url: url(web!), translations: Object.fromEntries(texts) };
}

export const toRightViews = (rights: readonly PluginRight[]): PluginView['rights'] =>
  rights.map((right) => ({ name: right, text: PLUGIN_RIGHTS[right] }));

/** It was updated since this process has loaded it. */
const isOther = (installation: PluginInstallationEntity | null, version: string | undefined): boolean =>
  installation !== null && installation.version !== version;

const toInstallationView = ({
  name,
  version,
  integrity,
  installedBy,
  updatedAt,
}: PluginInstallationEntity): PluginView['installed'] => ({
  npmName: npmNameOf(name),
  version,
  integrity,
  installedBy,
  installedAt: updatedAt.toISOString(),
});

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
