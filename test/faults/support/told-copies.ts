import { rowsOf } from './database-of.js';
import type { FederatedProcess } from './federated-processes.js';

/** What a cache instance told of its copies: ids of their CacheFiles, in the order in which they were delivered. */
export interface ToldCopies {
  offered: string[];
  takenBack: string[];
}

interface Told {
  type: string;
  object: { id: string; object: { id: string } };
}

const DELIVERED = `
  SELECT body FROM outbox_activities JOIN deliveries ON deliveries.outboxActivityId = outbox_activities.id
  WHERE deliveries.state = 'delivered' AND body LIKE '%"CacheFile"%' ORDER BY deliveries.id`;

/** Of an instance that tells the origin alone, since nobody follows it. */
export async function toldCopies(cache: FederatedProcess): Promise<ToldCopies> {
  const told = (await rowsOf<{ body: string }>(cache, DELIVERED)).map(({ body }) => JSON.parse(body) as Told);
  const of = (kind: string) => told.filter(({ type }) => type === kind);
  return {
    offered: of('Create').map(({ object }) => object.id),
    takenBack: of('Undo').map(({ object }) => object.object.id),
  };
}

/** The copy that a CacheFile is of: its row's number ends the id. */
export const copyIdOf = (cacheFile: string) => Number(/\d+$/.exec(cacheFile)![0]);
