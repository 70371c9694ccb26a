import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildIfNeeded } from '../build.mjs';
import { builtPlaces, watchFiles } from './dev/built-files.mjs';
import { startCompiler } from './dev/compiler.mjs';
import { environmentFor } from './dev/environment.mjs';
import { assertFree } from './dev/free-address.mjs';
import { Reloader } from './dev/reloader.mjs';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const OPTIONS = {
  listen: { type: 'string', default: '127.0.0.1:9000' },
  'no-build': { type: 'boolean', default: false },
};

const log = (text) => console.log(`${new Date().toTimeString().slice(0, 8)} ${text}`);

/** Runs an instance with the plugin in a folder and takes each change of it, until it is told to end. @throws Error when it cannot begin */
export async function developPlugin(...parameters) {
  const { values, positionals } = parseArgs({ args: parameters, options: OPTIONS, allowPositionals: true });
  const folder = resolve(positionals[0] ?? '.');
  const manifest = manifestOf(folder);
  await assertFree(values.listen);
  // What builds the server speaks of its files from there.
  process.chdir(REPOSITORY);
  if (!values['no-build']) await buildIfNeeded();

  const environment = environmentFor(folder, values.listen);
  const reloader = new Reloader(environment, log);
  const ending = new AbortController();
  const ended = new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, done);
  });
  let compiler;
  try {
    compiler = startCompiler(folder, manifest, (problem) => reloader.compiled(problem));
    await Promise.race([ended, begin()]);
  } finally {
    ending.abort();
    await Promise.all([compiler?.end(), reloader.end()]);
  }
  return 'Ended.';

  async function begin() {
    await compiler.first;
    const take = (paths, writtenAt) => reloader.changed(paths, writtenAt);
    const watching = watchFiles(folder, builtPlaces(manifest), take, ending.signal);
    const address = await reloader.start();
    console.log(
      `\n   Watch      ${address}\n   Log in     root, ${environment.VIDIVERSE_ADMIN_PASSWORD}\n` +
        `   Data       ${environment.VIDIVERSE_DATA}\n   Stop       Ctrl+C\n`,
    );
    await watching;
  }
}

function manifestOf(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch (error) {
    throw new Error(`${folder} is no folder of a plugin: ${error.message}`, { cause: error });
  }
}
