import type { VideoDetails, VideoFields } from '../../api/types';

/** The server's limits, told before the form is sent. */
export const LIMITS = { name: { least: 3, most: 120 }, description: 10_000 };

/** What is wrong with the fields, by name; empty when they can be sent. */
export function problemsOf({ name, description }: VideoFields): Record<string, string> {
  const problems: Record<string, string> = {};
  const { length } = name.trim();
  if (length < LIMITS.name.least || length > LIMITS.name.most)
    problems.name = `A title has ${LIMITS.name.least} to ${LIMITS.name.most} characters; this one has ${length}.`;
  if ((description?.length ?? 0) > LIMITS.description)
    problems.description = `A description has at most ${LIMITS.description} characters.`;
  return problems;
}

export const fieldsOf = (video: VideoDetails): VideoFields => ({
  name: video.name,
  channelId: video.channel.id,
  privacy: video.privacy.id ?? 1,
  description: video.description,
  category: video.category.id,
  licence: video.licence.id,
  language: video.language.id,
  tags: [...video.tags],
  nsfw: video.nsfw,
  downloadEnabled: video.downloadEnabled,
});
