import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const STAMP = '.cache/build-stamp';
const SOURCES = [
  'package-lock.json',
  'tsconfig.base.json',
  'ormconfig.ts',
  'scripts/bundle.mjs',
  'apps/api',
  'apps/web',
  'libs',
  'plugins',
  'test',
];
const SKIPPED = new Set(['node_modules', 'dist', 'data']);
const PRODUCTS = ['apps/api/dist/bundle/main.js', 'apps/web/dist/index.html'];

function* files(path) {
  if (!existsSync(path)) return;
  const stats = statSync(path);
  if (!stats.isDirectory()) {
    yield `${path} ${stats.size} ${stats.mtimeMs}`;
    return;
  }
  for (const name of readdirSync(path).sort()) if (!SKIPPED.has(name)) yield* files(join(path, name));
}

const fingerprint = () =>
  createHash('sha256')
    .update(SOURCES.flatMap((path) => [...files(path)]).join('\n'))
    .digest('hex');

function run(command, parameters) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${parameters.join(' ')} failed:\n${output}`)),
    );
  });
}

/** Builds server and pages unless nothing changed since the last build. Answers whether it had to. */
export async function buildIfNeeded() {
  const wanted = fingerprint();
  const built =
    existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted && PRODUCTS.every((path) => existsSync(path));
  if (built) return false;
  await run(process.execPath, ['node_modules/typescript/bin/tsc', '-b']);
  await run(process.execPath, ['scripts/bundle.mjs']);
  await run('npm', ['run', 'build', '--silent', '--workspace', '@vidiverse/web']);
  mkdirSync('.cache', { recursive: true });
  writeFileSync(STAMP, wanted);
  return true;
}
