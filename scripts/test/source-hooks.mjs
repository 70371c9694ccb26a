import { transform } from '@swc/core';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const at = (path) => new URL(path, root).href;

/** Tests run the sources, also of the libraries. */
const SOURCES = new Map([
  ...['federation', 'torrent', 'hooks', 'policy'].flatMap((library) => [
    [`@vidiverse/${library}`, at(`libs/${library}/src/index.ts`)],
    [`@vidiverse/${library}/testing`, at(`libs/${library}/testing/index.ts`)],
  ]),
  ['@vidiverse/hooks/testing/contracts', at('libs/hooks/testing/contracts/index.ts')],
  ['@vidiverse/hooks/web', at('libs/hooks/src/web/index.ts')],
  ['@vidiverse/api', at('apps/api/src/index.ts')],
  ['@jest/globals', at('scripts/test/globals.mjs')],
  ['webrtc-polyfill', at('test/torrent/support/session-descriptions.ts')],
]);

/** Emits ESM with the decorator metadata that Nest and TypeORM read. */
const OPTIONS = {
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'es6' },
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};

/** Of the loader: https://nodejs.org/docs/latest-v20.x/api/module.html#customization-hooks */
export function resolve(specifier, context, next) {
  const source = SOURCES.get(specifier);
  if (source) return { url: source, shortCircuit: true };
  // The server's imports end with what will be built, the web app's with nothing.
  if (/^\.{1,2}\//.test(specifier) && context.parentURL?.endsWith('.ts')) {
    const url = new URL(specifier.replace(/(\.js)?$/, '.ts'), context.parentURL);
    if (existsSync(url)) return { url: url.href, shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts') || url.includes('/node_modules/')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), { ...OPTIONS, filename });
  return { format: 'module', source: code, shortCircuit: true };
}
