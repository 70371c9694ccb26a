/** Containers we look into: `file-type`'s name of the content -> ffmpeg's demuxer. Text, archives and playlists are none. */
const DEMUXERS: Record<string, string> = {
  mp4: 'mov',
  m4v: 'mov',
  mov: 'mov',
  '3gp': 'mov',
  '3g2': 'mov',
  webm: 'matroska',
  mkv: 'matroska',
  avi: 'avi',
  flv: 'flv',
  mts: 'mpegts',
  mpg: 'mpeg',
  ogv: 'ogg',
  ogg: 'ogg',
  asf: 'asf',
};

/** Those that need no ffmpeg to be understood. */
const READ_BY_LIBRARY = new Set(['mov', 'matroska']);

export const demuxerOf = (detected: string | undefined): string | undefined =>
  detected ? DEMUXERS[detected] : undefined;

export const isReadByLibrary = (demuxer: string): boolean => READ_BY_LIBRARY.has(demuxer);

export const extensionsWithFfmpeg = (): string[] =>
  [...Object.keys(DEMUXERS), 'ts', 'wmv', 'mpeg'].map((name) => `.${name}`);

export const extensionsWithoutFfmpeg = (): string[] => ['.mp4', '.m4v', '.mov', '.webm'];
