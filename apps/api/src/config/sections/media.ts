import { z } from 'zod';
import { KIB, MIB, GIB, seconds, bytes, count, flag, listOf } from './values.js';

// What is uploaded and made of it.

export const uploads = z
  .strictObject({
    maxFileSize: bytes.default(8 * GIB),
    maxThumbnailSize: bytes.default(4 * MIB),
    sessionLifetime: seconds
      .default(24 * 3600)
      .describe('An unfinished upload is kept this long after its last byte.'),
    maxSessionsPerUser: count.default(10),
    minChunkSize: bytes
      .default(4 * KIB)
      .describe('Smallest chunk of a resumable upload but its last: tiny ones cost more than they carry.'),
    idleTimeout: seconds
      .default(60)
      .describe('A connection that sends nothing of its upload for so long is cut.'),
    sweepInterval: seconds.default(300).describe('Pause between looks for uploads that were given up.'),
  })
  .prefault({});

/** Also what plugins answer is checked by it. */
export const transcodingSchema = z.strictObject({
  enabled: flag.default(true),
  resolutions: listOf(z.coerce.number().int().min(144).max(2160))
    .default([360, 720, 1080])
    .describe('Heights of the renditions below the original.'),
  keyFrameInterval: seconds.default(2).describe('Seconds between key frames, the same in every rendition.'),
  maxFps: count.max(120).default(60),
  threads: count.max(64).default(2),
  crf: z.coerce.number().int().min(15).max(40).default(23),
  maxBitsPerPixel: z.coerce
    .number()
    .min(0.01)
    .max(2)
    .default(0.15)
    .describe('Limits the bitrate of what is encoded: 0.15 is 4.1 Mbit/s for 720p at 30 pictures a second.'),
  preset: z.enum(['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium']).default('veryfast'),
});

export const media = z
  .strictObject({
    ffmpegPath: z
      .string()
      .default('ffmpeg')
      .describe('A name on the PATH or a full path; "none" turns ffmpeg off.'),
    ffprobePath: z.string().default('ffprobe'),
    sweepInterval: seconds
      .default(3600)
      .describe('Pause between looks for files that a killed process left without a row.'),
    transcoding: transcodingSchema.prefault({}),
    limits: z
      .strictObject({
        maxWidth: count.default(7680),
        maxHeight: count.default(7680),
        maxFps: count.default(240),
        maxDuration: seconds.default(12 * 3600),
        maxStreams: count.default(20),
        memory: bytes.default(2 * GIB).describe('Address space of one ffmpeg process.'),
        maxIndexSize: bytes
          .default(64 * MIB)
          .describe(
            'Largest index (moov) of an MP4 or MOV; it is held in memory while the file is looked at.',
          ),
        maxOutputSize: bytes.default(32 * GIB).describe('Largest file that one ffmpeg process may write.'),
        secondsPerMediaSecond: count
          .default(30)
          .describe('ffmpeg may run this much longer than the video lasts.'),
        minimumSeconds: seconds.default(120),
      })
      .prefault({}),
  })
  .prefault({});
