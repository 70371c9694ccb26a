import { defineGuard } from '../hook.js';
import type { Owner } from './people.data.js';
import type { VideoReference } from './video.data.js';

/** Somebody, here or elsewhere, says something about a video. */
export interface ReceivedComment {
  /** ActivityPub id; null for one that is written here, which gets its id when it is stored. */
  readonly url: string | null;
  readonly isLocal: boolean;
  /** Markdown or plain text, never HTML. */
  readonly text: string;
  readonly author: Pick<Owner, 'name' | 'displayName' | 'url' | 'host'>;
  readonly video: VideoReference;
  /** Id of the comment that it answers; null for the video itself, and for what arrives together with the comment that it answers. */
  readonly inReplyToId: number | null;
}

export const commentReceived = defineGuard<ReceivedComment>({
  name: 'comments.comment.receive',
  description: `
Called before a comment is stored, and again when a new version of one arrives. \`refuse\` ends it; its author here reads the
reason. \`hold\`: a comment that is written here is not stored, and its author may try again; one from elsewhere waits like an
activity that failed and is tried again, a few times. One that is found along with its video is looked for again when the
video is refreshed.`,
  example: `({ text }) => (text.split('http').length > 4 ? refuse('Too many links.') : undefined)`,
});
