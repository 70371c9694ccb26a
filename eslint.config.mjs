import js from '@eslint/js';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import typescript from 'typescript-eslint';
import { importRules } from './scripts/lint/import-rules.mjs';

const ONE_CLIENT = 'Other servers are asked through RemoteClient of @vidiverse/federation only.';

export default typescript.config(
  { ignores: ['**/dist/', '**/node_modules/', 'apps/web/src/api/generated/', 'data/', '.cache/'] },
  js.configs.recommended,
  ...typescript.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    plugins: { vidiverse: { rules: { 'import-rules': importRules } } },
    languageOptions: {
      globals: globals.node,
      // Classes that Nest injects by their type are values, whatever they look like.
      parserOptions: { emitDecoratorMetadata: true, experimentalDecorators: true },
    },
    rules: {
      'vidiverse/import-rules': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    },
  },
  {
    // The merged interface is how a token gets the type of a zod schema.
    files: ['apps/api/src/config/config.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-declaration-merging': 'off',
      '@typescript-eslint/no-empty-object-type': 'off',
    },
  },
  {
    // One client asks other servers: it checks addresses, redirects, sizes and time. A second one would be a way around it.
    files: ['apps/api/src/**', 'libs/*/src/**', 'plugins/*/src/**'],
    ignores: ['libs/federation/src/fetching/**', '**/*.spec.ts', '**/testing/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].map((name) => ({
          name,
          message: ONE_CLIENT,
        })),
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            ...['undici', 'got', 'axios', 'node-fetch', 'superagent', 'request', 'ky', 'node:http2'].map(
              (name) => ({
                name,
                message: ONE_CLIENT,
              }),
            ),
            ...['http', 'https', 'node:http', 'node:https'].map((name) => ({
              name,
              importNames: ['default', 'request', 'get', 'Agent', 'globalAgent', 'ClientRequest'],
              message: ONE_CLIENT,
            })),
            ...['net', 'tls', 'node:net', 'node:tls'].map((name) => ({
              name,
              importNames: ['default', 'connect', 'createConnection'],
              message: ONE_CLIENT,
            })),
          ],
        },
      ],
    },
  },
  { files: ['scripts/demo/page/**'], languageOptions: { globals: globals.browser } },
  {
    files: ['apps/web/**'],
    languageOptions: {
      globals: { ...globals.browser, ...globals.serviceworker },
      parserOptions: { parser: typescript.parser },
    },
    rules: {
      // vue-tsc knows the DOM's types, ESLint's list of globals does not.
      'no-undef': 'off',
      // Prettier decides about layout.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multiline-html-element-content-newline': 'off',
    },
  },
  { files: ['scripts/**', 'test/bench/**'], rules: { 'no-console': 'off' } },
  // Parts of it run in a page.
  { files: ['test/bench/player.bench.mjs'], languageOptions: { globals: globals.browser } },
);
