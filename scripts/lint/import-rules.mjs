import { dirname, relative, resolve, sep } from 'node:path';

const NEST = /^(@nestjs\/(common|core|swagger|testing)|reflect-metadata|rxjs)(\/|$)/;
/** For the types of plugins' settings. */
const ZOD = /^zod(\/|$)/;
const TEST_TOOLS = /^(@jest\/globals|typescript)$/;
const INFRASTRUCTURE =
  /^(typeorm|@nestjs\/typeorm|bull|bullmq|@nestjs\/bull|ioredis|fastify|@fastify\/.*|@nestjs\/platform-fastify)(\/|$)/;
const OURS = /^@vidiverse\/([^/]+)(?:\/(.+))?$/;
const LIBRARIES = ['hooks', 'federation', 'torrent', 'policy'];

/**
 * Who may import whom (docs/architecture.md). `allows` sees another package of ours by its short name, `packages` any other
 * package and the file that imports it; `says` is the message.
 */
const AREAS = [
  {
    path: /^libs\/hooks\//,
    name: 'libs/hooks',
    says: 'libs/hooks may import Nest and zod only, and Vue in web/',
    allows: () => false,
    packages: (name, file) =>
      NEST.test(name) ||
      ZOD.test(name) ||
      (/\/web\//.test(file) && name === 'vue') ||
      (TEST_FILE.test(file) && TEST_TOOLS.test(name)),
  },
  {
    path: /^libs\/(federation|torrent|policy)\//,
    name: 'a library',
    says: 'a library may import libs/hooks and packages other than TypeORM, Bull and Fastify, never another library',
    allows: (target) => target === 'hooks',
    packages: (name) => !INFRASTRUCTURE.test(name),
  },
  {
    path: /^plugins\//,
    name: 'a plugin',
    says: 'a plugin may import libs/hooks and the public index of a library, never the application',
    allows: (target) => LIBRARIES.includes(target),
    packages: () => true,
  },
  {
    path: /^apps\/api\//,
    name: 'apps/api',
    says: 'apps/api may import the libraries; plugins come only by dynamic import of what the configuration lists',
    allows: (target) => LIBRARIES.includes(target),
    packages: () => true,
  },
  {
    path: /^apps\/web\//,
    name: 'apps/web',
    says: 'apps/web speaks to the server over the HTTP API only, and to plugins by @vidiverse/hooks/web',
    allows: () => false,
    packages: (name) => !INFRASTRUCTURE.test(name) && !name.startsWith('@nestjs/'),
  },
];

const TEST_FILE = /(\.spec|\.e2e-spec|\.bench)\.[cm]?[jt]s$|\/testing\/|^test\//;
/** For tests: ports in memory and, apart from them because they need Jest, the suites that every version of a port passes. */
const TESTING = /^testing(\/contracts)?$/;
/** Whose pages, and parts of pages, meet by `@vidiverse/hooks/web`. */
const PAGES = ['apps/web', 'a plugin'];
const packageRoot = (file) => /^((?:libs|apps|plugins)\/[^/]+)\//.exec(file)?.[1];

/** What is wrong with `file` (relative to the repository, with slashes) importing `specifier`; undefined when nothing is. */
export function refusal(file, specifier) {
  if (specifier.startsWith('node:')) return undefined;
  const area = AREAS.find(({ path }) => path.test(file));
  if (specifier.startsWith('.')) {
    const root = packageRoot(file);
    const target = relative('', resolve(dirname(file), specifier))
      .split(sep)
      .join('/');
    if (root && !`${target}/`.startsWith(`${root}/`))
      return `A relative import must stay within ${root}; import the package by its name.`;
    if (!root && packageRoot(`${target}/`) && file.startsWith('test/'))
      return 'Tests import a package by its name, not its files.';
    return undefined;
  }
  const ours = OURS.exec(specifier);
  if (!ours) return area && !area.packages(specifier, file) ? `${area.says} (not ${specifier}).` : undefined;
  const [, target, inside] = ours;
  if (target === 'hooks' && inside === 'web' && (!area || PAGES.includes(area.name))) return undefined;
  if (TESTING.test(inside) ? !TEST_FILE.test(file) : inside !== undefined) {
    return `Nothing imports below the index of @vidiverse/${target}; its "testing" entry is for tests.`;
  }
  return area && !area.allows(target) ? `${area.says} (not ${specifier}).` : undefined;
}

/** ESLint rule: keeps imports pointing the one way the design allows. */
export const importRules = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = relative(context.cwd, context.filename).split(sep).join('/');
    const check = (node) => {
      const specifier = node.source?.value;
      const message = typeof specifier === 'string' ? refusal(file, specifier) : undefined;
      if (message) context.report({ node: node.source, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
