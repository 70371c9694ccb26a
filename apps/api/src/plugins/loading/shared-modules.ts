import { readFileSync } from 'node:fs';
import type { ResolveFnOutput, ResolveHook } from 'node:module';

/** Of these a plugin and the server must have one copy: classes are injected by identity, and tables and routes stand in registries. */
const ALWAYS_SHARED = [
  '@vidiverse/hooks',
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/swagger',
  '@nestjs/typeorm',
  'typeorm',
  'reflect-metadata',
];

/** Libraries that know nothing of us use these too: another major version that they have brought stays theirs. */
const SHARED_OF_ONE_MAJOR = ['rxjs', 'zod'];

/**
 * What is imported of them, each a module of its own in the bundle (scripts/bundle.mjs). `internal` is what libraries of Nest
 * import; `reflect-metadata` is not bundled. What lies deeper comes from the server's packages, beside the bundle's copy.
 */
export const SHARED_MODULES: readonly string[] = [
  ...ALWAYS_SHARED.filter((name) => name !== 'reflect-metadata'),
  ...SHARED_OF_ONE_MAJOR,
  '@nestjs/common/internal',
  '@nestjs/core/internal',
  'rxjs/operators',
  'zod/v4',
];

/** The bundle's module for one of them, relative to the bundle. */
export const sharedFile = (specifier: string): string =>
  `shared/${specifier.replace('@', '').replaceAll('/', '-')}.js`;

const isBundled = /\/dist\/bundle\/[^/]+$/.test(import.meta.url);

/**
 * Resolves them from the server, whoever asks. Runs in Node's thread for module hooks:
 * https://nodejs.org/api/module.html#resolvespecifier-context-nextresolve
 */
export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const isOf = (name: string): boolean => specifier === name || specifier.startsWith(`${name}/`);
  const library = SHARED_OF_ONE_MAJOR.find(isOf);
  if (!library && !ALWAYS_SHARED.some(isOf)) return nextResolve(specifier, context);
  const { parentURL } = context;
  const ours = await nextResolve(specifier, { ...context, parentURL: import.meta.url });
  if (library) {
    // Node has made the parent that was given above that of the context: it is given again.
    const asking = async () => nextResolve(specifier, { ...context, parentURL });
    const theirs = await asking().catch(() => ours);
    const major = majorOf(library, theirs);
    if (major !== null && major !== majorOf(library, ours)) return theirs;
  }
  return isBundled && SHARED_MODULES.includes(specifier)
    ? { url: new URL(sharedFile(specifier), import.meta.url).href, format: 'module', shortCircuit: true }
    : ours;
};

/** Of the package that a resolved module lies in; null when that is not known, as of one that is linked from elsewhere. */
function majorOf(name: string, { url }: ResolveFnOutput): string | null {
  const [folder] = new RegExp(`^.*/node_modules/${name}/`).exec(url) ?? [];
  if (!folder) return null;
  const { version } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as {
    version?: unknown;
  };
  return typeof version === 'string' ? version.split('.')[0]! : null;
}
