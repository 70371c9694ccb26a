import { sameOrigin, webUrl } from '../vocabulary/urls.js';
import { type FetchOptions, type RemoteDocument } from './remote-answers.js';
import { type RemoteClient } from './remote-client.js';
import { RemoteError } from './remote-error.js';

/**
 * Fetches an object from its own address: the one its id says. When the id is another URL of the same origin it is asked
 * there once more; an id on another host is a claim nobody can check here (CVE-2024-23832).
 */
export async function fetchObject(
  client: RemoteClient,
  url: string,
  options: FetchOptions = {},
): Promise<RemoteDocument> {
  const found = await client.getDocument(url, options);
  const id = webUrl(found.json.id);
  if (id === null) throw wrongId(found.url);
  if (isAt(id, found.url)) return found;
  if (!sameOrigin(id, found.url)) throw wrongId(found.url);
  const again = await client.getDocument(id, options);
  if (again.json.id !== id || !isAt(id, again.url)) throw wrongId(again.url);
  return again;
}

/** Whether an id and the place where it was found are the same, as URLs are compared and not as they are spelled. */
function isAt(id: string, place: string): boolean {
  const parsed = new URL(id);
  parsed.hash = '';
  parsed.hostname = parsed.hostname.replace(/\.$/, '');
  return parsed.href === place;
}

const wrongId = (url: string) => new RemoteError('wrong_id', `What is at ${url} has another id.`);
