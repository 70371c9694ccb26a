import type { ActorType, FollowActor } from '../api/federation-types';

/** `name@host`, by which the API tells actors apart. */
export const fullHandle = ({ name, host }: Pick<FollowActor, 'name' | 'host'>): string => `${name}@${host}`;

const isInstance = (type: ActorType) => type === 'Application' || type === 'Service';

/** What people call it: an instance by its host, all others by their handle. */
export const actorName = (actor: Pick<FollowActor, 'name' | 'host' | 'type'>): string =>
  isInstance(actor.type) ? actor.host : `@${fullHandle(actor)}`;

export function actorKind(type: ActorType): string {
  if (isInstance(type)) return 'Instance';
  return type === 'Group' ? 'Channel' : 'Account';
}

/** The same in the middle of a sentence. */
export function aKind(type: ActorType): string {
  const kind = actorKind(type).toLowerCase();
  return kind === 'channel' ? `a ${kind}` : `an ${kind}`;
}
