import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ServerProcess } from '../support/server-process.js';
import { Crowd } from './support/crowd.js';
import { rowsOf } from './support/database-of.js';
import {
  differencesOfFollow,
  differencesOfRates,
  differencesToLedger,
  differencesToOrigin,
} from './support/differences.js';
import { type FederatedProcess, startProcesses, untilQuiet } from './support/federated-processes.js';
import { Killer } from './support/killer.js';
import { Ledger } from './support/ledger.js';
import { failedRows, orphans } from './support/left-overs.js';
import { Pace } from './support/pace.js';
import { isWhole, report } from './support/sizes.js';

const [ACTIVITIES, KILLS, PEOPLE] = isWhole ? [1000, 200, 6] : [40, 5, 2];
const LIMIT = isWhole ? 3600_000 : 240_000;
const QUIET = isWhole ? 600_000 : 90_000;

const QUICK = {
  VIDIVERSE_FEDERATION_DELIVERY_FIRST_DELAY: '50',
  VIDIVERSE_FEDERATION_DELIVERY_MAX_DELAY: '500',
  VIDIVERSE_FEDERATION_DELIVERY_BREAKER_PROBE: '200',
};

const started: ServerProcess[] = [];
let processes: FederatedProcess[];

beforeEach(async () => {
  processes = await startProcesses(3, QUICK, started);
}, LIMIT);
afterEach(async () => {
  for (const one of started.splice(0)) await one.remove();
}, LIMIT);

test(
  'what was answered is kept and told, however often instances are killed meanwhile',
  async () => {
    const [origin, ofInstance, ofAccount] = processes as [
      FederatedProcess,
      FederatedProcess,
      FederatedProcess,
    ];
    await ofInstance.root.follow({ hosts: [origin.host] });
    await ofAccount.root.follow({ handles: [`root@${origin.host}`] });
    await untilQuiet(processes, QUIET);

    const ledger = new Ledger();
    const pace = new Pace({ activities: ACTIVITIES, kills: KILLS });
    const killer = new Killer(processes, pace);
    const crowd = new Crowd(origin, processes, killer, ledger, pace, PEOPLE);
    await crowd.settle();
    await untilQuiet(processes, QUIET);
    const begun = performance.now();
    await Promise.all([crowd.run(), killer.run()]);
    const ended = performance.now();
    await untilQuiet(processes, QUIET);
    const quiet = performance.now();

    const wrong = [
      ...(await differencesToLedger(ledger, origin, processes)),
      ...(await differencesToOrigin(origin, ofInstance)),
      ...(await differencesToOrigin(origin, ofAccount)),
      ...(await differencesOfRates(origin, processes)),
      ...(await differencesOfFollow(ledger, ofInstance, ofAccount)),
      ...(await Promise.all(processes.map(failedRows))).flat(),
      ...(await Promise.all(processes.map(orphans))).flat(),
    ];
    report([
      `${ledger.done} requests answered 2xx, ${pace.taken('kills')} kills in ${seconds(ended - begun)}; all was told ${seconds(quiet - ended)} later`,
      ...[...ledger.counts].map(
        ([kind, { done, refused, unknown }]) =>
          `${kind}: ${done} done, ${refused} refused, ${unknown} without an answer`,
      ),
      ...(await Promise.all(processes.map(summary))).flat(),
      `${wrong.length} differences${wrong.length > 0 ? `; the ledger is ${ledger.path}` : ''}`,
      ...wrong,
    ]);
    expect(wrong).toEqual([]);
    await rm(dirname(ledger.path), { recursive: true });
  },
  LIMIT,
);

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(0)} s`;

async function summary(server: FederatedProcess): Promise<string[]> {
  const count = async (query: string) => (await rowsOf<{ n: number; what: string }>(server, query)) ?? [];
  const told = await count('SELECT state AS what, COUNT(*) AS n FROM deliveries GROUP BY state');
  const heard = await count(
    'SELECT state AS what, COUNT(*) AS n FROM inbox_activities GROUP BY state ORDER BY state',
  );
  const refusals = await count(
    "SELECT reason AS what, COUNT(*) AS n FROM inbox_activities WHERE state = 'refused' GROUP BY reason",
  );
  const words = (rows: Array<{ n: number; what: string }>) =>
    rows.map(({ n, what }) => `${n} ${what}`).join(', ') || 'nothing';
  return [
    `${server.host} told: ${words(told)}; heard: ${words(heard)}`,
    ...refusals.map((row) => `  ${words([row])}`),
  ];
}
