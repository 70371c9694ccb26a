import { Logger } from '@nestjs/common';
import type { VideoListParameters } from '@vidiverse/hooks';
import { videoListQuery, type VideoListQuery } from './dto/video-list-query.js';

const logger = new Logger('Hooks');

/** What is asked for, as plugins read it: in the form of a request. */
export function listParameters({
  isLive: _,
  sort,
  startDate,
  endDate,
  ...query
}: VideoListQuery): VideoListParameters {
  const parameters = {
    ...query,
    sort: (sort.descending ? '-' : '') + sort.key,
    startDate: startDate?.toISOString(),
    endDate: endDate?.toISOString(),
  };
  // Plain JSON: what is not given is not there.
  return Object.fromEntries(
    Object.entries(parameters).filter(([, value]) => value !== undefined),
  ) as unknown as VideoListParameters;
}

/** What plugins made of `asked`, checked as a request is; `asked` itself when that finds a fault. */
export function changedQuery(
  asked: VideoListQuery,
  answer: VideoListParameters,
  hook: string,
): VideoListQuery {
  const { success, data, error } = videoListQuery.safeParse(answer);
  if (success) return { ...data, isLive: asked.isLive };
  const [issue] = error.issues;
  logger.warn(`hook ${hook}: an answer is not used: ${issue?.path.join('.')} ${issue?.message}`);
  return asked;
}
