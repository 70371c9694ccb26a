import { register } from 'node:module';

let isShared = false;

/** From now on plugins, wherever they lie, import the server's own copies of what both use (shared-modules.ts). Once a process. */
export function shareModules(): void {
  if (isShared) return;
  isShared = true;
  register(new URL('./shared-modules.js', import.meta.url));
}
