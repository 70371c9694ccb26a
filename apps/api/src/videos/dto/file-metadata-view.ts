import { z } from 'zod';

/** The part of ffprobe's document that PeerTube's clients show. */
export const fileMetadataSchema = z
  .object({
    format: z.object({
      filename: z.string(),
      format_name: z.string().describe('`mp4` or `webm`.'),
      duration: z.int().describe('Seconds.'),
      size: z.int().describe('Bytes.'),
      bit_rate: z.int().describe('Bits per second, of sound and picture together.'),
    }),
    streams: z.array(
      z.object({
        index: z.int(),
        codec_type: z.enum(['video', 'audio']),
        width: z.int().optional().describe('Pixels.'),
        height: z.int().optional().describe('Pixels.'),
        avg_frame_rate: z.string().optional().describe('Pictures per second, as a fraction.'),
      }),
    ),
    chapters: z.array(z.never()),
  })
  .meta({ id: 'FileMetadata' });
export type FileMetadataView = z.output<typeof fileMetadataSchema>;
