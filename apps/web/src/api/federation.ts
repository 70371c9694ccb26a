import type {
  CustomConfig,
  CustomConfigChange,
  DeliveryHost,
  DeliveryPage,
  DryRun,
  Exclusion,
  Follow,
  FollowTarget,
  StoredVerdict,
} from './federation-types';
import type { HttpClient, Query } from './http-client';
import type { Page } from './types';

const part = encodeURIComponent;

/** What a host or a handle is for the API: `{ host }` or `{ handle }`. */
const named = (hostOrHandle: string) =>
  hostOrHandle.includes('@') ? { handle: hostOrHandle } : { host: hostOrHandle };

/** Whom this instance follows and who follows it, for administrators. Every method throws ApiError. */
export const followsApi = (http: HttpClient) => ({
  following: (query: Query, signal?: AbortSignal) =>
    http.json<Page<Follow>>('GET', 'server/following', { query, signal }),
  /** What was asked for and is not found yet. */
  targets: (query: Query, signal?: AbortSignal) =>
    http.json<Page<FollowTarget>>('GET', 'server/following/targets', { query, signal }),
  follow: (hosts: string[], handles: string[]) =>
    http.none('POST', 'server/following', { body: { hosts, handles } }),
  unfollow: (hostOrHandle: string) => http.none('DELETE', `server/following/${part(hostOrHandle)}`),
  followers: (query: Query, signal?: AbortSignal) =>
    http.json<Page<Follow>>('GET', 'server/followers', { query, signal }),
  accept: (handle: string) => http.none('POST', `server/followers/${part(handle)}/accept`),
  reject: (handle: string) => http.none('POST', `server/followers/${part(handle)}/reject`),
  /** It may ask again. */
  removeFollower: (handle: string) => http.none('DELETE', `server/followers/${part(handle)}`),
});

/** Who may follow, and who is followed back, for administrators. Every method throws ApiError. */
export const followPolicyApi = (http: HttpClient) => ({
  settings: (signal?: AbortSignal) => http.json<CustomConfig>('GET', 'config/custom', { signal }),
  change: (change: CustomConfigChange) => http.json<CustomConfig>('PUT', 'config/custom', { body: change }),
  neverFollowedBack: (query: Query, signal?: AbortSignal) =>
    http.json<Page<Exclusion>>('GET', 'server/follow-policy/never-followed-back', { query, signal }),
  exclude: (host: string, note: string | null) =>
    http.none('POST', 'server/follow-policy/never-followed-back', { body: { host, note } }),
  include: (host: string) => http.none('DELETE', `server/follow-policy/never-followed-back/${part(host)}`),
  wouldReject: (query: Query) =>
    http.json<Page<Follow>>('POST', 'server/follow-policy/reject-all', { query: { ...query, dryRun: true } }),
  rejectAll: () => http.json<Page<Follow>>('POST', 'server/follow-policy/reject-all'),
  /** What would happen if they followed this instance now. */
  dryRun: (hostOrHandle: string) =>
    http.json<DryRun>('POST', 'server/follow-policy/dry-run', { body: named(hostOrHandle) }),
  verdicts: (query: Query, signal?: AbortSignal) =>
    http.json<Page<StoredVerdict>>('GET', 'server/follow-policy/verdicts', { query, signal }),
});

/** What is to be told to other servers, per host, for administrators. Every method throws ApiError. */
export const deliveriesApi = (http: HttpClient) => {
  const at = (host: string, rest = '') => `federation/deliveries/${part(host)}${rest}`;
  return {
    hosts: (query: Query, signal?: AbortSignal) =>
      http.json<Page<DeliveryHost>>('GET', 'federation/deliveries', { query, signal }),
    of: (host: string, query: Query, signal?: AbortSignal) =>
      http.json<DeliveryPage>('GET', at(host), { query, signal }),
    /** Tries the host now, whatever its back-off says. */
    retryHost: (host: string) => http.none('POST', at(host, '/retry')),
    pause: (host: string) => http.none('POST', at(host, '/pause')),
    resume: (host: string) => http.none('POST', at(host, '/resume')),
    drop: (host: string) => http.none('DELETE', at(host)),
    retry: (host: string, id: number) => http.none('POST', at(host, `/${id}/retry`)),
  };
};
