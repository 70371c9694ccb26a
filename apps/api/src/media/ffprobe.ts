import { z } from 'zod';
import { UnprocessableError } from '../shared/domain-error.js';
import type { FfmpegRunner } from './ffmpeg-runner.service.js';
import type { MediaInfo } from './media-info.js';

const stream = z.object({
  codec_type: z.string(),
  codec_name: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  avg_frame_rate: z.string().optional(),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
});
const answer = z.object({
  streams: z.array(stream),
  format: z.object({ duration: z.coerce.number().optional() }),
});

const CODECS: Record<string, string> = { h264: 'avc', hevc: 'hevc' };

function rate(text: string | undefined): number {
  const [over = 0, under = 1] = (text ?? '').split('/').map(Number);
  return under > 0 && Number.isFinite(over / under) ? over / under : 0;
}

/** Looks into a container that only ffmpeg understands. */
export async function probeWithFfprobe(
  runner: FfmpegRunner,
  path: string,
  demuxer: string,
  mediaType: string,
): Promise<MediaInfo> {
  const parsed = answer.safeParse(await runner.probe(demuxer, path).catch(() => null));
  if (!parsed.success)
    throw new UnprocessableError(
      'The file cannot be read: it may be cut short or broken.',
      'unreadable_media',
    );
  const { streams, format } = parsed.data;
  const video = streams.find(({ codec_type: type, width }) => type === 'video' && width);
  if (!video) throw new UnprocessableError('The file has no picture.', 'no_video');
  const audio = streams.find(({ codec_type: type }) => type === 'audio');
  const rotation = (360 - (video.side_data_list?.find(({ rotation }) => rotation)?.rotation ?? 0)) % 360;
  const upright = rotation % 180 !== 0;
  const [width, height] = [video.width ?? 0, video.height ?? 0];
  return {
    demuxer,
    mediaType,
    duration: format.duration ?? 0,
    width: upright ? height : width,
    height: upright ? width : height,
    rotation,
    fps: rate(video.avg_frame_rate),
    videoCodec: CODECS[video.codec_name ?? ''] ?? video.codec_name ?? 'unknown',
    audioCodec: audio ? (audio.codec_name ?? 'unknown') : null,
    streams: streams.length,
    fastStart: true,
    webReady: false,
  };
}
