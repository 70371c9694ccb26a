import type { Config } from '../config/config.js';
import { UnprocessableError } from '../shared/domain-error.js';
import type { MediaInfo } from './media-info.js';
import type { Mp4Layout } from './mp4-atoms.js';

/** @throws UnprocessableError `media_limit_exceeded` for a file that claims more than `media.limits` allows: bombs claim a lot. */
export function assertWithinLimits(info: MediaInfo, limits: Config['media']['limits']): void {
  const checks: Array<[string, number, number]> = [
    ['width', info.width, limits.maxWidth],
    ['height', info.height, limits.maxHeight],
    ['frame rate', info.fps, limits.maxFps],
    ['duration in seconds', info.duration, limits.maxDuration],
    ['number of streams', info.streams, limits.maxStreams],
  ];
  for (const [what, value, most] of checks) {
    if (value > most)
      throw new UnprocessableError(
        `Its ${what} is ${Math.round(value)}; the limit is ${most}.`,
        'media_limit_exceeded',
      );
  }
  if (!(info.duration > 0) || !(info.width > 0) || !(info.height > 0)) {
    throw new UnprocessableError(
      'The file has no picture that lasts: it may be cut short or broken.',
      'unreadable_media',
    );
  }
}

/** Before the index is read into memory. @throws UnprocessableError `media_limit_exceeded`, `unreadable_media` */
export function assertLayout(
  { indexSize, cutShort }: Mp4Layout,
  { maxIndexSize }: Config['media']['limits'],
): void {
  if (cutShort)
    throw new UnprocessableError('The file is cut short: its end is missing.', 'unreadable_media');
  if (indexSize <= maxIndexSize) return;
  throw new UnprocessableError(
    `Its index has ${indexSize} bytes; the limit is ${maxIndexSize}.`,
    'media_limit_exceeded',
  );
}
