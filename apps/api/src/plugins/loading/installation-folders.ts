import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// Where plugins from the registry lie.

/** A plugin of this name in this version. */
export interface Installation {
  name: string;
  version: string;
}

export const npmNameOf = (name: string): string => `vidiverse-plugin-${name}`;

/** Each version has a folder of its own: an update leaves the one that runs alone, and nothing is shared between plugins. */
export const packagesFolder = (dataFolder: string): string => join(dataFolder, 'plugins', 'packages');

export const installationFolder = (dataFolder: string, { name, version }: Installation): string =>
  join(packagesFolder(dataFolder), `${npmNameOf(name)}@${version}`);

/** Of the package itself, beside what it depends on. */
export const packageFolder = (dataFolder: string, installation: Installation): string =>
  join(installationFolder(dataFolder, installation), 'node_modules', npmNameOf(installation.name));

/** Whether anything was installed from the registry, known without the database. */
export function hasInstallations(dataFolder: string): boolean {
  const folder = packagesFolder(dataFolder);
  return existsSync(folder) && readdirSync(folder).some((name) => !name.startsWith('.'));
}
