import { type PluginDefinition, PluginDefinitionError, readPlugin } from '@vidiverse/hooks';
import { setTimeout as after } from 'node:timers/promises';
import { satisfies } from 'semver';
import { getMetadataArgsStorage } from 'typeorm';
import { VERSION } from '../../instance/version.js';
import type { PluginPackage } from './find-package.js';
import { PluginProblem } from './plugin-problem.js';

/** What a package exports, checked: it is a plugin of this name, for this version, with tables of its own. @throws PluginProblem */
export async function importPlugin(
  { name, entry, agreedRights }: PluginPackage,
  timeLimit: number,
): Promise<PluginDefinition> {
  const definition = await definitionIn(entry, timeLimit);
  if (definition.name !== name)
    throw new PluginProblem(`It calls itself ${definition.name}, and its package ${name}.`);
  if (!satisfies(VERSION, definition.requires, { includePrerelease: true }))
    throw new PluginProblem(`It requires Vidiverse ${definition.requires}; this is ${VERSION}.`);
  const more = definition.rights.filter((right) => agreedRights && !agreedRights.includes(right));
  if (more.length > 0)
    throw new PluginProblem(`It asks for rights that its package does not declare: ${more.join(', ')}.`);
  for (const entity of definition.entities) assertOwnTable(name, entity);
  return definition;
}

/** Its tables begin so. */
export const tablePrefix = (name: string): string => `${name.replaceAll('-', '_')}_`;

async function definitionIn(entry: string, timeLimit: number): Promise<PluginDefinition> {
  const stop = new AbortController();
  const late = after(timeLimit, undefined, { signal: stop.signal }).then(() => {
    throw new PluginProblem(`Loading it took longer than ${timeLimit} ms (plugins.loadTimeout).`);
  });
  late.catch(() => undefined);
  try {
    const loaded = (await Promise.race([import(entry), late])) as { default?: unknown };
    return readPlugin(loaded.default);
  } catch (error) {
    if (error instanceof PluginDefinitionError) throw new PluginProblem(error.message);
    throw error;
  } finally {
    stop.abort();
  }
}

function assertOwnTable(name: string, entity: object): void {
  const table = getMetadataArgsStorage().tables.find(({ target }) => target === entity);
  if (!table) throw new PluginProblem(`One of its entities, ${(entity as { name: string }).name}, is none.`);
  if (!table.name?.startsWith(tablePrefix(name)))
    throw new PluginProblem(
      `Its table ${table.name ?? (entity as { name: string }).name} must begin with ${tablePrefix(name)}.`,
    );
}
