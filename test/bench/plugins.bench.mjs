import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { answersIn } from './support/answers.mjs';
import { loadGenerator } from './support/http-load.mjs';
import { publish, startInstance } from './support/instances.mjs';
import { cpuSeconds } from './support/processes.mjs';
import { median, startServer } from './support/server.mjs';

// What plugins cost: the list of videos and one video, of an instance with all plugins of our own and of one without any. Beside
// them one that has no plugin either and runs from the unbundled modules, as with plugins, and one whose plugins' memory is
// measured all the time. Each round starts all of them anew, one at a time: two processes of the same kind differ by a tenth.
const CLIP = 'apps/api/assets/sample/clip.mp4';
const VIDEOS = 10;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 8);
const SECONDS = 2;
const WARM_UP_SECONDS = 3;
const CONNECTIONS = 8;
/** Of the rate without plugins. */
const LEAST = 0.95;

const ours = readdirSync('plugins').filter((name) => existsSync(`plugins/${name}/package.json`));
const KINDS = {
  'without plugins': {},
  'without plugins, unbundled': { VIDIVERSE_PLUGINS_LIST: 'none-of-this-name' },
  'with plugins': { VIDIVERSE_PLUGINS_LIST: ours.join(',') },
  'with plugins, memory measured': {
    VIDIVERSE_PLUGINS_LIST: ours.join(','),
    VIDIVERSE_PLUGINS_MEMORY_SUSPICION: '0',
  },
};
const [BASE] = Object.keys(KINDS);

const { data, paths } = await makeVideos();
try {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await oneRound());
  for (const what of Object.keys(paths)) tell(what, rounds);
} finally {
  rmSync(data, { recursive: true, force: true });
}

/** What every process serves in its turn. */
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
  const turns = Object.keys(KINDS)
    .map((kind) => [Math.random(), kind])
    .sort(([a], [b]) => a - b);
  const found = {};
  for (const [, kind] of turns) {
    const environment = { VIDIVERSE_INSTANCE_SAMPLE_VIDEO: 'false', ...KINDS[kind] };
    const server = await startServer({ data, environment });
    found[kind] = {};
    for (const [what, path] of Object.entries(paths)) found[kind][what] = await ask(server, path);
    await server.stop({ keepData: true });
  }
  return found;
}

async function ask({ base, pid }, path) {
  const load = (seconds) => answersIn({ url: base + path, connections: CONNECTIONS, seconds });
  await load(WARM_UP_SECONDS);
  const before = cpuSeconds(pid);
  const answers = await load(SECONDS);
  return { rate: answers / SECONDS, cost: ((cpuSeconds(pid) - before) * 1000) / answers };
}

function tell(what, rounds) {
  for (const kind of Object.keys(KINDS)) {
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
