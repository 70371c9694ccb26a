import type { Note } from '@vidiverse/federation';
import { plainText } from '../shared/plain-text.js';
import { truncate } from '../shared/text.js';

/** What a remote comment says, in at most `length` characters. Mastodon sends HTML, PeerTube Markdown, which stays as it is. */
export const noteText = ({ content, mediaType }: Note, length: number): string =>
  truncate(mediaType === 'text/markdown' ? content.trim() : plainText(content), length);

/** Never later than now: a comment from the future would stay on top. */
export const notAfterNow = (date: Date | null): Date => {
  const now = new Date();
  return date && date < now ? date : now;
};
