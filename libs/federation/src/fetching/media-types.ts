import { RemoteError } from './remote-error.js';

const AS2_PROFILE = 'https://www.w3.org/ns/activitystreams';

/** What is asked for when an ActivityPub object is wanted. */
export const ACCEPT_DOCUMENT = `application/activity+json, application/ld+json; profile="${AS2_PROFILE}"`;

/** The type without its parameters, in lower case. */
export function essenceOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0].trim().toLowerCase();
}

/**
 * Whether a body of this type may be read as an ActivityPub object. Nothing else may: a JSON file that somebody uploaded
 * to a server is served as another type (CVE-2024-25623).
 */
export function isActivityJson(contentType: string | undefined): boolean {
  const essence = essenceOf(contentType);
  if (essence === 'application/activity+json') return true;
  if (essence !== 'application/ld+json') return false;
  const profile = /;\s*profile\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(contentType ?? '');
  return (profile?.[1] ?? profile?.[2] ?? '').split(/\s+/).includes(AS2_PROFILE);
}

export function wrongType(contentType: string | undefined): RemoteError {
  return new RemoteError(
    'wrong_type',
    `The answer is of the type "${(contentType ?? 'none').slice(0, 100)}".`,
  );
}
