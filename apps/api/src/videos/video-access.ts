import type { UserEntity } from '../users/user.entity.js';
import { UserRole } from '../users/user.entity.js';
import { VideoPrivacy, VideoState, type VideoEntity } from './video.entity.js';

type Visible = Pick<VideoEntity, 'privacy' | 'state' | 'channel'>;

/** The owner and the staff. `video.channel.account` must be loaded. */
export const mayManage = (video: Pick<VideoEntity, 'channel'>, user: UserEntity | null): boolean =>
  user !== null && (video.channel?.account?.userId === user.id || user.role !== UserRole.User);

/** Who may open a video by its link: everyone when public or unlisted, users when internal, its owner and the staff always. */
export function maySee(video: Visible, user: UserEntity | null): boolean {
  if (mayManage(video, user)) return true;
  if (video.state !== VideoState.Published) return false;
  if (video.privacy === VideoPrivacy.Internal) return user !== null;
  return isOpen(video.privacy);
}

/** Whether other instances know of it. Who has the link of an unlisted one may fetch it, but nobody is told. */
export const isTold = ({
  remote,
  state,
  privacy,
}: Pick<VideoEntity, 'remote' | 'state' | 'privacy'>): boolean =>
  !remote && state === VideoState.Published && privacy === VideoPrivacy.Public;

/** Files, torrents and the tracker serve these to whoever asks; all others need a file token and have no swarm. */
export const isOpen = (privacy: VideoPrivacy): boolean =>
  privacy === VideoPrivacy.Public || privacy === VideoPrivacy.Unlisted;
