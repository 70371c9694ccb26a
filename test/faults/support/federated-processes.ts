import { administratorOf, type InstanceClient } from '../../support/client.js';
import { createServerProcess, type ServerProcess } from '../../support/server-process.js';
import { until } from '../../support/uploads.js';
import { QUICK_PUBLISHING } from '../../support/videos.js';
import { rowsOf } from './database-of.js';

/** Processes that may speak to each other on this machine; a death is noticed soon, and nothing is limited. */
const FAULTY_WORLD = {
  ...QUICK_PUBLISHING,
  VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true',
  VIDIVERSE_JOBS_LEASE: '2',
  // They die of us, not of their jobs.
  VIDIVERSE_JOBS_CRASH_LIMIT: '100000',
  VIDIVERSE_MEDIA_SWEEP_INTERVAL: '1',
  VIDIVERSE_UPLOADS_SWEEP_INTERVAL: '1',
  VIDIVERSE_HTTP_REQUESTS_PER_WINDOW: '1000000',
  VIDIVERSE_INTERACTION_COMMENTS_PER_WINDOW: '1000000',
  VIDIVERSE_INTERACTION_RATES_PER_WINDOW: '1000000',
  VIDIVERSE_FEDERATION_SILENT_PAUSE: '200',
  VIDIVERSE_FEDERATION_DELIVERY_SWEEP_INTERVAL: '100',
  VIDIVERSE_FEDERATION_INBOX_KEY_FAILURE_PAUSE: '200',
  VIDIVERSE_FEDERATION_INBOX_KEY_REFRESH_PAUSE: '200',
  VIDIVERSE_FEDERATION_INBOX_FIRST_RETRY: '100',
  VIDIVERSE_FEDERATION_INBOX_MAX_RETRY: '1000',
  VIDIVERSE_FEDERATION_INBOX_ATTEMPTS: '1000',
};

/** An instance in a process of its own, with its administrator. */
export interface FederatedProcess extends ServerProcess {
  /** As it stands in handles: with the port. */
  readonly host: string;
  readonly root: InstanceClient;
  readonly channelId: number;
}

/** Starts so many, one after the other; `started` has them as soon as there is something to remove. */
export async function startProcesses(
  count: number,
  environment: Record<string, string>,
  started: ServerProcess[],
): Promise<FederatedProcess[]> {
  const processes: FederatedProcess[] = [];
  for (let index = 0; index < count; index += 1) {
    const server = await createServerProcess({ environment: { ...FAULTY_WORLD, ...environment } });
    started.push(server);
    processes.push(await federated(server));
  }
  return processes;
}

async function federated(server: ServerProcess): Promise<FederatedProcess> {
  await server.start();
  const root = await administratorOf(server);
  const [channel] = (await root.me()).videoChannels;
  const more = { host: new URL(server.address).host, root, channelId: channel!.id };
  return Object.defineProperties(more, Object.getOwnPropertyDescriptors(server)) as FederatedProcess;
}

const UNFINISHED = `
  SELECT 'job' AS what, kind AS detail, COALESCE(lastError, state) AS why FROM jobs
    WHERE state IN ('waiting', 'active', 'delayed') AND kind <> 'caching.round'
  UNION ALL SELECT 'delivery', inboxUrl, COALESCE(lastError, state) FROM deliveries WHERE state = 'waiting'
  UNION ALL SELECT 'activity', activityUrl, COALESCE(reason, state) FROM inbox_activities WHERE state = 'received'`;
const EVER =
  'SELECT (SELECT MAX(id) FROM deliveries) AS told, (SELECT MAX(id) FROM inbox_activities) AS heard';

/** Waits until nobody has anything left to do, to tell or to take in; twice in a row, with nothing new in between. */
export async function untilQuiet(processes: FederatedProcess[], deadline: number): Promise<void> {
  let before = '';
  let left: unknown[] = [];
  const isQuiet = async () => {
    left = (await Promise.all(processes.map((one) => rowsOf(one, UNFINISHED)))).flat();
    const now = JSON.stringify(await Promise.all(processes.map((one) => rowsOf(one, EVER))));
    const same = now === before;
    before = now;
    return same && left.length === 0;
  };
  await until(isQuiet, 'everything is done and told', deadline).catch((error: Error) => {
    throw new Error(`${error.message}; ${JSON.stringify(left.slice(0, 20))}`);
  });
}
