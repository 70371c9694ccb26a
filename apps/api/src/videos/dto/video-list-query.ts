import { z } from 'zod';
import { pageQuery } from '../../shared/page.js';
import { booleanParam, dateParam, listParam } from '../../shared/validation.js';
import { VideoPrivacy } from '../video.entity.js';

/** What a list may be ordered by; the column each stands for is chosen in `video-list.service.ts`. */
export const SORTS = [
  'name',
  'duration',
  'createdAt',
  'publishedAt',
  'originallyPublishedAt',
  'updatedAt',
  'views',
  'likes',
  'comments',
  'trending',
  'hot',
  'best',
  'match',
] as const;
export type SortKey = (typeof SORTS)[number];

/** One sort key, with a leading - for the reverse order. */
export const videoSort = z
  .string()
  .regex(
    new RegExp(`^-?(${SORTS.join('|')})$`),
    `must be one of ${SORTS.join(', ')}, with a leading - for the reverse order`,
  )
  .transform((text) => ({ key: text.replace(/^-/, '') as SortKey, descending: text.startsWith('-') }));

const integers = listParam(z.coerce.number().int());
const strings = listParam(z.string().trim().min(1).max(120));

/** Parameters of every list of videos, as PeerTube clients send them; those unknown to us are left aside. */
export const videoListQuery = pageQuery.extend({
  sort: videoSort.prefault('-publishedAt').describe('Order; a leading - reverses it.'),
  search: z.string().trim().max(2000).optional().describe('Words that title or tags contain.'),
  nsfw: z.enum(['true', 'false', 'both']).default('both'),
  isLocal: booleanParam.optional(),
  isLive: booleanParam.optional(),
  skipCount: booleanParam.default(false).describe('Answers total 0 and saves the counting.'),
  categoryOneOf: integers,
  licenceOneOf: integers,
  languageOneOf: strings,
  tagsOneOf: strings,
  tagsAllOf: strings,
  durationMin: z.coerce.number().int().min(0).optional().describe('Seconds.'),
  durationMax: z.coerce.number().int().min(0).optional().describe('Seconds.'),
  startDate: dateParam.optional().describe('Published not before.'),
  endDate: dateParam.optional().describe('Published not after.'),
  privacyOneOf: listParam(z.coerce.number().pipe(z.enum(VideoPrivacy))).describe(
    'Staff only; others see public videos.',
  ),
  host: z.string().max(255).optional().describe('Host and port of an instance.'),
});
export type VideoListQuery = z.output<typeof videoListQuery>;
