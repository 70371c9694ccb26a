import { z } from 'zod';
import { accountViewSchema } from '../../accounts/dto/account-view.js';
import { channelViewSchema } from '../../channels/dto/channel-view.js';
import { pageOf } from '../../shared/page.js';

const bytes = z.int().describe('Bytes; -1 is no limit.');

/** A user, as they and the staff see them. */
export const userViewSchema = z
  .object({
    id: z.int(),
    username: z.string(),
    email: z.string(),
    emailVerified: z.boolean(),
    role: z.object({ id: z.int().describe('0 administrator, 1 moderator, 2 user.'), label: z.string() }),
    videoQuota: bytes,
    videoQuotaDaily: bytes,
    blocked: z.boolean(),
    blockedReason: z.string().nullable(),
    p2pEnabled: z.boolean(),
    nsfwPolicy: z.string(),
    autoPlayVideo: z.boolean(),
    videosHistoryEnabled: z.boolean(),
    theme: z.string(),
    twoFactorEnabled: z.boolean(),
    createdAt: z.iso.datetime(),
    account: accountViewSchema,
    videoChannels: z.array(channelViewSchema),
  })
  .meta({ id: 'User' });
export type UserView = z.output<typeof userViewSchema>;

export const userPageSchema = pageOf(userViewSchema);

export const createdUserSchema = z
  .object({ user: z.object({ id: z.int(), account: z.object({ id: z.int() }) }) })
  .meta({ id: 'CreatedUser' });
export type CreatedUserView = z.output<typeof createdUserSchema>;

export const quotaUseSchema = z
  .object({ videoQuotaUsed: z.int().describe('Bytes.'), videoQuotaUsedDaily: z.int().describe('Bytes.') })
  .meta({ id: 'QuotaUse' });
export type QuotaUseView = z.output<typeof quotaUseSchema>;
