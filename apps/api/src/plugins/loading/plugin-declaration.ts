import { PLUGIN_RIGHTS, type PluginRight } from '@vidiverse/hooks';
import { validRange } from 'semver';
import { PluginProblem } from './plugin-problem.js';

/** What a package says of its plugin before any of its code is run: `vidiverse` in its package.json. */
export interface PluginDeclaration {
  /** Versions of Vidiverse, as npm writes ranges. */
  requires: string;
  rights: readonly PluginRight[];
}

const MAX_RANGE = 100;
const isRight = (value: unknown): value is PluginRight =>
  typeof value === 'string' && Object.hasOwn(PLUGIN_RIGHTS, value);

/** @throws PluginProblem when it declares nothing, or something that this version does not know */
export function readDeclaration(manifest: Record<string, unknown>): PluginDeclaration {
  const { requires, rights } = (manifest.vidiverse ?? {}) as Record<string, unknown>;
  if (requires === undefined && rights === undefined)
    throw new PluginProblem(
      'It declares nothing: its package.json has no "vidiverse" with "requires" and "rights".',
    );
  if (typeof requires !== 'string' || requires.length > MAX_RANGE || validRange(requires) === null)
    throw new PluginProblem(
      '"vidiverse.requires" in its package.json is no range of versions, such as ^0.1.0.',
    );
  if (!Array.isArray(rights) || !rights.every(isRight))
    throw new PluginProblem(
      `"vidiverse.rights" in its package.json must be a list of ${Object.keys(PLUGIN_RIGHTS).join(', ')}.`,
    );
  return { requires, rights: [...new Set(rights)] };
}
