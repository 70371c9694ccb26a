import { In } from 'typeorm';
import { VideoPrivacy, VideoState } from '../videos/video.entity.js';

/** Condition of a query for videos of ours whose torrents and swarms are for everybody: published, public or unlisted. */
export const OPEN_VIDEO = {
  remote: false,
  state: VideoState.Published,
  privacy: In([VideoPrivacy.Public, VideoPrivacy.Unlisted]),
};
