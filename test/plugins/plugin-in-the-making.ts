import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ADMIN_PASSWORD, freePort } from '../support/create-instance.js';
import { until } from '../support/uploads.js';

const run = promisify(execFile);
const VIDIVERSE = resolve('scripts/vidiverse.mjs');

/** A new plugin outside of the repository, and the command that runs it while it is written. */
export interface PluginInTheMaking {
  readonly folder: string;
  readonly address: string;
  /** Of the command. */
  readonly pid: number;
  /** What the terminal has shown since the last start. */
  readonly shown: string;
  /** Begins the command; resolves when it says where to watch. */
  start(): Promise<void>;
  /** Resolves with its exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Puts one text of a source in place of another. */
  edit(path: string, before: string, after: string): Promise<void>;
  remove(): Promise<void>;
}

/** Makes a plugin of this name by `vidiverse plugin new`, with what it needs installed. */
export async function newPluginInTheMaking(name: string): Promise<PluginInTheMaking> {
  const parent = await mkdtemp(join(tmpdir(), 'vidiverse-dev-'));
  const folder = join(parent, `vidiverse-plugin-${name}`);
  const listen = `127.0.0.1:${await freePort()}`;
  // Jest's own settings are not those of the plugin.
  const environment = { PATH: process.env.PATH, HOME: parent };
  await run(process.execPath, [VIDIVERSE, 'plugin', 'new', name, parent], { env: environment });
  await run('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder, env: environment });
  let child: ChildProcess | undefined;
  let shown = '';
  const end = (signal: NodeJS.Signals) =>
    new Promise<number | null>((done) => {
      if (!child || child.exitCode !== null || child.signalCode !== null)
        return done(child?.exitCode ?? null);
      child.once('exit', done);
      child.kill(signal);
    });
  return {
    folder,
    address: `http://${listen}`,
    get pid() {
      return child!.pid!;
    },
    get shown() {
      return shown;
    },
    start: async () => {
      shown = '';
      child = spawn(process.execPath, [VIDIVERSE, 'plugin', 'dev', '--no-build', '--listen', listen], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...environment,
          VIDIVERSE_ADMIN_PASSWORD: ADMIN_PASSWORD,
          VIDIVERSE_WEBRTC_STUN_SERVERS: 'none',
        },
      });
      for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (shown += chunk));
      await until(async () => {
        if (child!.exitCode !== null) throw new Error(`The command ended: ${shown}`);
        return shown.includes('Stop');
      }, 'the command says where to watch');
    },
    end,
    edit: async (path, before, after) => {
      const source = await readFile(join(folder, path), 'utf8');
      if (!source.includes(before)) throw new Error(`${path} has no ${before}`);
      await writeFile(join(folder, path), source.replace(before, after));
    },
    remove: async () => {
      await end('SIGINT');
      await rm(parent, { recursive: true, force: true });
    },
  };
}
