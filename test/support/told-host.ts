import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DataSource } from 'typeorm';

/** A server that is told things: it answers every POST with `status`, and keeps what it took. */
export interface ToldHost {
  readonly host: string;
  status: number;
  /** Ids of the activities that it took. */
  readonly taken: string[];
  close(): Promise<void>;
}

export async function createToldHost(): Promise<ToldHost> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { id } = JSON.parse(Buffer.concat(chunks).toString()) as { id: string };
    if (told.status < 300) told.taken.push(id);
    response.writeHead(told.status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const told: ToldHost = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    status: 202,
    taken: [],
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  return told;
}

/** Writes, as any feature would, that an activity waits for the host. Answers the id of the delivery. */
export async function addDelivery(
  database: DataSource,
  { host }: { host: string },
  activityId: string,
): Promise<number> {
  const now = new Date();
  const dates = { createdAt: now, updatedAt: now };
  return database.transaction(async (manager) => {
    const body = JSON.stringify({
      id: activityId,
      type: 'Like',
      actor: 'https://elsewhere.example/a',
      object: 'https://o.example',
    });
    const activities = manager.getRepository('outbox_activities');
    const { id } = await activities.save({ activityUrl: activityId, actorId: null, body, ...dates });
    const hosts = manager.getRepository('delivery_hosts');
    if (!(await hosts.existsBy({ host }))) await hosts.insert({ host, ...dates });
    const delivery = {
      outboxActivityId: id,
      host,
      inboxUrl: `http://${host}/inbox`,
      state: 'waiting',
      waitingSince: now,
    };
    return (await manager.getRepository('deliveries').save({ ...delivery, ...dates })).id as number;
  });
}
