import { z } from 'zod';
import { accountViewSchema } from '../../accounts/dto/account-view.js';
import { channelSummarySchema } from '../../channels/dto/channel-view.js';
import { pageOf } from '../../shared/page.js';
import { AbuseState } from '../abuse.entity.js';

const instant = z.iso.datetime().describe('UTC, milliseconds.');

export const abuseSchema = z
  .object({
    id: z.int(),
    reason: z.string(),
    predefinedReasons: z.array(z.string()),
    state: z.object({ id: z.enum(AbuseState), label: z.string() }),
    moderationComment: z.string().nullable(),
    reporterAccount: accountViewSchema.nullable().describe('Null when it is gone.'),
    flaggedAccount: accountViewSchema.nullable().describe('Whose video, comment or account it is about.'),
    video: z
      .object({
        id: z.int().nullable(),
        uuid: z.string(),
        name: z.string(),
        nsfw: z.boolean(),
        deleted: z.boolean(),
        blacklisted: z.boolean(),
        thumbnailPath: z.string().nullable(),
        channel: channelSummarySchema.nullable(),
        startAt: z.int().nullable().describe('Seconds.'),
        endAt: z.int().nullable().describe('Seconds.'),
      })
      .nullable()
      .describe('Null unless it is about a video.'),
    comment: z
      .object({
        id: z.int().nullable(),
        threadId: z.int().nullable(),
        text: z.string(),
        deleted: z.boolean(),
        video: z.object({ id: z.int(), uuid: z.string(), name: z.string() }).nullable(),
      })
      .nullable()
      .describe('Null unless it is about a comment.'),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Abuse' });
export type AbuseView = z.output<typeof abuseSchema>;

export const abusePageSchema = pageOf(abuseSchema);
export const createdAbuseSchema = z.object({ abuse: z.object({ id: z.int() }) });
export type CreatedAbuseView = z.output<typeof createdAbuseSchema>;
