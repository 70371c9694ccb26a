import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config/config.js';
import type { PluginInstallationEntity } from '../plugin-installation.entity.js';
import { manifestOf, type PluginPackage, readPackage } from './find-package.js';
import { hashFolder } from './hash-folder.js';
import {
  type Installation,
  installationFolder,
  npmNameOf,
  packageFolder,
  packagesFolder,
} from './installation-folders.js';
import { readDeclaration } from './plugin-declaration.js';
import { PluginProblem } from './plugin-problem.js';

/** Milliseconds; what is younger may be an installation under way in another process. */
const ABANDONED_AFTER = 3_600_000;

/** What an installed package says of itself. @throws PluginProblem */
export async function readInstalled(dataFolder: string, installation: Installation): Promise<PluginPackage> {
  const folder = packageFolder(dataFolder, installation);
  const found = await readPackage(folder, npmNameOf(installation.name));
  const { rights } = readDeclaration((await manifestOf(folder))!);
  return { ...found, agreedRights: rights };
}

/** The same, if every file is still as it was installed. @throws PluginProblem */
export async function findInstalled(
  { data, plugins }: Config,
  installation: PluginInstallationEntity,
): Promise<PluginPackage> {
  const found = await readInstalled(data, installation);
  const hash = await hashFolder(installationFolder(data, installation), plugins.maxInstalledSize).catch(
    () => null,
  );
  if (hash !== installation.contentHash)
    throw new PluginProblem(
      `Its files are not those that ${installation.installedBy} installed (${installation.integrity}). Uninstall it, and install it anew.`,
    );
  return found;
}

/** Takes away versions that were replaced, and what a process left that ended while it installed. */
export async function removeAbandoned(dataFolder: string, kept: readonly Installation[]): Promise<void> {
  const root = packagesFolder(dataFolder);
  const folders = kept.map((installation) => installationFolder(dataFolder, installation));
  for (const name of await readdir(root).catch(() => [])) {
    const folder = join(root, name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Infinity }));
    if (!folders.includes(folder) && Date.now() - mtimeMs > ABANDONED_AFTER)
      await rm(folder, { recursive: true, force: true });
  }
}
