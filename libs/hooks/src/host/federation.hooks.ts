import { defineFilter, defineGuard } from '../hook.js';
import type { JsonObject } from './json.js';

export interface ObjectContext {
  /** ActivityPub type, such as `Video`, `Note`, `Person`, `Group` or `Application`. */
  readonly type: string;
  /** Its id, which stays. */
  readonly id: string;
}

export const objectBuilt = defineFilter<JsonObject, ObjectContext>({
  name: 'federation.object.build',
  description: `
Called when a video, comment, account, channel or the instance of this server is written as an ActivityPub object, to be sent
or to be served: before it is signed and before the contexts are added. \`id\`, \`type\` and the owner (\`attributedTo\`) stay
what they are. An object whose activity cannot be signed then, since it has a term that the contexts do not know, is sent as
it was. Keep every change small: other servers read the result, also those that never heard of the plugin.`,
  example: `(object, { type }) => (type === 'Video' ? { ...object, sensitive: true } : object)`,
});

/** An activity whose author is proven. */
export interface ReceivedActivity {
  /** Its ActivityPub id. */
  readonly id: string;
  /** `Create`, `Update`, `Announce`, ... */
  readonly type: string;
  readonly actorUrl: string;
  /** Of the actor. */
  readonly host: string;
  /** As it was proven, compacted to this server's terms. */
  readonly document: JsonObject;
}

export const activityReceived = defineGuard<ReceivedActivity>({
  name: 'federation.activity.receive',
  description: `
Called by the job that applies an activity, after its signature, its owner and the blocks were checked, and before other
servers are asked about it. \`refuse\` drops it with the reason, which administrators see; \`hold\` lets it wait like one that
failed: it is tried again, a few times.`,
  example: `({ type, host }) => (type === 'Announce' && host === 'loud.example' ? refuse('Too many.') : undefined)`,
});

/** An activity of ours, on its way to one inbox. */
export interface DueDelivery {
  readonly id: number;
  readonly activityUrl: string;
  /** `Create`, `Update`, `Accept`, ... */
  readonly type: string;
  readonly host: string;
  readonly inboxUrl: string;
  /** ISO 8601. */
  readonly waitingSince: string;
  /** Tries that failed. */
  readonly attempts: number;
  readonly activity: JsonObject;
}

export const deliveryDue = defineGuard<DueDelivery>({
  name: 'federation.delivery.send',
  description: `
Called right before an activity is sent to an inbox, for each try. \`refuse\` gives the delivery up, with the reason;
\`hold\` counts as a try that failed, so that it and what waits behind it for that host are tried again later.`,
  example: `({ type, host }) => (type === 'View' && host === 'small.example' ? refuse('It asked for no views.') : undefined)`,
});
