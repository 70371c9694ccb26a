import { createHash, randomBytes } from 'node:crypto';

/** 40 hex digits nobody can guess. */
export const randomToken = (): string => randomBytes(20).toString('hex');

/** What is stored of a token: enough to know it again, not enough to use it. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
