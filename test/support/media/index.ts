export {
  type Clip,
  hasFfmpeg,
  makeAudio,
  makeClip,
  makeH264Mp4,
  makeRotatedMov,
  makeVp9Webm,
  testWithFfmpeg,
} from './ffmpeg.js';
export { difference, firstPicture, playThrough, type ProbedFile, probeFile } from './ffprobe.js';
export { type HostileFile, hostileFiles, hostileNames, reachingFiles } from './hostile.js';
export { makeMp4, type Mp4Options } from './mp4.js';
