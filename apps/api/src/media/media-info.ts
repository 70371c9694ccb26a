import type { UploadedMedia } from '@vidiverse/hooks';

/** What is known of a video file after a look inside. */
export interface MediaInfo {
  /** ffmpeg's name of the container's demuxer, which is the only one it may use: `mov`, `matroska`, `avi`, ... */
  demuxer: string;
  /** `video/mp4`, `video/webm`, ... */
  mediaType: string;
  /** Seconds. */
  duration: number;
  /** Pixels as shown, after rotation. */
  width: number;
  height: number;
  /** Degrees clockwise that a player turns the picture. */
  rotation: number;
  fps: number;
  /** `avc`, `hevc`, `vp8`, `vp9`, `av1` or ffprobe's name of another. */
  videoCodec: string;
  /** Null without sound. */
  audioCodec: string | null;
  streams: number;
  /** MP4 and MOV: the index comes before the media, so that playing can begin at once. */
  fastStart: boolean;
  /** Browsers play its tracks as they are, in an MP4 or WebM container. */
  webReady: boolean;
}

/** What plugins are told of it. */
export const uploadedMedia = (info: MediaInfo): UploadedMedia => {
  const { mediaType, duration, width, height, fps, videoCodec, audioCodec } = info;
  return { mediaType, duration, width, height, fps, videoCodec, audioCodec };
};

/** The shorter side: what people call 720p, also of an upright video. */
export const resolutionOf = ({ width, height }: Pick<MediaInfo, 'width' | 'height'>): number =>
  Math.min(width, height);
