import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { answersIn } from './support/answers.mjs';
import { loadGenerator } from './support/http-load.mjs';
import { publish, startInstance } from './support/instances.mjs';
import { cpuSeconds } from './support/processes.mjs';
import { median, startServer, temporaryFolder } from './support/server.mjs';

// What plugins cost: the list of videos and one video, of an instance with all plugins of our own and of one without any. Each
// round starts both anew, since two processes of the same kind differ by a tenth and more, and asks them in turn, a second each,
// since the machine is not as fast in one second as in another.
const CLIP = 'apps/api/assets/sample/clip.mp4';
const VIDEOS = 10;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 12);
/** In each round, for each kind and path. */
const TURNS = 6;
const TURN_SECONDS = 1;
const WARM_UP_SECONDS = 3;
const CONNECTIONS = 8;
/** Of the rate without plugins. */
const LEAST = 0.95;

const ours = readdirSync('plugins').filter((name) => existsSync(`plugins/${name}/package.json`));
const KINDS = {
  'without plugins': {},
  'with plugins': { VIDIVERSE_PLUGINS_LIST: ours.join(',') },
};
const kinds = Object.keys(KINDS);
const [BASE] = kinds;

const { data, paths } = await makeVideos();
try {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await oneRound());
  for (const what of Object.keys(paths)) tell(what, rounds);
} finally {
  rmSync(data, { recursive: true, force: true });
}

/** What every process serves. */
async function makeVideos() {
  const instance = await startInstance({ VIDIVERSE_PLUGINS_LIST: ours.join(',') });
  let video;
  for (let number = 0; number < VIDEOS; number += 1)
    video = await publish(instance, `Evening ${number}`, readFileSync(CLIP));
  const { data: plugins } = await instance.call('GET', 'plugins');
  const running = plugins.filter(({ state }) => state === 'running').map(({ name }) => name);
  console.log(`plugins: ${running.join(', ')}`);
  await instance.stop({ keepData: true });
  const paths = { 'the list': '/api/v1/videos', 'one video': `/api/v1/videos/${video.uuid}` };
  return { data: instance.data, paths };
}

/** By kind and path the answers per second, and the milliseconds of processor time of each. */
async function oneRound() {
  const servers = {};
  for (const kind of kinds) servers[kind] = await startOne(kind);
  const found = Object.fromEntries(kinds.map((kind) => [kind, {}]));
  for (const [what, path] of Object.entries(paths)) {
    const turns = Object.fromEntries(kinds.map((kind) => [kind, []]));
    for (const kind of kinds) await load(servers[kind], path, WARM_UP_SECONDS);
    for (let turn = 0; turn < TURNS; turn += 1)
      for (const kind of inAnyOrder(kinds)) turns[kind].push(await ask(servers[kind], path));
    for (const kind of kinds) found[kind][what] = together(turns[kind]);
  }
  for (const kind of kinds) await servers[kind].stop();
  return found;
}

/** Each has a copy of the videos: two processes would share one database. */
async function startOne(kind) {
  const copy = temporaryFolder();
  cpSync(data, copy, { recursive: true });
  return startServer({
    data: copy,
    environment: { VIDIVERSE_INSTANCE_SAMPLE_VIDEO: 'false', ...KINDS[kind] },
  });
}

function load({ base }, path, seconds) {
  return answersIn({ url: base + path, connections: CONNECTIONS, seconds });
}

async function ask(server, path) {
  const before = cpuSeconds(server.pid);
  const answers = await load(server, path, TURN_SECONDS);
  return { answers, seconds: cpuSeconds(server.pid) - before };
}

function together(turns) {
  const sum = (field) => turns.reduce((total, turn) => total + turn[field], 0);
  return { rate: sum('answers') / (TURNS * TURN_SECONDS), cost: (sum('seconds') * 1000) / sum('answers') };
}

function inAnyOrder(values) {
  return values
    .map((value) => [Math.random(), value])
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);
}

function tell(what, rounds) {
  for (const kind of kinds) {
    const of = (field) => median(rounds.map((found) => found[kind][what][field]));
    const ratio = (field) => rounds.map((found) => found[kind][what][field] / found[BASE][what][field]);
    const [rates, costs] = [ratio('rate'), ratio('cost')];
    console.log(
      `${what}, ${kind} (${loadGenerator}): ${of('rate').toFixed(0)} answers/s, ${of('cost').toFixed(2)} ms of processor time each` +
        (kind === BASE
          ? ''
          : `; median ratio of answers ${median(rates).toFixed(3)} [${Math.min(...rates).toFixed(2)} to ` +
            `${Math.max(...rates).toFixed(2)}], at least ${LEAST}; of processor time ${median(costs).toFixed(3)}`),
    );
  }
}
