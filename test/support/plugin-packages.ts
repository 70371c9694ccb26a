import { type Options, transform } from '@swc/core';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A folder with packages of plugins. */
export interface PluginPackages {
  /** Writes a package from TypeScript and answers its folder. `files`: more of them, by path in the package. */
  make(name: string, source: string, files?: Record<string, string>): Promise<string>;
  remove(): Promise<void>;
}

/**
 * By default outside the repository, as strangers have them: nothing of ours lies beside them. For a server in the process of the
 * test they are where Jest finds what they import.
 */
export async function pluginPackages(
  loadedBy: 'a server process' | 'in this process' = 'a server process',
): Promise<PluginPackages> {
  const parent = loadedBy === 'in this process' ? resolve('.cache') : tmpdir();
  await mkdir(parent, { recursive: true });
  const root = await mkdtemp(join(parent, 'vidiverse-plugins-'));
  return {
    make: async (name, source, files = {}) => {
      const folder = join(root, `vidiverse-plugin-${name}`);
      const manifest = {
        name: `vidiverse-plugin-${name}`,
        version: '1.2.3',
        type: 'module',
        main: 'dist/index.js',
      };
      const all = {
        'package.json': JSON.stringify(manifest),
        'dist/index.js': await compiled(source),
        ...files,
      };
      for (const [path, content] of Object.entries(all)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }
      return folder;
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** As `tsc` makes it of a plugin; what is no TypeScript stays as it is. */
async function compiled(source: string): Promise<string> {
  const { code } = await transform(source, OPTIONS).catch(() => ({ code: source }));
  return code;
}

const OPTIONS: Options = {
  swcrc: false,
  module: { type: 'es6' },
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};
