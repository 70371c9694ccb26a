import { Injectable, Optional } from '@nestjs/common';
import type { PluginDefinition } from '@vidiverse/hooks';
import { realpath, stat } from 'node:fs/promises';
import { dirname, extname, join, posix, sep } from 'node:path';
import { NotFoundError } from '../shared/domain-error.js';
import { ActivePlugins } from './active-plugins.js';
import { PluginSet } from './loading/plugin-set.js';
import { PluginChanges } from './plugin-changes.js';

/** What a plugin may serve: of other kinds, a page of this site could make a document. */
const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.gif': 'image/gif',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export interface PublicFile {
  path: string;
  type: string;
  /** Bytes. */
  size: number;
}

/** Files of plugins' packages that are for everybody. */
@Injectable()
export class PluginFiles {
  constructor(
    private readonly set: PluginSet,
    private readonly active: ActivePlugins,
    @Optional() private readonly changes?: PluginChanges,
  ) {}

  /** `path`: within the package. @throws NotFoundError */
  async find(name: string, version: string, path: string): Promise<PublicFile> {
    const plugin = this.set.loaded.find(({ definition }) => definition.name === name);
    const type = TYPES[extname(path).toLowerCase()];
    if (!plugin || !type || !this.active.has(name)) throw absent();
    const served = this.changes?.servedAs(plugin.package.version) ?? plugin.package.version;
    if (version !== served || !isPublic(posix.normalize(path), plugin.definition)) throw absent();
    try {
      const root = await realpath(plugin.package.folder);
      const real = await realpath(join(root, path));
      // A link in the package may lead anywhere.
      if (!real.startsWith(root + sep)) throw absent();
      const { size } = await stat(real);
      return { path: real, type, size };
    } catch {
      throw absent();
    }
  }
}

/** The web module's folder, the static files and the translations; not what runs on the server, nor package.json. */
export function isPublic(path: string, { web, staticFiles, translations }: PluginDefinition): boolean {
  const folders = [web && dirname(web), staticFiles].filter((folder): folder is string => Boolean(folder));
  const isIn = (folder: string) => folder !== '.' && path.startsWith(`${folder}/`);
  return path === web || folders.some(isIn) || Object.values(translations).includes(path);
}

const absent = () => new NotFoundError('File');
