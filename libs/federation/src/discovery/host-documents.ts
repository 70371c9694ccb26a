import { type FetchOptions } from '../fetching/remote-answers.js';
import { type RemoteClient } from '../fetching/remote-client.js';
import { RemoteError } from '../fetching/remote-error.js';
import { DEFAULT_DOCUMENT_LIMITS, type JsonObject, readJson } from '../vocabulary/read-json.js';
import { JRD_TYPE } from './webfinger.js';

/** Servers disagree about the type of these small documents, and nobody can upload them at their paths. */
const TYPES = [JRD_TYPE, 'application/json', 'application/activity+json'];

/** Bytes of a WebFinger or NodeInfo document. */
const MAX_BYTES = 64 * 1024;

/** A JSON document that is no ActivityPub object. */
export async function getJson(client: RemoteClient, url: string, options: FetchOptions): Promise<JsonObject> {
  const { bytes } = await client.getBytes(url, { ...options, maxBytes: MAX_BYTES, types: TYPES });
  try {
    return readJson(bytes, { ...DEFAULT_DOCUMENT_LIMITS, maxBytes: MAX_BYTES });
  } catch (cause) {
    throw new RemoteError('malformed', `The document cannot be read: ${(cause as Error).message}.`, {
      cause,
    });
  }
}

/** A document at a fixed path of a host. */
export async function getHostDocument(
  client: RemoteClient,
  host: string,
  path: string,
  options: FetchOptions,
): Promise<JsonObject> {
  let failure: unknown;
  for (const origin of client.originsOf(host)) {
    try {
      return await getJson(client, origin + path, options);
    } catch (error) {
      // The next scheme is for hosts that do not speak this one: an answer, whatever it says, is the host's answer.
      if (!(error instanceof RemoteError) || !error.retryable || error.status !== undefined) throw error;
      failure = error;
    }
  }
  throw failure;
}
