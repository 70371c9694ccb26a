import type { HttpClient, Query } from './http-client';
import type {
  AvailablePlugin,
  InstallRequest,
  OfferedPlugin,
  Plugin,
  RegisteredSettings,
  Settings,
  WebModules,
} from './plugin-types';
import type { Page } from './types';

const part = encodeURIComponent;

/** What is installed here beyond the product; all but `webModules` for administrators. Every method throws ApiError. */
export const pluginsApi = (http: HttpClient) => ({
  list: (query: Query, signal?: AbortSignal) => http.json<Page<Plugin>>('GET', 'plugins', { query, signal }),
  get: (name: string, signal?: AbortSignal) => http.json<Plugin>('GET', `plugins/${part(name)}`, { signal }),
  setEnabled: (name: string, enabled: boolean) =>
    http.none('PUT', `plugins/${part(name)}/enabled`, { body: { enabled } }),
  settings: (name: string, signal?: AbortSignal) =>
    http.json<RegisteredSettings>('GET', `plugins/${part(name)}/registered-settings`, { signal }),
  saveSettings: (name: string, settings: Settings) =>
    http.none('PUT', `plugins/${part(name)}/settings`, { body: { settings } }),
  /** What the registry has. */
  available: (query: Query, signal?: AbortSignal) =>
    http.json<Page<AvailablePlugin>>('GET', 'plugins/available', { query, signal }),
  /** Its newest version. */
  offered: (npmName: string, signal?: AbortSignal) =>
    http.json<OfferedPlugin>('GET', `plugins/available/${part(npmName)}`, { signal }),
  install: (body: InstallRequest) => http.json<Plugin>('POST', 'plugins/install', { body }),
  update: (body: InstallRequest) => http.json<Plugin>('POST', 'plugins/update', { body }),
  uninstall: (npmName: string) => http.none('POST', 'plugins/uninstall', { body: { npmName } }),
  /** What the pages load at run time. */
  webModules: () => http.json<WebModules>('GET', 'plugins/web'),
});
