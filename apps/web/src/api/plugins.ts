import type { HttpClient, Query } from './http-client';
import type { Plugin, RegisteredSettings, Settings, WebModules } from './plugin-types';
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
  /** What the pages load at run time. */
  webModules: () => http.json<WebModules>('GET', 'plugins/web'),
});
