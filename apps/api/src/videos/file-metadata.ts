import type { FileMetadataView } from './dto/file-metadata-view.js';
import type { VideoFileEntity } from './video-file.entity.js';
import type { VideoEntity } from './video.entity.js';

/** What processing found out about a file, told as ffprobe would. */
export function fileMetadata({ duration }: VideoEntity, file: VideoFileEntity): FileMetadataView {
  const { filename, mediaType, size, width, height, fps, hasVideo, hasAudio } = file;
  const picture = { codec_type: 'video' as const, width, height, avg_frame_rate: `${fps}/1` };
  const streams = [...(hasVideo ? [picture] : []), ...(hasAudio ? [{ codec_type: 'audio' as const }] : [])];
  return {
    format: {
      filename,
      format_name: mediaType.replace('video/', ''),
      duration,
      size,
      // A clip of less than a second lasts 0 whole ones.
      bit_rate: Math.round((size * 8) / Math.max(duration, 1)),
    },
    streams: streams.map((stream, index) => ({ index, ...stream })),
    chapters: [],
  };
}
