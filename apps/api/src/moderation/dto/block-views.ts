import { z } from 'zod';
import { accountViewSchema } from '../../accounts/dto/account-view.js';
import { pageOf } from '../../shared/page.js';

const instant = z.iso.datetime().describe('UTC, milliseconds.');
const byAccount = accountViewSchema.nullable().describe('Who blocks it; null for the instance.');

const accountBlockSchema = z
  .object({ byAccount, blockedAccount: accountViewSchema, createdAt: instant })
  .meta({ id: 'AccountBlock' });
export const accountBlockPageSchema = pageOf(accountBlockSchema);
export type AccountBlockPageView = z.output<typeof accountBlockPageSchema>;

const serverBlockSchema = z
  .object({ byAccount, blockedServer: z.object({ host: z.string() }), createdAt: instant })
  .meta({ id: 'ServerBlock' });
export const serverBlockPageSchema = pageOf(serverBlockSchema);
export type ServerBlockPageView = z.output<typeof serverBlockPageSchema>;

const status = z.object({ blockedByServer: z.boolean(), blockedByUser: z.boolean() });
export const blockStatusSchema = z
  .object({
    accounts: z.record(z.string(), status).describe('By handle.'),
    hosts: z.record(z.string(), status).describe('By host.'),
  })
  .meta({ id: 'BlockStatus' });
export type BlockStatusView = z.output<typeof blockStatusSchema>;
