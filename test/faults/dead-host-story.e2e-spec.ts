import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerProcess } from '../support/server-process.js';
import { publishVideo } from '../support/videos.js';
import { rowsOf } from './support/database-of.js';
import { type FederatedProcess, startProcesses, untilQuiet } from './support/federated-processes.js';
import { type RefusingListener, refuseAt } from './support/refusing-listener.js';
import { isWhole, report } from './support/sizes.js';

/** A day is 8.64 s: all delays are divided by ten thousand. */
const DAY = 8_640;
const DAYS_DOWN = isWhole ? 7 : 1;
/** A server on a busy machine needs days of that length to start: they are not to count as days of silence. */
const STARTING = 60_000;
const SCHEDULE = {
  firstDelay: 3,
  maxDelay: DAY,
  maxAge: 8 * DAY + STARTING,
  breakerAfter: 5,
  breakerProbe: 180,
};
const DIVIDED = {
  VIDIVERSE_FEDERATION_DELIVERY_FIRST_DELAY: `${SCHEDULE.firstDelay}`,
  VIDIVERSE_FEDERATION_DELIVERY_MAX_DELAY: `${SCHEDULE.maxDelay}`,
  VIDIVERSE_FEDERATION_DELIVERY_MAX_AGE: `${SCHEDULE.maxAge}`,
  VIDIVERSE_FEDERATION_DELIVERY_BREAKER_AFTER: `${SCHEDULE.breakerAfter}`,
  VIDIVERSE_FEDERATION_DELIVERY_BREAKER_PROBE: `${SCHEDULE.breakerProbe}`,
};
/** Milliseconds between two things that are told. */
const STEP = 500;
/** Milliseconds that a busy machine may take to notice, to sign and to answer. */
const SLACK = 10_000;
const LIMIT = 300_000;
const QUIET = 90_000;

const started: ServerProcess[] = [];
let processes: FederatedProcess[];
let listener: RefusingListener | undefined;

beforeEach(async () => {
  processes = await startProcesses(3, DIVIDED, started);
}, LIMIT);
afterEach(async () => {
  await listener?.close();
  for (const one of started.splice(0)) await one.remove();
}, LIMIT);

test(
  `a follower that was down for ${DAYS_DOWN === 1 ? 'a day' : `${DAYS_DOWN} days`} gets everything in order when it is back, and others did not wait for it`,
  async () => {
    const [origin, dead, other] = processes as [FederatedProcess, FederatedProcess, FederatedProcess];
    for (const follower of [dead, other]) await follower.root.follow({ hosts: [origin.host] });
    const { uuid } = await publishVideo(origin.root, { name: 'a talk' });
    await untilQuiet(processes, QUIET);

    await dead.kill();
    listener = await refuseAt(dead.address);
    const texts: string[] = [];
    for (const end = Date.now() + DAYS_DOWN * DAY; Date.now() < end; await pause(STEP)) {
      texts.push(`comment ${texts.length + 1}`);
      await origin.root.comment(uuid, texts.at(-1)!);
    }
    const { knocks } = listener;
    await listener.close();
    listener = undefined;
    await dead.start();
    const back = Date.now();
    await untilQuiet(processes, QUIET);

    const came = await arrivals(dead, back);
    const onTime = await arrivals(other, 0);
    const told = await rowsOf<{ at: string }>(
      origin,
      "SELECT createdAt AS at FROM outbox_activities WHERE activityUrl LIKE '%comments%' ORDER BY id",
    );
    const delays = onTime.map(({ at }, index) => at - milliseconds(told[index]!.at));
    const pauses = knocks
      .slice(1)
      .map((at, index) => at - knocks[index]!)
      .slice(SCHEDULE.breakerAfter - 1);
    report([
      `${texts.length} comments told to two followers, one of them down for ${DAYS_DOWN} days of ${DAY} ms`,
      `while down it was tried ${knocks.length} times; with the breaker open the shortest pause was ${Math.min(...pauses)} ms (half an hour is ${SCHEDULE.breakerProbe} ms)`,
      `the first came ${came[0]?.at} ms, the last ${came.at(-1)?.at} ms after it was back (one step is at most ${DAY} ms)`,
      `the other follower got each within ${Math.max(...delays)} ms, half of them within ${median(delays)} ms`,
    ]);
    expect(came.map(({ text }) => text)).toEqual(texts);
    expect(onTime.map(({ text }) => text)).toEqual(texts);
    expect(came[0]!.at).toBeLessThan(SCHEDULE.maxDelay + SLACK);
    expect(knocks.length).toBeGreaterThan(SCHEDULE.breakerAfter);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(SCHEDULE.breakerProbe);
    expect(Math.max(...delays)).toBeLessThan(SLACK);
  },
  LIMIT,
);

/** Comments that a server was told of, in the order in which it took them, with the milliseconds since `from`. */
async function arrivals(
  server: FederatedProcess,
  from: number,
): Promise<Array<{ text: string; at: number }>> {
  const comments = await rowsOf<{ text: string; url: string }>(server, 'SELECT text, url FROM comments');
  const texts = new Map(comments.map(({ text, url }) => [`${url}/activity`, text]));
  const heard = await rowsOf<{ id: string; at: string }>(
    server,
    'SELECT activityUrl AS id, createdAt AS at FROM inbox_activities ORDER BY inbox_activities.id',
  );
  return heard.flatMap(({ id, at }) =>
    texts.has(id) ? [{ text: texts.get(id)!, at: milliseconds(at) - from }] : [],
  );
}

/** Since 1970; the database keeps UTC. */
const milliseconds = (date: string) => Date.parse(`${date.replace(' ', 'T')}Z`);

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
