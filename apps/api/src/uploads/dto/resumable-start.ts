import { z } from 'zod';
import { videoAttributes } from '../../videos/dto/video-attributes.js';
import { displayFilename } from '../display-filename.js';

const MAX_RAW_NAME = 10_000;

/** What begins a resumable upload: the fields of the video and the file they are for. */
export const resumableStart = videoAttributes.extend({
  filename: z
    .string()
    .min(1)
    .max(MAX_RAW_NAME)
    .transform(displayFilename)
    .describe('The file’s name: shown, cut to 255 characters, never used as a path.'),
  lastModified: z.coerce
    .number()
    .int()
    .optional()
    .describe('When the file was last changed, milliseconds since 1970: tells two files of one name apart.'),
});
export type ResumableStart = z.output<typeof resumableStart>;

/** `X-Upload-Content-Length`: bytes of the whole file. */
export const announcedSize = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);

const MAYBE_VIDEO = /^(video\/|audio\/|application\/(octet-stream|ogg|mp4|mxf|x-matroska))/i;

/** `X-Upload-Content-Type`: false when it cannot be a video. The content decides in the end. */
export const maybeVideo = (type: string | undefined): boolean => !type || MAYBE_VIDEO.test(type);
