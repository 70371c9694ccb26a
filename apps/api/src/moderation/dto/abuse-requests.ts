import { z } from 'zod';
import { pageQuery } from '../../shared/page.js';
import { ABUSE_KINDS, AbuseState } from '../abuse.entity.js';
import { PREDEFINED_REASONS } from '../abuse-reasons.js';

const id = z.coerce.number().int().positive();
const second = z.coerce.number().int().min(0).nullable().default(null);
/** Characters, as in PeerTube. */
const MAX_TEXT = 3000;

const aboutVideo = z.object({
  id,
  startAt: second.describe('Seconds into the video where it begins.'),
  endAt: second.describe('Seconds into the video where it ends.'),
});

export const abuseCreation = z
  .object({
    reason: z.string({ error: 'is needed' }).trim().min(2).max(MAX_TEXT).describe('In words.'),
    predefinedReasons: z.array(z.enum(PREDEFINED_REASONS)).max(PREDEFINED_REASONS.length).default([]),
    video: aboutVideo.optional(),
    comment: z.object({ id }).optional(),
    account: z.object({ id }).optional(),
  })
  .refine(({ video, comment, account }) => [video, comment, account].filter(Boolean).length === 1, {
    error: 'must name one of video, comment and account',
    path: ['video'],
  });
export type AbuseCreation = z.output<typeof abuseCreation>;

export const abuseUpdate = z
  .object({
    state: z.coerce.number().pipe(z.enum(AbuseState)).describe('1 pending, 2 rejected, 3 accepted.'),
    moderationComment: z.string().trim().min(2).max(MAX_TEXT).describe('For the staff.'),
  })
  .partial();
export type AbuseUpdate = z.output<typeof abuseUpdate>;

export const abuseListQuery = pageQuery.extend({
  state: z.coerce.number().pipe(z.enum(AbuseState)).optional().describe('1 pending, 2 rejected, 3 accepted.'),
  filter: z.enum(ABUSE_KINDS).optional().describe('Reports of one kind only.'),
  sort: z
    .string()
    .regex(
      /^-?(createdAt|id|state)$/,
      'must be createdAt, id or state, with a leading - for the reverse order',
    )
    .transform((text) => ({
      key: text.replace(/^-/, '') as 'createdAt' | 'id' | 'state',
      descending: text.startsWith('-'),
    }))
    .prefault('-createdAt'),
});
export type AbuseListQuery = z.output<typeof abuseListQuery>;

export const abuseParam = z.object({ id: id.describe('Id of the report.') });
export type AbuseParam = z.output<typeof abuseParam>;
