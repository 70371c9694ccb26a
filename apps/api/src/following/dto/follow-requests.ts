import { normalizeHost, parseHandle } from '@vidiverse/federation';
import { z } from 'zod';
import { pageQuery } from '../../shared/page.js';
import { listParam } from '../../shared/validation.js';
import { FOLLOW_STATES } from '../follow.entity.js';

const ACTOR_TYPES = ['Person', 'Group', 'Application', 'Service', 'Organization'] as const;
/** `score` and `redundancyAllowed` are PeerTube's: all are alike here. */
const SORTS = ['createdAt', 'updatedAt', 'state', 'id', 'score', 'redundancyAllowed'] as const;
const SORT = new RegExp(`^-?(${SORTS.join('|')})$`);

export const followListQuery = pageQuery.extend({
  state: z
    .enum(FOLLOW_STATES, { error: `must be one of ${FOLLOW_STATES.join(', ')}` })
    .optional()
    .describe('Follows in this state only.'),
  actorType: z
    .enum(ACTOR_TYPES, { error: `must be one of ${ACTOR_TYPES.join(', ')}` })
    .optional()
    .describe('Of the actor on the other side.'),
  search: z.string().max(255).optional().describe('Hosts and names that contain this text.'),
  sort: z
    .string()
    .regex(SORT, `must be one of ${SORTS.join(', ')}, with - for the other way round`)
    .default('-createdAt')
    .describe('A leading - for descending.'),
});
export type FollowListQuery = z.output<typeof followListQuery>;

/** `name@host` in the one form that is compared. */
const handleText = (text: string): string | null => {
  const handle = parseHandle(text);
  return handle && `${handle.name.toLowerCase()}@${handle.host}`;
};

const normalized = (read: (text: string) => string | null, message: string) =>
  z
    .string()
    .max(400)
    .transform((text, context) => {
      const found = read(text.trim());
      if (found === null) context.addIssue({ code: 'custom', message });
      return found ?? '';
    });

export const host = normalized(normalizeHost, 'must be a host, such as video.example').meta({
  type: 'string',
});
export const handle = normalized(handleText, 'must be name@host').meta({ type: 'string' });
const hostOrHandle = normalized(
  (text) => (text.replace(/^@/, '').includes('@') ? handleText(text) : normalizeHost(text)),
  'must be a host or name@host',
).meta({ type: 'string' });

export const followCreation = z
  .object({
    hosts: listParam(host).describe('Instances, by host.'),
    handles: listParam(handle).describe('Channels and accounts, as name@host.'),
  })
  .refine(({ hosts, handles }) => (hosts?.length ?? 0) + (handles?.length ?? 0) > 0, {
    message: 'names nobody: give hosts or handles',
    path: ['hosts'],
  });
export type FollowCreation = z.output<typeof followCreation>;

export const hostOrHandleParam = z.object({
  hostOrHandle: hostOrHandle.describe('Host of an instance, or name@host.'),
});
export type HostOrHandleParam = z.output<typeof hostOrHandleParam>;

export const handleParam = z.object({ handle: handle.describe('The follower, as name@host.') });
export type HandleParam = z.output<typeof handleParam>;
