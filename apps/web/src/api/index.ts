import { inject, type InjectionKey } from 'vue';
import { browserStorage } from './browser-storage';
import { cachingApi } from './caching';
import { commentsApi, ratesApi } from './comments';
import { Credentials } from './credentials';
import { deliveriesApi, followPolicyApi, followsApi } from './federation';
import { HttpClient } from './http-client';
import { blocksApi, reportsApi } from './moderation';
import { peopleApi } from './people';
import { pluginsApi } from './plugins';
import { videosApi } from './videos';

/** The API as this browser's user; made once per app. */
export function createApi(browser: Window & typeof globalThis) {
  const fetcher: typeof fetch = (input, init) => browser.fetch(input, init);
  const credentials = new Credentials(browserStorage(browser), fetcher, browser.navigator.locks);
  browser.addEventListener('storage', (event) => credentials.changedElsewhere(event));
  const http = new HttpClient(credentials, fetcher);
  return {
    ...peopleApi(http),
    videos: videosApi(http),
    comments: commentsApi(http),
    rates: ratesApi(http),
    reports: reportsApi(http),
    blocks: blocksApi(http),
    follows: followsApi(http),
    followPolicy: followPolicyApi(http),
    deliveries: deliveriesApi(http),
    caching: cachingApi(http),
    plugins: pluginsApi(http),
    credentials,
    http,
  };
}

export type Api = ReturnType<typeof createApi>;
export const apiKey: InjectionKey<Api> = Symbol('api');

/** The API that `main.ts` gave the app; for `setup` functions and stores. */
export function useApi(): Api {
  const api = inject(apiKey);
  if (!api) throw new Error('The app was made without an API.');
  return api;
}

export { ApiError, isStatus } from './api-error';
