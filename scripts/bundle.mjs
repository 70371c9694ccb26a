import { builtinModules } from 'node:module';
import { rolldown } from 'rolldown';
import { SHARED_MODULES, sharedFile } from '../apps/api/dist/plugins/loading/shared-modules.js';

/** Beside the built modules and one folder deep as they are, so that what they find by relative path is found from here. */
const FOLDER = 'apps/api/dist/bundle';
const ENTRIES = {
  'main.js': 'apps/api/dist/main.js',
  'index.js': 'apps/api/dist/index.js',
  'shared-modules.js': 'apps/api/dist/plugins/loading/shared-modules.js',
  'signature.worker.js': 'libs/federation/dist/src/signatures/signature.worker.js',
  'create-torrent.worker.mjs': 'libs/torrent/dist/src/metadata/create-torrent.worker.mjs',
};
/** Native code, what few use and loads when used, and the one registry that all copies of a library share. */
const LEFT_OUT =
  /^(?:@libsql|@neon-rs|@node-rs|@img)\/|^(?:reflect-metadata|libsql|sharp|mysql2|bull)(?:\/|$)/;

/** Peer packages that are not installed stay imports: whoever asks for them handles their absence. */
const absentStayOutside = {
  name: 'absent-stay-outside',
  resolveId: {
    order: 'pre',
    async handler(id, importer, options) {
      if (/^(?:[./]|node:)/.test(id) || builtinModules.includes(id)) return null;
      return (await this.resolve(id, importer, { ...options, skipSelf: true }))
        ? null
        : { id, external: true };
    },
  },
};

/** @nestjs/typeorm looks at run time for what TypeORM 1 has no more; that would load a second TypeORM beside the bundled. */
const oneTypeorm = {
  name: 'one-typeorm',
  transform: {
    filter: { id: /@nestjs\/typeorm\/dist\/common\/typeorm-compat\.js$/ },
    handler: (code) => code.replace('const require = createRequire(import.meta.url);', ''),
  },
};

const SHARED = 'shared-with-plugins:';

/** What plugins import instead of a package of their own. Names are written out: the bundle knows none of CommonJS. */
const sharedWithPlugins = {
  name: 'shared-with-plugins',
  resolveId: (id) => (id.startsWith(SHARED) ? id : null),
  load: {
    filter: { id: new RegExp(`^${SHARED}`) },
    async handler(id) {
      const specifier = id.slice(SHARED.length);
      const names = Object.keys(await import(specifier)).filter((name) => name !== 'module.exports');
      return `export { ${names.join(', ')} } from '${specifier}';`;
    },
  },
};

// The built server and what it depends on, as few files: reading two thousand modules is most of what a start takes.
// docs/decisions/0010-bundled-server.md
const build = await rolldown({
  input: {
    ...ENTRIES,
    ...Object.fromEntries(SHARED_MODULES.map((specifier) => [sharedFile(specifier), SHARED + specifier])),
  },
  platform: 'node',
  external: (id) => LEFT_OUT.test(id) || id.endsWith('.node'),
  plugins: [sharedWithPlugins, absentStayOutside, oneTypeorm],
  logLevel: 'silent',
});
await build.write({
  dir: FOLDER,
  cleanDir: true,
  format: 'esm',
  // Names of classes are names of migrations, of tables and of schemas in the API's description.
  keepNames: true,
  comments: false,
  strictExecutionOrder: true,
  entryFileNames: '[name]',
  chunkFileNames: '[name]-[hash].js',
});
await build.close();
