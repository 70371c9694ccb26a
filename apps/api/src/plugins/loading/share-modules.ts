import { register } from 'node:module';

let isShared = false;

/**
 * From now on plugins, wherever they lie, import the server's own copies of what both use (shared-modules.ts). Once a process. Where
 * the server runs from its sources, as in tests, whoever compiles them sees to it.
 */
export function shareModules(): void {
  if (isShared || !import.meta.url.endsWith('.js')) return;
  isShared = true;
  register(new URL('./shared-modules.js', import.meta.url));
}
