import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between looks: a few dozen files, and no system's own watching tells of all changes. */
const INTERVAL = 50;
const SKIPPED = /^(?:node_modules|\..*)$/;
/** Nothing runs them. */
const NOT_RUN = /\.(?:d\.[cm]?ts|map|tsbuildinfo)$/;

/** What runs of a package, as far as its manifest tells: what it publishes, its entry and the manifest itself. */
export function builtPlaces({ files = [], main = 'dist/index.js' }) {
  const [top] = main.replace(/^\.\//, '').split('/');
  const published = files.filter((path) => !/[*!]/.test(path)).map((path) => path.replace(/^\.\/|\/$/g, ''));
  return [...new Set([...published, top, 'package.json'])];
}

/**
 * Looks at the content of `places` within `folder` until `signal` is aborted, and tells of other content once it has settled:
 * paths within the folder, and when the last one was written (milliseconds).
 */
export async function watchFiles(folder, places, onChange, signal) {
  let known = await look(folder, places, new Map());
  let before = known;
  while (!signal.aborted) {
    await pause(INTERVAL);
    const now = await look(folder, places, before);
    const isSettled = changed(before, now).length === 0;
    before = now;
    const paths = isSettled ? changed(known, now) : [];
    if (paths.length === 0 || signal.aborted) continue;
    known = now;
    onChange(paths, Math.max(...paths.map((path) => now.get(path)?.writtenAt ?? Date.now())));
  }
}

const changed = (before, now) =>
  [...new Set([...before.keys(), ...now.keys()])].filter(
    (path) => before.get(path)?.hash !== now.get(path)?.hash,
  );

async function look(folder, places, before) {
  const found = new Map();
  for (const place of places)
    for await (const path of filesIn(join(folder, place))) {
      const name = relative(folder, path).split(sep).join('/');
      const file = await read(path, before.get(name));
      if (file) found.set(name, file);
    }
  return found;
}

async function* filesIn(path) {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
  if (!entries) {
    yield path;
    return;
  }
  for (const entry of entries) {
    if (SKIPPED.test(entry.name) || NOT_RUN.test(entry.name)) continue;
    if (entry.isDirectory()) yield* filesIn(join(path, entry.name));
    else if (entry.isFile()) yield join(path, entry.name);
  }
}

/** Null when it is not there (any more). Compilers write files anew that are the same: the content counts. */
async function read(path, before) {
  try {
    const { mtimeMs: writtenAt, size } = await stat(path);
    if (before?.writtenAt === writtenAt && before.size === size) return before;
    const hash = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    return { writtenAt, size, hash };
  } catch {
    return null;
  }
}
