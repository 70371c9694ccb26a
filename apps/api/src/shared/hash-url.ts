import { createHash } from 'node:crypto';

/** What URLs are found by: 64 hex digits, the same for the same bytes only. */
export const hashUrl = (url: string): string => createHash('sha256').update(url).digest('hex');
