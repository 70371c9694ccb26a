import { fork, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { endProcess } from './end-process.mjs';

const END_WITH_PARENT = new URL('./end-with-parent.mjs', import.meta.url).href;
/** Of TypeScript in watch mode: a compilation begins, ends, and what is wrong. */
const BEGINS = /Starting (?:incremental )?compilation/;
const ENDS = /Found (\d+) errors?\. Watching/;
const WRONG = /error TS\d+:/;

/**
 * Compiles the plugin with each change: by its own script `watch`, else by its TypeScript; one without either needs no
 * compiler. `onProblem` is told what is wrong after each compilation, null for nothing.
 */
export function startCompiler(folder, manifest, onProblem) {
  const child = spawnCompiler(folder, manifest);
  if (!child) return { first: Promise.resolve(), end: async () => undefined };
  let wrong = [];
  let isEnding = false;
  const first = new Promise((done, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      reject(new Error(`The compiler of the plugin ended (${code}).`));
      if (!isEnding) onProblem('The compiler ended: nothing is compiled any more.');
    });
    const read = (line) => {
      const text = stripVTControlCharacters(line);
      if (BEGINS.test(text)) wrong = [];
      else if (ENDS.test(text)) {
        onProblem(wrong.length > 0 ? wrong.join('\n') : null);
        done();
      } else if (WRONG.test(text) || (wrong.length > 0 && text.startsWith('  '))) wrong.push(text);
      else if (text.trim()) console.log(line);
    };
    for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', read);
  });
  const end = () => {
    isEnding = true;
    return endProcess(child);
  };
  // A script of its own need not say when it has compiled.
  const isThere = manifest.scripts?.watch
    ? fileIsThere(join(folder, manifest.main ?? 'dist/index.js'))
    : first;
  return { first: Promise.race([first, isThere]), end };
}

function spawnCompiler(folder, manifest) {
  // In a group of its own: it is ended as a whole, and by nobody else.
  const options = { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' };
  if (manifest.scripts?.watch)
    return spawn('npm', ['run', '--silent', 'watch'], { ...options, shell: process.platform === 'win32' });
  if (!existsSync(join(folder, 'tsconfig.json'))) return null;
  return fork(compilerOf(folder), ['--watch', '--preserveWatchOutput', '--noEmitOnError'], {
    ...options,
    stdio: [...options.stdio, 'ipc'],
    execArgv: ['--import', END_WITH_PARENT],
  });
}

async function fileIsThere(path) {
  while (!existsSync(path)) await pause(100, undefined, { ref: false });
}

function compilerOf(folder) {
  try {
    return createRequire(join(folder, 'package.json')).resolve('typescript/bin/tsc');
  } catch {
    throw new Error(`TypeScript is not installed in ${folder}: npm install comes first.`);
  }
}
