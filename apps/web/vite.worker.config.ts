import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * The service worker, apart from the app: one classic script that imports nothing (not every browser takes a module here),
 * at the root and under a fixed name, so that its scope is the whole site.
 */
export default defineConfig({
  publicDir: false,
  build: {
    target: 'es2022',
    emptyOutDir: false,
    lib: {
      entry: fileURLToPath(new URL('src/player/service-worker.ts', import.meta.url)),
      formats: ['iife'],
      name: 'worker',
      fileName: () => 'sw.js',
    },
  },
});
