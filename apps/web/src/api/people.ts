import type { HttpClient } from './http-client';
import type {
  Actor,
  Channel,
  QuotaUse,
  SearchPage,
  SetUpRequest,
  SetUpState,
  SiteConfig,
  User,
} from './types';

/** The site, its accounts and channels, and the user of this browser. Every method throws ApiError. */
export const peopleApi = (http: HttpClient) => ({
  config: () => http.json<SiteConfig>('GET', 'config'),
  me: () => http.json<User>('GET', 'users/me'),
  quotaUsed: () => http.json<QuotaUse>('GET', 'users/me/video-quota-used'),
  channel: (handle: string, signal?: AbortSignal) =>
    http.json<Channel>('GET', `video-channels/${encodeURIComponent(handle)}`, { signal }),
  account: (handle: string, signal?: AbortSignal) =>
    http.json<Actor>('GET', `accounts/${encodeURIComponent(handle)}`, { signal }),
  /** By words; or one, also of another instance, by its address or as `name@host`. */
  searchChannels: (search: string, signal?: AbortSignal) =>
    http.json<SearchPage<Channel>>('GET', 'search/video-channels', { query: { search, count: 6 }, signal }),
  setUpState: (token: string) => http.json<SetUpState>('GET', 'setup', { query: { token } }),
  setUp: (request: SetUpRequest) => http.none('POST', 'setup', { body: request }),
  login: (username: string, password: string) => http.credentials.login(username, password),
  /** Ends the login here, and on the server when it can be reached. */
  async logout(): Promise<void> {
    try {
      await http.none('POST', 'users/revoke-token');
    } finally {
      http.credentials.clear();
    }
  },
});
