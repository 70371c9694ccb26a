import type { Copy } from '../../support/caching.js';
import type { Page } from '../../support/client.js';
import { until } from '../../support/uploads.js';
import type { VideoFile } from '../../support/videos.js';
import { rowsOf } from './database-of.js';
import { unequal } from './differences.js';
import type { FederatedProcess } from './federated-processes.js';

/** Milliseconds; a copy that could not be checked in time is looked at again. */
const DEADLINE = 60_000;

interface Redundancy {
  redundancies: { files: Array<{ fileUrl: string }> };
}

export const uuidsOf = async (server: FederatedProcess): Promise<string[]> =>
  (await rowsOf<{ uuid: string }>(server, 'SELECT uuid FROM videos ORDER BY id')).map(({ uuid }) => uuid);

/** Bytes of each video's only file that the server gave away since it was started. */
export async function bytesServed(server: FederatedProcess): Promise<Map<string, number>> {
  const served = new Map<string, number>();
  for (const uuid of await uuidsOf(server)) {
    const path = `/api/v1/videos/${uuid}/swarm`;
    const { files } = await server.root.call<{ files: Array<{ webSeedBytes: number }> }>('GET', path);
    served.set(uuid, files[0]!.webSeedBytes);
  }
  return served;
}

/** What the origin tells administrators and viewers of copies, against those that are whole. */
export async function differencesOfSeeds(origin: FederatedProcess, copies: Copy[]): Promise<string[]> {
  const there = copies.flatMap(({ fileUrl }) => fileUrl ?? []);
  let wrong: string[] = [];
  const isRight = async () => {
    wrong = [
      ...unequal('seeds that are known', there, await knownSeeds(origin)),
      ...unequal('seeds that viewers see', there, await shownSeeds(origin)),
    ];
    return wrong.length === 0;
  };
  await until(isRight, 'the origin lists what is cached', DEADLINE).catch(() => undefined);
  return wrong;
}

async function knownSeeds({ root }: FederatedProcess): Promise<string[]> {
  const query = { target: 'my-videos', count: 100 };
  const { data } = await root.call<Page<Redundancy>>('GET', '/api/v1/server/redundancy/videos', { query });
  return data.flatMap(({ redundancies }) => redundancies.files.map(({ fileUrl }) => fileUrl));
}

async function shownSeeds(origin: FederatedProcess): Promise<string[]> {
  const shown: string[] = [];
  for (const uuid of await uuidsOf(origin)) {
    const [file] = (await origin.root.video(uuid)).files as Array<VideoFile & { webSeeds: string[] }>;
    shown.push(...file!.webSeeds.filter((url) => url !== file!.fileUrl));
  }
  return shown;
}

/** What a server did not do of what others told it. */
export async function refusals(server: FederatedProcess): Promise<string[]> {
  const query = "SELECT type, state, reason FROM inbox_activities WHERE state <> 'applied'";
  const rows = await rowsOf<{ type: string; state: string; reason: string }>(server, query);
  return rows.map(({ type, state, reason }) => `${server.host} has a ${type} ${state}: ${reason}`);
}
