import type { IncomingHttpHeaders } from 'node:http';
import { InboxRefusalError } from './inbox-request.js';

const ACTIVITY_JSON = 'application/activity+json';
const LD_JSON = 'application/ld+json';
const AS_PROFILE = 'https://www.w3.org/ns/activitystreams';

/**
 * Looks at what is cheap: the type and the size. A body with a Content-Encoding has no size that can be known before it
 * is decoded, and no peer sends one.
 */
export function checkContent(headers: IncomingHttpHeaders, length: number, maxBytes: number): void {
  if (!isActivity(headers['content-type'])) {
    throw new InboxRefusalError(
      415,
      'wrong_content_type',
      `An inbox takes ${ACTIVITY_JSON}, or ${LD_JSON} with the profile of ActivityStreams.`,
    );
  }
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity') {
    throw new InboxRefusalError(413, 'encoded_body', 'An inbox takes no compressed bodies.');
  }
  if (length > maxBytes) {
    throw new InboxRefusalError(413, 'payload_too_large', `An inbox takes at most ${maxBytes} bytes.`);
  }
}

/** The profile may be missing: some servers leave it out, and the context says the same. */
function isActivity(contentType = ''): boolean {
  const [essence = '', ...parameters] = contentType.split(';').map((part) => part.trim());
  if (essence.toLowerCase() === ACTIVITY_JSON) return true;
  if (essence.toLowerCase() !== LD_JSON) return false;
  const profile = parameters.find((parameter) => /^profile\s*=/i.test(parameter));
  return profile === undefined || profile.includes(AS_PROFILE);
}
