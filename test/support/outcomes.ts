import type { FederatedInstance } from './create-instances.js';
import type { Activity, Peer, SendOptions } from './peer.js';
import { until } from './uploads.js';

/**
 * Sends activities of a peer to an instance and says what became of each: why it was refused, or `applied`; status and code of
 * the answer when it was not taken.
 */
export function outcomesAt({ address, administrator }: FederatedInstance, peer: Peer) {
  return async (activity: Activity & { id: string }, options?: SendOptions): Promise<unknown> => {
    const { status, code } = await peer.send(activity, address, options);
    if (status !== 202) return [status, code];
    const ended = async () => {
      const { data } = await administrator.inboxActivities({ count: 100 });
      const row = data.find((known) => known.activity.id === activity.id);
      return row && row.state !== 'received' ? row : null;
    };
    const { state, reason } = await until(ended, `the ${activity.type} is handled`);
    return reason ?? state;
  };
}
