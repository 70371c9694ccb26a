import { z } from 'zod';
import { pageQuery } from '../../shared/page.js';
import { booleanParam } from '../../shared/validation.js';
import { QUESTIONS } from '../follow-reviews.service.js';
import { handle, host } from './follow-requests.js';

const DECISIONS = ['allow', 'hold', 'refuse'] as const;

export const verdictListQuery = pageQuery.extend({
  question: z
    .enum(QUESTIONS, { error: `must be one of ${QUESTIONS.join(', ')}` })
    .optional()
    .describe('`follow`: may they follow us; `follow-back`: do we follow them back.'),
  decision: z.enum(DECISIONS, { error: `must be one of ${DECISIONS.join(', ')}` }).optional(),
  host: host.optional().describe('About actors of this host only.'),
});
export type VerdictListQuery = z.output<typeof verdictListQuery>;

export const exclusionCreation = z.object({
  host: host.describe('The instance that is never followed back.'),
  note: z.string().trim().max(1000).nullish().describe('Why, for other administrators.'),
});
export type ExclusionCreation = z.output<typeof exclusionCreation>;

export const exclusionParam = z.object({ host: host.describe('Host of an instance.') });
export type ExclusionParam = z.output<typeof exclusionParam>;

export const dryRunRequest = z
  .object({ host: host.optional(), handle: handle.optional() })
  .refine((body) => (body.host === undefined) !== (body.handle === undefined), {
    message: 'give either a host or a handle',
    path: ['host'],
  });
export type DryRunRequest = z.output<typeof dryRunRequest>;

export const rejectAllQuery = pageQuery.extend({
  dryRun: booleanParam.default(false).describe('true: only says who would be rejected.'),
});
export type RejectAllQuery = z.output<typeof rejectAllQuery>;
