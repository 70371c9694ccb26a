import { Injectable, Logger } from '@nestjs/common';
import { type JsonObject, SignatureWorkersBusyError } from '@vidiverse/federation';
import { HookRegistry, objectBuilt } from '@vidiverse/hooks';

/** What plugins have a say in; other objects that activities carry are not content of ours. */
const TYPES: ReadonlySet<unknown> = new Set(['Video', 'Note', 'Person', 'Group', 'Application']);
/** Activities that carry such an object whole. */
const CARRIERS: ReadonlySet<unknown> = new Set(['Create', 'Update']);

/** Objects of ours as plugins make them, before they leave: when they are served, and when an activity is signed. */
@Injectable()
export class ObjectHooks {
  private readonly logger = new Logger('Hooks');

  constructor(private readonly registry: HookRegistry) {}

  /** The object, without contexts, as plugins make it. */
  async built<Built extends object>(object: Built): Promise<Built> {
    const { type, id, attributedTo } = object as { type?: unknown; id?: unknown; attributedTo?: unknown };
    if (!this.registry.hasHandlers(objectBuilt) || !TYPES.has(type)) return object;
    // A copy in plain JSON, since what plugins get is frozen.
    const value = JSON.parse(JSON.stringify(object)) as JsonObject;
    const about = { type: type as string, id: id as string };
    const answer = await this.registry.filter(objectBuilt, value, about);
    if (answer === value) return object;
    const { '@context': _, attributedTo: __, ...changed } = answer;
    return { ...changed, ...about, ...(attributedTo !== undefined && { attributedTo }) } as Built;
  }

  /** The activity with the object that it carries as plugins make it. */
  async carried<Carrier extends object>(activity: Carrier): Promise<Carrier> {
    const { type, object } = activity as { type?: unknown; object?: unknown };
    if (!CARRIERS.has(type) || typeof object !== 'object' || object === null) return activity;
    const built = await this.built(object);
    return built === object ? activity : { ...activity, object: built };
  }

  /** Signs `changed`; or the activity as it was, when a plugin made of it what cannot be signed. */
  async signed<Signed>(
    activity: object,
    changed: object,
    sign: (activity: JsonObject) => Promise<Signed>,
  ): Promise<Signed> {
    // As plain JSON: dates and the like are not signed.
    const plain = (document: object) => JSON.parse(JSON.stringify(document)) as JsonObject;
    if (changed === activity) return sign(plain(activity));
    try {
      return await sign(plain(changed));
    } catch (error) {
      if (error instanceof SignatureWorkersBusyError) throw error;
      this.logger.warn(`hook ${objectBuilt.name}: an answer cannot be signed: ${(error as Error).message}`);
      return sign(plain(activity));
    }
  }
}
