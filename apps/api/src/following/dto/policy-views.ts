import { z } from 'zod';
import { pageOf } from '../../shared/page.js';
import { followSchema } from './follow-views.js';

const verdict = z
  .object({
    decision: z.string().describe('`allow`, `hold` or `refuse`.'),
    rule: z.string().describe('The rule that decided; its name never changes.'),
    reason: z.string().describe('In words.'),
  })
  .meta({ id: 'Verdict' });

export const storedVerdictSchema = verdict
  .extend({
    id: z.int(),
    question: z.string().describe('`follow` or `follow-back`.'),
    actor: z.string().describe('URL of who follows.'),
    host: z.string(),
    target: z.string().describe('URL of what it follows.'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'StoredVerdict' });
export type StoredVerdictView = z.output<typeof storedVerdictSchema>;
export const verdictPageSchema = pageOf(storedVerdictSchema);

export const exclusionSchema = z
  .object({ host: z.string(), note: z.string().nullable(), createdAt: z.iso.datetime() })
  .meta({ id: 'FollowBackExclusion' });
export type ExclusionView = z.output<typeof exclusionSchema>;
export const exclusionPageSchema = pageOf(exclusionSchema);

export const dryRunSchema = z
  .object({
    follower: z.object({
      url: z.string(),
      host: z.string(),
      type: z.string(),
      found: z
        .boolean()
        .describe('false: its server does not answer, and an instance of that host is assumed.'),
    }),
    follow: verdict.describe('Whether its follow of this instance would be accepted.'),
    followBack: verdict.describe('Whether this instance would follow it back.'),
  })
  .meta({ id: 'FollowDryRun' });
export type DryRunView = z.output<typeof dryRunSchema>;

export const rejectAllSchema = z
  .object({
    dryRun: z.boolean(),
    total: z.int().describe('Followers that are, or would be, rejected.'),
    data: z.array(followSchema).describe('A page of them.'),
  })
  .meta({ id: 'RejectAll' });
export type RejectAllView = z.output<typeof rejectAllSchema>;
