import { z } from 'zod';
import { booleanParam, dateParam } from '../../shared/validation.js';
import { CATEGORIES, LICENCES } from '../video-constants.js';
import { VideoPrivacy } from '../video.entity.js';

const MAX_TAGS = 5;

/** Forms cannot say null: an empty field, or the word, stands for it. */
const orNull = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' || value === 'null' ? null : value), schema.nullable());

const known = (labels: Record<number, string>, what: string) =>
  orNull(
    z.coerce
      .number()
      .int()
      .refine((id) => id in labels, `is no known ${what}`),
  );

const tags = z
  .preprocess(
    (value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : (value ?? [])),
    z.array(z.string().trim().min(2).max(30)).max(MAX_TAGS),
  )
  .describe(`At most ${MAX_TAGS}, 2 to 30 characters each; form fields repeat or separate by commas.`);

const fields = {
  name: z.string().trim().min(3).max(120).describe('Title, 3 to 120 characters.'),
  channelId: z.coerce.number().int().positive().describe('A channel of the uploader.'),
  privacy: z.coerce
    .number()
    .pipe(z.enum(VideoPrivacy))
    .describe('1 public, 2 unlisted, 3 private, 4 internal.'),
  description: orNull(z.string().max(10_000)).describe('Markdown, at most 10,000 characters.'),
  support: orNull(z.string().max(1000)).describe('Markdown, at most 1,000 characters.'),
  category: known(CATEGORIES, 'category'),
  licence: known(LICENCES, 'licence'),
  language: orNull(z.string().regex(/^[a-z]{2,3}(-[A-Za-z]{2,8})?$/, 'is no language code')),
  tags,
  nsfw: booleanParam,
  waitTranscoding: booleanParam.describe('Publish only when every rendition is made.'),
  commentsEnabled: booleanParam,
  downloadEnabled: booleanParam,
  originallyPublishedAt: orNull(dateParam),
};

/** What an uploader says about a video; accepts JSON and the strings of form bodies. Fields unknown to us are left out. */
export const videoAttributes = z.object({
  ...fields,
  privacy: fields.privacy.default(VideoPrivacy.Public),
  description: fields.description.default(null),
  support: fields.support.default(null),
  category: fields.category.default(null),
  licence: fields.licence.default(null),
  language: fields.language.default(null),
  tags: fields.tags.default([]),
  nsfw: fields.nsfw.default(false),
  waitTranscoding: fields.waitTranscoding.default(false),
  commentsEnabled: fields.commentsEnabled.default(true),
  downloadEnabled: fields.downloadEnabled.default(true),
  originallyPublishedAt: fields.originallyPublishedAt.default(null),
});
export type VideoAttributes = z.output<typeof videoAttributes>;

/** The fields that change; those left out stay. */
export const videoUpdate = z.object(fields).omit({ waitTranscoding: true }).extend({ tags }).partial();
export type VideoUpdate = z.output<typeof videoUpdate>;
