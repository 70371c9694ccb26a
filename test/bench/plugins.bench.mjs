import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { answersIn } from './support/answers.mjs';
import { loadGenerator } from './support/http-load.mjs';
import { publish, startInstance } from './support/instances.mjs';
import { cpuSeconds } from './support/processes.mjs';
import { median } from './support/server.mjs';

// What plugins cost: the list of videos and one video, of an instance with all plugins of our own and of one without any. Beside
// them one that has no plugin either and runs from the unbundled modules, as with plugins, and one whose plugins' memory is
// not measured. All run all the time and are asked in turn.
const CLIP = 'apps/api/assets/sample/clip.mp4';
const VIDEOS = 10;
const ROUNDS = 15;
const SECONDS = 1;
const WARM_UP_SECONDS = 3;
const CONNECTIONS = 8;
/** Of the rate without plugins. */
const LEAST = 0.95;

const ours = readdirSync('plugins').filter((name) => existsSync(`plugins/${name}/package.json`));
const KINDS = {
  'without plugins': {},
  'without plugins, unbundled': { VIDIVERSE_PLUGINS_LIST: 'none-of-this-name' },
  'with plugins': { VIDIVERSE_PLUGINS_LIST: ours.join(',') },
  'with plugins, memory not measured': {
    VIDIVERSE_PLUGINS_LIST: ours.join(','),
    VIDIVERSE_PLUGINS_MEMORY_INTERVAL: '0',
  },
};
const [BASE] = Object.keys(KINDS);

const instances = [];
try {
  for (const [kind, environment] of Object.entries(KINDS)) {
    const instance = await startInstance(environment);
    instances.push({ kind, instance });
    let video;
    for (let number = 0; number < VIDEOS; number += 1)
      video = await publish(instance, `Evening ${number}`, readFileSync(CLIP));
    instances.at(-1).paths = { 'the list': '/api/v1/videos', 'one video': `/api/v1/videos/${video.uuid}` };
    const { data } = await instance.call('GET', 'plugins');
    const running = data.filter(({ state }) => state === 'running').map(({ name }) => name);
    console.log(`${kind}: ${running.join(', ') || 'none'}`);
  }
  for (const what of ['the list', 'one video']) await compare(what);
} finally {
  await Promise.all(instances.map(({ instance }) => instance.stop()));
}

async function compare(what) {
  const ask = async ({ instance, paths }, seconds) => {
    const before = cpuSeconds(instance.pid);
    const answers = await answersIn({ url: instance.base + paths[what], connections: CONNECTIONS, seconds });
    return { rate: answers / seconds, cost: ((cpuSeconds(instance.pid) - before) * 1000) / answers };
  };
  for (const one of instances) await ask(one, WARM_UP_SECONDS);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = {};
    // By chance: in a fixed order, what else the machine does again and again would always meet the same one.
    const turns = instances.map((one) => [Math.random(), one]).sort(([a], [b]) => a - b);
    for (const [, one] of turns) found[one.kind] = await ask(one, SECONDS);
    rounds.push(found);
  }
  for (const kind of Object.keys(KINDS)) {
    const of = (field) => median(rounds.map((found) => found[kind][field]));
    const ratio = (field) => rounds.map((found) => found[kind][field] / found[BASE][field]);
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
