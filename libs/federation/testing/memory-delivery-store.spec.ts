import { describeDeliveryStore } from './delivery-store-contract.js';
import { MemoryDeliveryStore } from './memory-delivery-store.js';

describeDeliveryStore('memory', async () => {
  const store = new MemoryDeliveryStore();
  let activities = 0;
  return {
    store,
    enqueue: async ({ waitingSince = new Date(), activityId = ++activities, ...delivery }) => ({
      id: store.enqueue({ ...delivery, waitingSince, activityId }),
      activityId,
    }),
    fate: async (id) => {
      const { state, reason, finishedAt } = store.deliveries[id - 1]!;
      return { state, reason, finishedAt };
    },
    setPaused: async (host, paused) => store.setPaused(host, paused),
    drop: async () => undefined,
  };
});
