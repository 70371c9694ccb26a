import { isPluginName, type PluginRight } from '@vidiverse/hooks';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PluginProblem } from './plugin-problem.js';

/** A package on this machine that says it is a plugin. */
export interface PluginPackage {
  /** Of the plugin: the package's name without scope and `vidiverse-plugin-`. */
  name: string;
  version: string;
  description: string | null;
  homepage: string | null;
  folder: string;
  /** URL of the module whose default export is the plugin. */
  entry: string;
  /** What an administrator has agreed to when it was installed from the registry; null when the configuration lists it. */
  agreedRights: readonly PluginRight[] | null;
}

const PREFIX = /^(?:@[^/]+\/)?(?:vidiverse-plugin-)?/;

/**
 * The package that an entry of `plugins.list` names: a folder (relative to where the server was started), a package under
 * `<data>/plugins`, or one of our own. @throws PluginProblem
 */
export async function findPackage(listed: string, dataFolder: string): Promise<PluginPackage> {
  return readPackage(await folderOf(listed, dataFolder), listed);
}

/** What the package in this folder says of itself; `called`: as people know it. @throws PluginProblem */
export async function readPackage(folder: string, called: string): Promise<PluginPackage> {
  const manifest = await manifestOf(folder);
  if (!manifest) throw new PluginProblem(`There is no package called ${called}: it is not installed.`);
  const { name: packageName, version, description, homepage } = manifest;
  const name = String(packageName).replace(PREFIX, '');
  if (!isPluginName(name))
    throw new PluginProblem(
      `Its package is called ${String(packageName)}; it must be vidiverse-plugin-<name of the plugin>.`,
    );
  return {
    name,
    version: typeof version === 'string' ? version : '0.0.0',
    description: typeof description === 'string' ? description : null,
    homepage: typeof homepage === 'string' && /^https?:\/\//.test(homepage) ? homepage : null,
    folder,
    entry: entryOf(folder),
    agreedRights: null,
  };
}

async function folderOf(listed: string, dataFolder: string): Promise<string> {
  if (isAbsolute(listed) || /^\.{1,2}[\\/]/.test(listed)) return resolve(listed);
  if (!/^(?:@[\w.-]+\/)?[\w.-]+$/.test(listed) || listed.includes('..'))
    throw new PluginProblem(`${listed} is neither the name of a package nor a folder.`);
  const installed = join(dataFolder, 'plugins', 'node_modules');
  for (const folder of [join(installed, listed), join(installed, `vidiverse-plugin-${listed}`)])
    if (await manifestOf(folder)) return folder;
  return resolve('plugins', listed);
}

/** The package.json in a folder; null when there is none. @throws PluginProblem */
export async function manifestOf(folder: string): Promise<Record<string, unknown> | null> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new PluginProblem(`The package.json in ${folder} is no JSON.`);
  }
}

/** By Node's own rules: `exports`, or `main`. */
function entryOf(folder: string): string {
  try {
    return pathToFileURL(createRequire(join(folder, 'package.json')).resolve(folder)).href;
  } catch {
    throw new PluginProblem('Its package names no module ("main") that is there; is it built?');
  }
}
