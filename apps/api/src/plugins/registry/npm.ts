import { Injectable, Logger } from '@nestjs/common';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Config } from '../../config/config.js';
import { UnprocessableError } from '../../shared/domain-error.js';
import { PluginRegistry } from './plugin-registry.service.js';

/** What npm is told each time: no scripts, no peers (the server has them), nothing from Git, no settings of this machine. */
const ALWAYS = [
  ...['--ignore-scripts', '--legacy-peer-deps', '--omit=dev', '--no-bin-links'],
  ...['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error', '--fetch-retries=1'],
  // Older versions of npm do not know the first three, which keep it from asking others than the registry; the last is no program.
  ...['--allow-git=none', '--allow-remote=none', '--allow-directory=none', '--git=none'],
  ...['--userconfig=.none', '--globalconfig=.none-global', '--cache=.npm-cache', '--prefix=.'],
];
/** Characters of what npm says that are shown. */
const MAX_REASON = 500;

/** Runs the npm that lies beside this Node, in a folder. */
@Injectable()
export class Npm {
  private readonly logger = new Logger('Plugins');

  constructor(
    private readonly config: Config,
    private readonly registry: PluginRegistry,
  ) {}

  /** @throws UnprocessableError `npm_missing`, `npm_failed` */
  async run(folder: string, parameters: string[]): Promise<void> {
    const limit = this.config.plugins.installTimeout;
    const { execa } = await import('execa');
    const all = [npmOfThisNode(), ...parameters, ...ALWAYS, `--registry=${this.registry.address}`];
    const { failed, timedOut, stderr } = await execa(process.execPath, all, {
      cwd: folder,
      env: ownEnvironment(),
      extendEnv: false,
      stdin: 'ignore',
      stdout: 'ignore',
      reject: false,
      timeout: limit,
      maxBuffer: 64 * 1024,
    });
    if (timedOut)
      throw new UnprocessableError(
        `npm took longer than ${limit} ms (plugins.installTimeout).`,
        'npm_failed',
      );
    if (!failed) return;
    const reason = reasonIn(stderr);
    this.logger.warn(`npm ${parameters[0]} failed: ${reason}`);
    throw new UnprocessableError(`npm could not install it: ${reason}`, 'npm_failed');
  }
}

function npmOfThisNode(): string {
  const folder = dirname(process.execPath);
  const link = join(folder, process.platform === 'win32' ? 'node_modules/npm/bin/npm-cli.js' : 'npm');
  const found = existsSync(link) ? realpathSync(link) : '';
  if (!found.endsWith('.js'))
    throw new UnprocessableError(
      `npm is needed to install packages, and is not there beside ${process.execPath}.`,
      'npm_missing',
    );
  return found;
}

/** Without what the server's own environment has in it: passwords, tokens, settings of npm. */
const ownEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    ['PATH', 'SystemRoot', 'NODE_EXTRA_CA_CERTS'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );

const reasonIn = (stderr: string): string =>
  stderr
    .replace(/^npm (?:error|ERR!) ?/gm, '')
    .replace(/A complete log of this run[^]*$/, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_REASON);
