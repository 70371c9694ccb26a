import { UnprocessableError } from '../shared/domain-error.js';
import type { MediaInfo } from './media-info.js';
import { openMedia } from './media-library.js';
import { mp4Layout } from './mp4-atoms.js';

/** Frames looked at to tell the frame rate. */
const SAMPLED_FRAMES = 200;
const WEB_VIDEO = new Set(['avc', 'vp8', 'vp9', 'av1']);
const WEB_AUDIO = new Set(['aac', 'mp3', 'opus', 'vorbis']);
/** H.264 profiles that browsers decode: baseline, main, extended, high. Others have 10 bits or more colour. */
const WEB_AVC_PROFILES = new Set(['42', '4d', '58', '64']);

/** Looks into MP4, MOV, WebM and Matroska with mediabunny. */
export async function probeWithLibrary(path: string, demuxer: string): Promise<MediaInfo> {
  const { input, video, audio, close } = await openMedia(path).catch(refuse);
  try {
    if (!video) throw new UnprocessableError('The file has sound but no picture.', 'no_video');
    const { averagePacketRate } = await video.computePacketStats(SAMPLED_FRAMES);
    const codecString = (await video.getCodecParameterString()) ?? '';
    const videoCodec = video.codec ?? 'unknown';
    const audioCodec = audio ? (audio.codec ?? 'unknown') : null;
    return {
      demuxer,
      mediaType: await input.getMimeType().then((type) => type.split(';')[0]!),
      duration: await input.computeDuration(),
      width: video.displayWidth,
      height: video.displayHeight,
      rotation: video.rotation,
      fps: averagePacketRate,
      videoCodec,
      audioCodec,
      streams: (await input.getTracks()).length,
      fastStart: demuxer !== 'mov' || (await mp4Layout(path)).fastStart,
      webReady: isWebReady(videoCodec, codecString, audioCodec),
    };
  } catch (error) {
    return refuse(error);
  } finally {
    close();
  }
}

function refuse(error: unknown): never {
  if (error instanceof UnprocessableError) throw error;
  throw new UnprocessableError(`The file cannot be read: ${(error as Error).message}`, 'unreadable_media');
}

function isWebReady(videoCodec: string, codecString: string, audioCodec: string | null): boolean {
  if (!WEB_VIDEO.has(videoCodec) || (audioCodec !== null && !WEB_AUDIO.has(audioCodec))) return false;
  return (
    videoCodec !== 'avc' ||
    WEB_AVC_PROFILES.has(codecString.slice('avc1.'.length, 'avc1.'.length + 2).toLowerCase())
  );
}
