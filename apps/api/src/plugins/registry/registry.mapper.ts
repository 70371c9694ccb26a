import type { AvailablePluginView, OfferedPluginView } from '../dto/registry.js';
import { toRightViews } from '../plugin.mapper.js';
import type { OfferedPackage } from './offered-package.js';
import { pluginNameOf } from './package-names.js';
import type { Hit } from './registry-answers.js';

/** `installedVersion`: of this plugin, here. */
export const toAvailableView = (
  { name, version, description, date, links, publisher }: Hit,
  installedVersion: string | null,
): AvailablePluginView => ({
  npmName: name,
  name: pluginNameOf(name),
  latestVersion: version,
  description,
  homepage: links.homepage,
  publisher,
  updatedAt: date,
  installedVersion,
});

export const toOfferedView = (
  { npmName, version, answer, declaration, problems }: OfferedPackage,
  installedVersion: string | null,
): OfferedPluginView => ({
  npmName,
  name: pluginNameOf(npmName),
  version,
  description: answer.description,
  homepage: answer.homepage,
  publisher: answer._npmUser,
  license: answer.license,
  size: answer.dist.unpackedSize,
  integrity: answer.dist.integrity,
  requires: declaration?.requires ?? null,
  rights: declaration && toRightViews(declaration.rights),
  problems,
  installedVersion,
});
