import { z } from 'zod';
import { pageOf, pageQuery } from '../../shared/page.js';
import { type InboxActivityEntity, INBOX_STATES } from '../inbox-activity.entity.js';

export const inboxActivityListQuery = pageQuery.extend({
  state: z
    .enum(INBOX_STATES, { error: `must be one of ${INBOX_STATES.join(', ')}` })
    .optional()
    .describe('Activities in this state only.'),
  type: z.string().max(64).optional().describe('Activities of this type only, such as `Follow`.'),
  host: z
    .string()
    .toLowerCase()
    .max(255)
    .optional()
    .describe('Of this host only, with a port if it has one.'),
  sort: z
    .enum(['createdAt', '-createdAt'], { error: 'must be createdAt or -createdAt' })
    .default('-createdAt')
    .describe('By arrival; a leading - for newest first.'),
});
export type InboxActivityListQuery = z.output<typeof inboxActivityListQuery>;

export const inboxActivityParam = z.object({
  id: z.coerce.number().int().positive().describe('Number of the activity in this list.'),
});
export type InboxActivityParam = z.output<typeof inboxActivityParam>;

/** (Ours, not in PeerTube.) */
export const inboxActivitySchema = z.object({
  id: z.number().int(),
  activity: z.object({
    id: z.string(),
    type: z.string(),
    actor: z.string(),
    document: z.unknown().describe('What was proven of it, in the form in which it is read here.'),
  }),
  host: z.string().describe('Of the actor.'),
  state: z.enum(INBOX_STATES).describe('received: it waits to be handled. failed: tried too often in vain.'),
  reason: z.string().nullable().describe('Why it was refused or failed.'),
  issuedAt: z.iso.datetime().nullable().describe('By its author’s clock, where that is proven.'),
  createdAt: z.iso.datetime().describe('When it came.'),
  finishedAt: z.iso.datetime().nullable(),
});
export type InboxActivityView = z.output<typeof inboxActivitySchema>;

export const inboxActivityPageSchema = pageOf(inboxActivitySchema);

export function toInboxActivityView(row: InboxActivityEntity): InboxActivityView {
  const { id, activityUrl, actorUrl, type, document, host, state, reason, issuedAt, createdAt, finishedAt } =
    row;
  return {
    id,
    activity: { id: activityUrl, type, actor: actorUrl, document },
    host,
    state,
    reason,
    issuedAt: issuedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
