import { type FetchOptions } from '../fetching/remote-answers.js';
import { type RemoteClient } from '../fetching/remote-client.js';
import { RemoteError } from '../fetching/remote-error.js';
import { hostOf, normalizeHost } from '../vocabulary/urls.js';
import { acctUri, type Handle } from './handle.js';
import { getHostDocument, getJson } from './host-documents.js';
import { readNodeinfo, readNodeinfoIndex, type RemoteNodeinfo } from './read-nodeinfo.js';
import { readWebfinger } from './webfinger.js';

/** The name by which peers look for an instance's own actor. */
export const INSTANCE_ACTOR_NAME = 'peertube';

/** Asks a handle's host by WebFinger which actor it is; answers the actor's URL. */
export async function findActor(
  client: RemoteClient,
  handle: Handle,
  options: FetchOptions = {},
): Promise<string> {
  const path = `/.well-known/webfinger?resource=${encodeURIComponent(acctUri(handle))}`;
  return readWebfinger(await getHostDocument(client, handle.host, path, options), handle);
}

/**
 * The URL of the actor that speaks for an instance: what NodeInfo calls its Application, else the account `peertube`.
 * One on another host is not taken: a host speaks for itself only.
 */
export async function findInstanceActor(
  client: RemoteClient,
  writtenHost: string,
  options: FetchOptions = {},
): Promise<string> {
  const host = checkedHost(writtenHost);
  const application = await readIndex(client, host, options).then(
    (index) => index.application,
    (error: RemoteError) => {
      // Whoever has no NodeInfo may have WebFinger; whoever cannot be reached has neither.
      if (error.retryable) throw error;
      return undefined;
    },
  );
  if (application && hostOf(application) === host) return application;
  const actor = await findActor(client, { name: INSTANCE_ACTOR_NAME, host }, options);
  if (hostOf(actor) === host) return actor;
  throw new RemoteError('wrong_id', `${host} names an actor of another host as its own.`);
}

/** What an instance says of itself. */
export async function findNodeinfo(
  client: RemoteClient,
  writtenHost: string,
  options: FetchOptions = {},
): Promise<RemoteNodeinfo> {
  const host = checkedHost(writtenHost);
  const { document } = await readIndex(client, host, options);
  if (!document || hostOf(document) !== host) {
    throw new RemoteError('malformed', `${host} has no NodeInfo document of its own.`);
  }
  return readNodeinfo(await getJson(client, document, options));
}

async function readIndex(client: RemoteClient, host: string, options: FetchOptions) {
  return readNodeinfoIndex(await getHostDocument(client, host, '/.well-known/nodeinfo', options));
}

function checkedHost(written: string): string {
  const host = normalizeHost(written);
  if (host === null) throw new RemoteError('url_refused', `"${written.slice(0, 100)}" is no host.`);
  return host;
}
