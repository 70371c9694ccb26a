import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ADMIN_PASSWORD, freePort } from './create-instance.js';
import { createTestDatabase } from './databases.js';
import { until } from './uploads.js';

/** Milliseconds; the machine may have much else to do. */
const START_LIMIT = 120_000;
const MAIN = resolve('apps/api/dist/bundle/main.js');

/** An instance in a process of its own (the built one: `npm run build:server` first), so that it can be killed. */
export interface ServerProcess {
  readonly address: string;
  readonly dataFolder: string;
  /** Null: SQLite in the data folder. */
  readonly databaseUrl: string | null;
  /** Of the process that runs. */
  readonly pid: number;
  /** What it has written to its log since the first start; VIDIVERSE_LOG_LEVEL says how much. */
  readonly log: string;
  /** Begins it, or begins it again on the same data, port and database; resolves when it answers. */
  start(): Promise<void>;
  /** Resolves when its process has ended, whoever ended it. */
  gone(): Promise<void>;
  /** SIGKILL: nothing is finished, nothing is told. */
  kill(): Promise<void>;
  /** Kills it and removes all that it kept. */
  remove(): Promise<void>;
}

export interface ServerProcessOptions {
  environment?: Record<string, string>;
  /** Default: a new temporary folder. */
  dataFolder?: string;
}

export async function createServerProcess({
  environment = {},
  ...options
}: ServerProcessOptions = {}): Promise<ServerProcess> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'vidiverse-process-')));
  const listen = `127.0.0.1:${await freePort()}`;
  const address = `http://${listen}`;
  const backend = await createTestDatabase();
  let child: ChildProcess | undefined;
  let log = '';
  const gone = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise((done) => child!.once('exit', done));
  };
  const kill = async () => {
    const ended = gone();
    child?.kill('SIGKILL');
    await ended;
  };
  return {
    address,
    dataFolder,
    databaseUrl: backend.environment.DATABASE_URL ?? null,
    get pid() {
      return child!.pid!;
    },
    get log() {
      return log;
    },
    gone,
    kill,
    start: async () => {
      child = spawn(process.execPath, [MAIN], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          PATH: process.env.PATH,
          VIDIVERSE_DATA: dataFolder,
          VIDIVERSE_LISTEN: listen,
          VIDIVERSE_ADMIN_PASSWORD: ADMIN_PASSWORD,
          VIDIVERSE_LOG_LEVEL: 'error',
          // Tests speak to this machine only.
          VIDIVERSE_WEBRTC_STUN_SERVERS: 'none',
          VIDIVERSE_INSTANCE_SAMPLE_VIDEO: 'false',
          ...backend.environment,
          ...environment,
        },
      });
      child.stdout!.setEncoding('utf8').on('data', (text: string) => (log += text));
      await until(
        () =>
          fetch(`${address}/api/v1/ping`).then(
            ({ ok }) => ok,
            () => false,
          ),
        'the server answers',
        START_LIMIT,
      );
    },
    remove: async () => {
      await kill();
      await backend.drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
