import type { HttpClient, Query } from './http-client';
import type { AccountBlock, NewReport, Report, ServerBlock } from './moderation-types';
import type { Page } from './types';

const part = encodeURIComponent;

/** Whom the instance blocks, for its staff. Every method throws ApiError. */
export const blocksApi = (http: HttpClient) => ({
  servers: (query: Query, signal?: AbortSignal) =>
    http.json<Page<ServerBlock>>('GET', 'server/blocklist/servers', { query, signal }),
  blockServer: (host: string) => http.none('POST', 'server/blocklist/servers', { body: { host } }),
  unblockServer: (host: string) => http.none('DELETE', `server/blocklist/servers/${part(host)}`),
  accounts: (query: Query, signal?: AbortSignal) =>
    http.json<Page<AccountBlock>>('GET', 'server/blocklist/accounts', { query, signal }),
  blockAccount: (accountName: string) =>
    http.none('POST', 'server/blocklist/accounts', { body: { accountName } }),
  unblockAccount: (accountName: string) =>
    http.none('DELETE', `server/blocklist/accounts/${part(accountName)}`),
});

/** Reports: everyone with an account makes them, the staff answers them. Every method throws ApiError. */
export const reportsApi = (http: HttpClient) => ({
  create: (report: NewReport) => http.none('POST', 'abuses', { body: report }),
  list: (query: Query, signal?: AbortSignal) => http.json<Page<Report>>('GET', 'abuses', { query, signal }),
  update: (id: number, changes: { state?: number; moderationComment?: string }) =>
    http.none('PUT', `abuses/${id}`, { body: changes }),
  remove: (id: number) => http.none('DELETE', `abuses/${id}`),
});
