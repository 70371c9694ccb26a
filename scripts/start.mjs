import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { buildIfNeeded } from './build.mjs';

const GIB = 1024 ** 3;
const say = (step, what, text) => console.log(` [${step}/4] ${what.padEnd(7)} ${text}`);

function ffmpegVersion(path) {
  if (path === 'none') return 'switched off';
  try {
    return `${/version (\S+)/.exec(execFileSync(path, ['-version'], { encoding: 'utf8' }))?.[1] ?? 'found'} ok`;
  } catch {
    return 'not found: web-ready MP4 and WebM are accepted as they are';
  }
}

async function freeSpace(folder) {
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  return `${Math.floor((bavail * bsize) / GIB)} GiB free`;
}

const begun = performance.now();
const built = await buildIfNeeded();
say(1, 'build', built ? `${((performance.now() - begun) / 1000).toFixed(0)} s` : 'up to date');

// From here on this process is the server: what it is told by signals and environment reaches it.
await import('reflect-metadata');
const { createApp, loadConfig, withCommandLine } = await import('../apps/api/dist/bundle/index.js');
try {
  const config = loadConfig(withCommandLine(process.argv.slice(2), process.env));
  const database = config.database.url ? 'MariaDB/MySQL' : 'SQLite';
  const queue = config.redis.url ? 'Redis queue' : 'queue in the database';
  say(
    2,
    'data',
    `${config.data} (${existsSync(config.data) ? 'found' : 'new'}): ${database}, ${queue}, local files`,
  );
  say(3, 'checks', `ffmpeg ${ffmpegVersion(config.media.ffmpegPath)} | disk ${await freeSpace(config.data)}`);
  const started = performance.now();
  await createApp(config);
  say(4, 'ready', `in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  console.log(`   Watch      ${config.url}\n   API docs   ${config.url}/api/docs\n   Stop       Ctrl+C\n`);
} catch (error) {
  console.error(error.name === 'ConfigError' ? error.message : error);
  process.exit(1);
}
