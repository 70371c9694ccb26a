import type {
  Account,
  Channel,
  Delivery,
  DeliveryHost,
  Follow,
  InboxActivity,
  Page,
  Tokens,
  User,
  Verdict,
} from './client-types.js';
import { ADMIN_PASSWORD } from './create-instance.js';
import { HttpClient, type RequestOptions } from './http-client.js';
import type { Abuse, BlockList, BlockStatuses, Comment, CommentTree, Rating } from './interaction.js';
import type { Video } from './videos.js';

export type * from './client-types.js';

type Fields = Record<string, unknown>;

const api = '/api/v1';

/**
 * The REST API of one instance, one method per endpoint; each throws `RequestFailedError` (status, problem document) for
 * an answer other than 2xx. `ask` is for tests that look at the whole answer.
 */
export class InstanceClient extends HttpClient {
  /** Of the last login or refresh. */
  tokens: Tokens | null = null;

  /** Another client of the same instance, without a token. */
  visitor(): InstanceClient {
    return new InstanceClient(this.address);
  }

  /** Logs in by the password grant and keeps the tokens; the administrator of a test instance unless told otherwise. */
  async login(username = 'root', password = ADMIN_PASSWORD): Promise<this> {
    return this.keep(await this.grant({ grant_type: 'password', username, password }));
  }

  /** Replaces the tokens by the refresh grant. */
  async refresh(refreshToken = this.tokens!.refresh_token): Promise<this> {
    return this.keep(await this.grant({ grant_type: 'refresh_token', refresh_token: refreshToken }));
  }

  oauthClient(): Promise<{ client_id: string; client_secret: string }> {
    return this.call('GET', `${api}/oauth-clients/local`);
  }

  /** One OAuth2 grant; nothing is kept. */
  async grant(fields: Record<string, string>): Promise<Tokens> {
    const form = { ...(await this.oauthClient()), ...fields };
    return new HttpClient(this.address).call('POST', `${api}/users/token`, { form });
  }

  revokeToken(): Promise<void> {
    return this.call('POST', `${api}/users/revoke-token`);
  }

  setUpState(token: string): Promise<{ valid: boolean; username: string }> {
    return this.call('GET', `${api}/setup`, { query: { token } });
  }

  completeSetUp(json: Fields): Promise<void> {
    return this.call('POST', `${api}/setup`, { json });
  }

  me(): Promise<User> {
    return this.call('GET', `${api}/users/me`);
  }

  updateMe(json: Fields): Promise<void> {
    return this.call('PUT', `${api}/users/me`, { json });
  }

  quotaUsed(): Promise<{ videoQuotaUsed: number; videoQuotaUsedDaily: number }> {
    return this.call('GET', `${api}/users/me/video-quota-used`);
  }

  users(query: { start?: number; count?: number } = {}): Promise<Page<User>> {
    return this.call('GET', `${api}/users`, { query });
  }

  createUser(json: Fields): Promise<{ user: { id: number; account: { id: number } } }> {
    return this.call('POST', `${api}/users`, { json });
  }

  user(id: number): Promise<User> {
    return this.call('GET', `${api}/users/${id}`);
  }

  updateUser(id: number, json: Fields): Promise<void> {
    return this.call('PUT', `${api}/users/${id}`, { json });
  }

  removeUser(id: number): Promise<void> {
    return this.call('DELETE', `${api}/users/${id}`);
  }

  blockUser(id: number): Promise<void> {
    return this.call('POST', `${api}/users/${id}/block`);
  }

  unblockUser(id: number): Promise<void> {
    return this.call('POST', `${api}/users/${id}/unblock`);
  }

  accounts(query: { start?: number; count?: number } = {}): Promise<Page<Account>> {
    return this.call('GET', `${api}/accounts`, { query });
  }

  account(handle: string): Promise<Account> {
    return this.call('GET', `${api}/accounts/${handle}`);
  }

  channelsOf(handle: string): Promise<Page<Channel>> {
    return this.call('GET', `${api}/accounts/${handle}/video-channels`);
  }

  channels(query: { start?: number; count?: number } = {}): Promise<Page<Channel>> {
    return this.call('GET', `${api}/video-channels`, { query });
  }

  channel(handle: string): Promise<Channel> {
    return this.call('GET', `${api}/video-channels/${handle}`);
  }

  createChannel(json: Fields): Promise<{ videoChannel: { id: number } }> {
    return this.call('POST', `${api}/video-channels`, { json });
  }

  updateChannel(handle: string, json: Fields): Promise<void> {
    return this.call('PUT', `${api}/video-channels/${handle}`, { json });
  }

  removeChannel(handle: string): Promise<void> {
    return this.call('DELETE', `${api}/video-channels/${handle}`);
  }

  videos(query: RequestOptions['query'] = {}): Promise<Page<Video>> {
    return this.call('GET', `${api}/videos`, { query });
  }

  /** By id, UUID or short UUID. */
  video(id: number | string): Promise<Video> {
    return this.call('GET', `${api}/videos/${id}`);
  }

  updateVideo(id: number | string, json: Fields): Promise<void> {
    return this.call('PUT', `${api}/videos/${id}`, { json });
  }

  removeVideo(id: number | string): Promise<void> {
    return this.call('DELETE', `${api}/videos/${id}`);
  }

  deliveryHosts(query: RequestOptions['query'] = {}): Promise<Page<DeliveryHost>> {
    return this.call('GET', `${api}/federation/deliveries`, { query });
  }

  deliveries(
    host: string,
    query: RequestOptions['query'] = {},
  ): Promise<Page<Delivery> & { host: DeliveryHost }> {
    return this.call('GET', `${api}/federation/deliveries/${encodeURIComponent(host)}`, { query });
  }

  /** `ended`: also what was refused or dropped. */
  retryDeliveries(host: string, query: { ended?: boolean } = {}): Promise<void> {
    return this.call('POST', `${api}/federation/deliveries/${encodeURIComponent(host)}/retry`, { query });
  }

  pauseDeliveries(host: string): Promise<void> {
    return this.call('POST', `${api}/federation/deliveries/${encodeURIComponent(host)}/pause`);
  }

  resumeDeliveries(host: string): Promise<void> {
    return this.call('POST', `${api}/federation/deliveries/${encodeURIComponent(host)}/resume`);
  }

  dropDeliveries(host: string): Promise<void> {
    return this.call('DELETE', `${api}/federation/deliveries/${encodeURIComponent(host)}`);
  }

  retryDelivery(host: string, id: number): Promise<void> {
    return this.call('POST', `${api}/federation/deliveries/${encodeURIComponent(host)}/${id}/retry`);
  }

  inboxActivities(query: RequestOptions['query'] = {}): Promise<Page<InboxActivity>> {
    return this.call('GET', `${api}/federation/inbox`, { query });
  }

  retryInboxActivity(id: number): Promise<void> {
    return this.call('POST', `${api}/federation/inbox/${id}/retry`);
  }

  jobs(query: RequestOptions['query'] = {}): Promise<Page<{ id: string; type: string; state: string }>> {
    return this.call('GET', `${api}/jobs`, { query });
  }

  followings(query: RequestOptions['query'] = {}): Promise<Page<Follow>> {
    return this.call('GET', `${api}/server/following`, { query });
  }

  followTargets(): Promise<Page<{ handle: string; state: string; reason: string | null }>> {
    return this.call('GET', `${api}/server/following/targets`);
  }

  follow(json: { hosts?: string[]; handles?: string[] }): Promise<void> {
    return this.call('POST', `${api}/server/following`, { json });
  }

  unfollow(hostOrHandle: string): Promise<void> {
    return this.call('DELETE', `${api}/server/following/${encodeURIComponent(hostOrHandle)}`);
  }

  crawlFollowed(hostOrHandle: string): Promise<void> {
    return this.call('POST', `${api}/server/following/${encodeURIComponent(hostOrHandle)}/crawl`);
  }

  followers(query: RequestOptions['query'] = {}): Promise<Page<Follow>> {
    return this.call('GET', `${api}/server/followers`, { query });
  }

  acceptFollower(handle: string): Promise<void> {
    return this.call('POST', `${api}/server/followers/${encodeURIComponent(handle)}/accept`);
  }

  rejectFollower(handle: string): Promise<void> {
    return this.call('POST', `${api}/server/followers/${encodeURIComponent(handle)}/reject`);
  }

  removeFollower(handle: string): Promise<void> {
    return this.call('DELETE', `${api}/server/followers/${encodeURIComponent(handle)}`);
  }

  rejectAllFollowers(query: { dryRun?: boolean } = {}): Promise<Page<Follow> & { dryRun: boolean }> {
    return this.call('POST', `${api}/server/follow-policy/reject-all`, { query });
  }

  followDryRun(json: {
    host?: string;
    handle?: string;
  }): Promise<{ follower: { url: string; found: boolean }; follow: Verdict; followBack: Verdict }> {
    return this.call('POST', `${api}/server/follow-policy/dry-run`, { json });
  }

  followVerdicts(
    query: RequestOptions['query'] = {},
  ): Promise<Page<Verdict & { question: string; actor: string; host: string; target: string }>> {
    return this.call('GET', `${api}/server/follow-policy/verdicts`, { query });
  }

  neverFollowedBack(): Promise<Page<{ host: string; note: string | null }>> {
    return this.call('GET', `${api}/server/follow-policy/never-followed-back`);
  }

  neverFollowBack(json: { host: string; note?: string }): Promise<void> {
    return this.call('POST', `${api}/server/follow-policy/never-followed-back`, { json });
  }

  mayFollowBack(host: string): Promise<void> {
    return this.call('DELETE', `${api}/server/follow-policy/never-followed-back/${encodeURIComponent(host)}`);
  }

  customConfig(): Promise<Fields> {
    return this.call('GET', `${api}/config/custom`);
  }

  updateCustomConfig(json: Fields): Promise<Fields> {
    return this.call('PUT', `${api}/config/custom`, { json });
  }

  resetCustomConfig(): Promise<void> {
    return this.call('DELETE', `${api}/config/custom`);
  }

  comments(
    video: number | string,
    query: RequestOptions['query'] = {},
  ): Promise<Page<Comment> & { totalNotDeletedComments: number }> {
    return this.call('GET', `${api}/videos/${video}/comment-threads`, { query });
  }

  /** A comment with all answers to it. */
  thread(video: number | string, threadId: number): Promise<CommentTree> {
    return this.call('GET', `${api}/videos/${video}/comment-threads/${threadId}`);
  }

  async comment(video: number | string, text: string): Promise<Comment> {
    const path = `${api}/videos/${video}/comment-threads`;
    return (await this.call<{ comment: Comment }>('POST', path, { json: { text } })).comment;
  }

  /** Answers a comment. */
  async reply(video: number | string, commentId: number, text: string): Promise<Comment> {
    const path = `${api}/videos/${video}/comments/${commentId}`;
    return (await this.call<{ comment: Comment }>('POST', path, { json: { text } })).comment;
  }

  removeComment(video: number | string, commentId: number): Promise<void> {
    return this.call('DELETE', `${api}/videos/${video}/comments/${commentId}`);
  }

  rate(video: number | string, rating: Rating): Promise<void> {
    return this.call('PUT', `${api}/videos/${video}/rate`, { json: { rating } });
  }

  myRating(video: number | string): Promise<{ videoId: number; rating: Rating }> {
    return this.call('GET', `${api}/users/me/videos/${video}/rating`);
  }

  async report(json: Fields): Promise<{ id: number }> {
    return (await this.call<{ abuse: { id: number } }>('POST', `${api}/abuses`, { json })).abuse;
  }

  abuses(query: RequestOptions['query'] = {}): Promise<Page<Abuse>> {
    return this.call('GET', `${api}/abuses`, { query });
  }

  abuse(id: number): Promise<Abuse> {
    return this.call('GET', `${api}/abuses/${id}`);
  }

  updateAbuse(id: number, json: Fields): Promise<void> {
    return this.call('PUT', `${api}/abuses/${id}`, { json });
  }

  removeAbuse(id: number): Promise<void> {
    return this.call('DELETE', `${api}/abuses/${id}`);
  }

  blockedAccounts(list: BlockList): Promise<Page<{ byAccount: Account | null; blockedAccount: Account }>> {
    return this.call('GET', `${api}/${list}/accounts`);
  }

  blockAccount(list: BlockList, accountName: string): Promise<void> {
    return this.call('POST', `${api}/${list}/accounts`, { json: { accountName } });
  }

  unblockAccount(list: BlockList, accountName: string): Promise<void> {
    return this.call('DELETE', `${api}/${list}/accounts/${encodeURIComponent(accountName)}`);
  }

  blockedServers(
    list: BlockList,
  ): Promise<Page<{ byAccount: Account | null; blockedServer: { host: string } }>> {
    return this.call('GET', `${api}/${list}/servers`);
  }

  blockServer(list: BlockList, host: string): Promise<void> {
    return this.call('POST', `${api}/${list}/servers`, { json: { host } });
  }

  unblockServer(list: BlockList, host: string): Promise<void> {
    return this.call('DELETE', `${api}/${list}/servers/${encodeURIComponent(host)}`);
  }

  blockStatus(query: { accounts?: string; hosts?: string }): Promise<BlockStatuses> {
    return this.call('GET', `${api}/blocklist/status`, { query });
  }

  private keep(tokens: Tokens): this {
    this.tokens = tokens;
    this.token = tokens.access_token;
    return this;
  }
}

/** A visitor of the instance. */
export const visitorOf = ({ address }: { address: string }): InstanceClient => new InstanceClient(address);

/** The administrator of a test instance, logged in. */
export const administratorOf = (instance: { address: string }): Promise<InstanceClient> =>
  visitorOf(instance).login();

export const USER_PASSWORD = 'a password of mine';

/** A new user of the administrator's making, logged in. */
export async function addUser(
  administrator: InstanceClient,
  username: string,
  fields: Fields = {},
): Promise<InstanceClient> {
  const email = `${username}@test.invalid`;
  await administrator.createUser({ username, email, password: USER_PASSWORD, ...fields });
  return administrator.visitor().login(username, USER_PASSWORD);
}
