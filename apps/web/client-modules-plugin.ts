import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import * as vue from 'vue';

/** Parts of Vue for pages drawn by a server, for custom elements and for its own tools: no plugin needs them, every visitor would load them. */
const LEFT_OUT =
  /ssr|hydrat|custom-?element|VueElement|useHost|useShadowRoot|devtools|compile|compat|resolveFilter|^default$|^module\.exports$|^__esModule$/i;
const HOST = fileURLToPath(new URL('src/extensions/client/host.ts', import.meta.url));

/** Modules that plugins import, by the address that never changes: the server lets no browser keep them unasked. */
const MODULES: Record<string, string> = {
  '/client/vue.js': `export { ${Object.keys(vue)
    .filter((name) => !LEFT_OUT.test(name))
    .join(', ')} } from 'vue';`,
  '/client/host.js': `export * from ${JSON.stringify(HOST)};`,
};
const PREFIX = '\0client-module:';

/**
 * Gives plugins the Vue of the pages, as two of them on a page would not see each other's state, and what they ask the pages
 * for. The modules stand under stable names beside the hashed ones; also while developing.
 */
export const clientModules = (): Plugin => {
  let isBuild = false;
  return {
    name: 'client-modules',
    configResolved: ({ command }) => void (isBuild = command === 'build'),
    buildStart() {
      if (!isBuild) return;
      for (const address of Object.keys(MODULES))
        this.emitFile({
          type: 'chunk',
          id: address,
          fileName: address.slice(1),
          preserveSignature: 'exports-only',
        });
    },
    resolveId: (id) => (id in MODULES ? PREFIX + id : undefined),
    load: (id) => (id.startsWith(PREFIX) ? MODULES[id.slice(PREFIX.length)] : undefined),
  };
};
