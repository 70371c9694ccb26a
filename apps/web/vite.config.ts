import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { clientModules } from './client-modules-plugin.js';
import { compressed } from './compress-plugin.js';

const SERVER = 'http://127.0.0.1:9000';

export default defineConfig({
  plugins: [
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('media-') } } }),
    clientModules(),
    compressed(),
  ],
  build: {
    target: 'es2022',
    // Names of files in assets/ change with their content: the server lets browsers keep them for ever.
    assetsDir: 'assets',
    // From it the server knows which scripts a page needs.
    manifest: 'assets/manifest.json',
  },
  server: {
    proxy: {
      ...Object.fromEntries(
        ['/api', '/static', '/lazy-static', '/download', '/plugins'].map((path) => [path, SERVER]),
      ),
      '/tracker': { target: SERVER, ws: true },
    },
  },
});
