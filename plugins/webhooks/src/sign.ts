import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

/**
 * `v1,` and the HMAC-SHA256 of `<id>.<timestamp>.<body>` in Base64, as Standard Webhooks has it; `timestamp` in seconds.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function sign(secret: string, id: string, timestamp: number, body: string): string {
  const key = secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : secret;
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}
