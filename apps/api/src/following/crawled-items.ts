import type { ActorEntity } from '../actors/actor.entity.js';

/** Something that the outbox of a followed actor lists. */
export interface CrawledItem {
  /** The actor published the video, or passed it on. */
  type: 'Create' | 'Announce';
  /** Id of the activity, when the outbox says it. */
  activityUrl: string | null;
  videoUrl: string;
}

/** Port: takes what the outbox of a followed actor lists, each thing as if it came by itself. Answered by `remote-videos/`. */
export abstract class CrawledItems {
  /** Does nothing when it is here already. @throws RemoteError, DomainError when it cannot be had. */
  abstract take(actor: ActorEntity, item: CrawledItem, signal: AbortSignal): Promise<void>;
}
