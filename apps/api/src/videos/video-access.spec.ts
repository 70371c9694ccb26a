import { describe, expect, test } from '@jest/globals';
import { UserEntity, UserRole } from '../users/user.entity.js';
import { maySee } from './video-access.js';
import { VideoPrivacy, VideoState } from './video.entity.js';

const user = (id: number, role = UserRole.User) => Object.assign(new UserEntity(), { id, role });
const owner = user(1);
const stranger = user(2);
const moderator = user(3, UserRole.Moderator);
const video = (privacy: VideoPrivacy, state = VideoState.Published) => ({
  privacy,
  state,
  channel: { account: { userId: owner.id } } as never,
});

describe('who may open a video by its link', () => {
  test.each([
    ['public', VideoPrivacy.Public, [true, true]],
    ['unlisted', VideoPrivacy.Unlisted, [true, true]],
    ['internal', VideoPrivacy.Internal, [false, true]],
    ['private', VideoPrivacy.Private, [false, false]],
  ])('%s: visitors and other users', (_, privacy, expected) => {
    expect([maySee(video(privacy), null), maySee(video(privacy), stranger)]).toEqual(expected);
  });

  test('its owner and the staff always, also before it is published', () => {
    for (const privacy of [VideoPrivacy.Public, VideoPrivacy.Private]) {
      expect(maySee(video(privacy, VideoState.ToTranscode), owner)).toBe(true);
      expect(maySee(video(privacy, VideoState.ToTranscode), moderator)).toBe(true);
      expect(maySee(video(privacy, VideoState.ToTranscode), stranger)).toBe(false);
      expect(maySee(video(privacy, VideoState.ToTranscode), null)).toBe(false);
    }
  });
});
