import { cpSync, readFileSync, rmSync } from 'node:fs';
import { answersIn } from './answers.mjs';
import { loadGenerator } from './http-load.mjs';
import { publish, startInstance } from './instances.mjs';
import { cpuSeconds } from './processes.mjs';
import { median, startServer, temporaryFolder } from './server.mjs';

const CLIP = 'apps/api/assets/sample/clip.mp4';
const VIDEOS = 10;
/** In each round, for each kind and path. */
const TURNS = 6;
const TURN_SECONDS = 1;
const WARM_UP_SECONDS = 3;
const CONNECTIONS = 8;

/** A data folder with videos, and what visitors ask of it, by what it is called. `look` sees the instance that has made them. */
export async function makeVideos({ environment = {}, look } = {}) {
  const instance = await startInstance(environment);
  let video;
  for (let number = 0; number < VIDEOS; number += 1)
    video = await publish(instance, `Evening ${number}`, readFileSync(CLIP));
  await look?.(instance);
  await instance.stop({ keepData: true });
  return {
    data: instance.data,
    paths: { 'the list': '/api/v1/videos', 'one video': `/api/v1/videos/${video.uuid}` },
  };
}

/**
 * Prints the answers per second of servers that differ in their environment (`kinds`, by name), as ratios to the first. Each round
 * starts all anew, since two processes of the same kind differ by a tenth and more, and asks them in turn, a second each, since the
 * machine is not as fast in one second as in another. `goal`: what is said of the ratios. Removes the data.
 */
export async function sideBySide({ data, paths }, { kinds, rounds, goal }) {
  try {
    const found = [];
    for (let round = 0; round < rounds; round += 1) found.push(await oneRound(data, paths, kinds));
    for (const what of Object.keys(paths)) tell(what, found, goal);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** By kind and path the answers per second, and the milliseconds of processor time of each. */
async function oneRound(data, paths, kinds) {
  const names = Object.keys(kinds);
  const servers = {};
  for (const name of names) servers[name] = await startCopy(data, kinds[name]);
  const found = Object.fromEntries(names.map((name) => [name, {}]));
  for (const [what, path] of Object.entries(paths)) {
    const turns = Object.fromEntries(names.map((name) => [name, []]));
    for (const name of names) await load(servers[name], path, WARM_UP_SECONDS);
    for (let turn = 0; turn < TURNS; turn += 1)
      for (const name of inAnyOrder(names)) turns[name].push(await ask(servers[name], path));
    for (const name of names) found[name][what] = together(turns[name]);
  }
  for (const name of names) await servers[name].stop();
  return found;
}

/** Each has a copy of the videos: two processes would share one database. */
function startCopy(data, environment) {
  const copy = temporaryFolder();
  cpSync(data, copy, { recursive: true });
  return startServer({
    data: copy,
    environment: { VIDIVERSE_INSTANCE_SAMPLE_VIDEO: 'false', ...environment },
  });
}

const load = ({ base }, path, seconds) => answersIn({ url: base + path, connections: CONNECTIONS, seconds });

async function ask(server, path) {
  const before = cpuSeconds(server.pid);
  const answers = await load(server, path, TURN_SECONDS);
  return { answers, seconds: cpuSeconds(server.pid) - before };
}

function together(turns) {
  const sum = (field) => turns.reduce((total, turn) => total + turn[field], 0);
  return { rate: sum('answers') / (TURNS * TURN_SECONDS), cost: (sum('seconds') * 1000) / sum('answers') };
}

const inAnyOrder = (values) =>
  values
    .map((value) => [Math.random(), value])
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);

function tell(what, rounds, goal) {
  const [base, ...others] = Object.keys(rounds[0]);
  const figures = (kind) => {
    const of = (field) => median(rounds.map((found) => found[kind][what][field]));
    return `${what}, ${kind} (${loadGenerator}): ${of('rate').toFixed(0)} answers/s, ${of('cost').toFixed(2)} ms of processor time each`;
  };
  console.log(figures(base));
  for (const kind of others) {
    const ratios = (field) => rounds.map((found) => found[kind][what][field] / found[base][what][field]);
    const rates = ratios('rate');
    const range = `${Math.min(...rates).toFixed(2)} to ${Math.max(...rates).toFixed(2)}`;
    console.log(
      `${figures(kind)}; median ratio of answers ${median(rates).toFixed(3)} [${range}]${goal}; ` +
        `of processor time ${median(ratios('cost')).toFixed(3)}`,
    );
  }
}
