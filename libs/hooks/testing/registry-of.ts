import { HookRegistry } from '../src/hook-registry.js';
import type { HookOptions } from '../src/hook-options.js';
import { handlersOf } from '../src/handlers-of.js';

/** A registry with the handlers of these instances, as if one plugin had brought them: calls them as the server does. */
export function registryOf(
  plugin: string,
  instances: readonly object[],
  options: Partial<HookOptions> = {},
): HookRegistry {
  const registry = new HookRegistry(options);
  for (const handler of instances.flatMap((instance) => handlersOf(instance)))
    registry.add({ ...handler, plugin });
  return registry;
}
