import { DataSource } from 'typeorm';
import { administratorOf, type InstanceClient } from './client.js';
import { createInstance, type TestInstance } from './create-instance.js';
import { until } from './uploads.js';
import { QUICK_PUBLISHING } from './videos.js';

/** Instances that may speak to each other on this machine, whose days are seconds. */
export const QUICK_FEDERATION = {
  ...QUICK_PUBLISHING,
  VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true',
  VIDIVERSE_FEDERATION_DELIVERY_FIRST_DELAY: '50',
  VIDIVERSE_FEDERATION_DELIVERY_MAX_DELAY: '8640',
  VIDIVERSE_FEDERATION_DELIVERY_BREAKER_PROBE: '200',
  VIDIVERSE_FEDERATION_DELIVERY_SWEEP_INTERVAL: '100',
  VIDIVERSE_FEDERATION_VIDEOS_UPDATE_DELAY: '100',
  VIDIVERSE_FEDERATION_VIDEOS_VIEWS_INTERVAL: '300',
  VIDIVERSE_FEDERATION_VIDEOS_RATES_INTERVAL: '300',
  VIDIVERSE_HTTP_REQUESTS_PER_WINDOW: '100000',
};

/** One of several instances, with its administrator. */
export interface FederatedInstance extends TestInstance {
  /** As it stands in handles: with the port. */
  readonly host: string;
  readonly administrator: InstanceClient;
}

export interface Instances {
  readonly all: FederatedInstance[];
  /** Resolves when nobody has anything left to do, to tell or to take in. */
  untilIdle(): Promise<void>;
  close(): Promise<void>;
}

export interface InstancesOptions {
  /** More settings, by environment name, for all of them. */
  environment?: Record<string, string>;
}

/** Starts `count` real instances with real HTTP between them. */
export async function createInstances(
  count: number,
  { environment = {} }: InstancesOptions = {},
): Promise<Instances> {
  const instances: FederatedInstance[] = [];
  // One after the other: two that start at once may be given the same free port.
  for (let index = 0; index < count; index += 1)
    instances.push(await startOne({ ...QUICK_FEDERATION, ...environment }));
  return {
    all: instances,
    untilIdle: () => untilIdle(instances),
    close: async () => {
      await Promise.all(instances.map((instance) => instance.close()));
    },
  };
}

async function startOne(environment: Record<string, string>): Promise<FederatedInstance> {
  const instance = await createInstance({ environment });
  const administrator = await administratorOf(instance);
  return Object.assign(instance, { host: new URL(instance.address).host, administrator });
}

const DEADLINE = 300_000;

/** Idle twice in a row with nothing new in between: what one had delivered while another was asked shows up there. */
async function untilIdle(instances: FederatedInstance[]): Promise<void> {
  let before = '';
  const quiet = async () => {
    const states = await Promise.all(instances.map(stateOf));
    const now = JSON.stringify(states);
    const same = now === before;
    before = now;
    return same && states.every(({ busy }) => busy === 0);
  };
  await until(quiet, 'every instance has done and told everything', DEADLINE).catch(async (error: Error) => {
    throw new Error(`${error.message}; ${JSON.stringify(await Promise.all(instances.map(whatIsLeft)))}`);
  });
}

/** Looking for what to cache comes again and again, and is nothing to wait for. */
const BUSY_JOBS = "state IN ('waiting', 'active', 'delayed') AND kind <> 'caching.round'";

/** What is left to do, and how much there ever was. */
async function stateOf({ nest }: FederatedInstance): Promise<{ busy: number; ever: number[] }> {
  const database = nest.get(DataSource);
  const number = async (query: string) =>
    Number(((await database.query(query)) as Array<{ n: number | string | null }>)[0]!.n ?? 0);
  const busy =
    (await number(`SELECT COUNT(*) AS n FROM jobs WHERE ${BUSY_JOBS}`)) +
    (await number("SELECT COUNT(*) AS n FROM deliveries WHERE state = 'waiting'")) +
    (await number("SELECT COUNT(*) AS n FROM inbox_activities WHERE state = 'received'"));
  const ever = [
    await number('SELECT MAX(id) AS n FROM deliveries'),
    await number('SELECT MAX(id) AS n FROM inbox_activities'),
  ];
  return { busy, ever };
}

async function whatIsLeft({ host, nest }: FederatedInstance): Promise<object> {
  const database = nest.get(DataSource);
  return {
    host,
    jobs: await database.query(`SELECT kind, state, lastError FROM jobs WHERE ${BUSY_JOBS}`),
    deliveries: await database.query(
      "SELECT inboxUrl, attempts, lastError FROM deliveries WHERE state = 'waiting'",
    ),
  };
}
