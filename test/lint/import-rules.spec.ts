import { describe, expect, test } from '@jest/globals';
import { ESLint } from 'eslint';

/** Lints `code` as if it stood in `filePath`, with the repository's own configuration. */
async function messages(
  filePath: string,
  code: string,
  rules = ['vidiverse/import-rules'],
): Promise<string[]> {
  const [result] = await new ESLint().lintText(code, { filePath });
  return result!.messages.filter(({ ruleId }) => rules.includes(ruleId ?? '')).map(({ message }) => message);
}

const plant = (specifier: string) => `import * as planted from '${specifier}';\nexport { planted };\n`;

describe('a forbidden import fails the lint, and the message says what is allowed', () => {
  test.each([
    ['libs/hooks/src/planted.ts', 'yaml', 'Nest and zod only'],
    ['libs/hooks/src/planted.ts', '@jest/globals', 'Nest and zod only'],
    ['libs/hooks/src/planted.ts', '@vidiverse/policy', 'Nest and zod only'],
    ['libs/hooks/src/planted.ts', 'vue', 'and Vue in web/'],
    ['apps/api/src/planted.ts', '@vidiverse/hooks/web', 'below the index'],
    ['libs/torrent/src/planted.ts', 'typeorm', 'other than TypeORM'],
    ['libs/torrent/src/planted.ts', '@vidiverse/policy', 'never another library'],
    ['libs/policy/src/planted.ts', 'fastify', 'other than TypeORM, Bull and Fastify'],
    ['plugins/hello/src/planted.ts', '@vidiverse/api', 'never the application'],
    ['apps/api/src/planted.ts', '@vidiverse/plugin-hello', 'dynamic import'],
    ['apps/api/src/planted.ts', '@vidiverse/torrent/dist/src/tracker/tracker.js', 'below the index'],
    ['apps/api/src/videos/planted.ts', '@vidiverse/torrent/testing', 'for tests'],
    ['apps/api/src/plugins/planted.ts', '@vidiverse/hooks/testing/contracts', 'for tests'],
    ['apps/api/src/videos/planted.ts', '../../../../libs/torrent/src/index.js', 'must stay within apps/api'],
    ['apps/web/src/planted.ts', '@vidiverse/torrent', 'HTTP API only'],
    ['test/api/planted.ts', '../../apps/api/src/create-app.js', 'by its name'],
  ])('%s importing %s', async (file, specifier, said) => {
    expect(await messages(file, plant(specifier))).toEqual([expect.stringContaining(said)]);
  });

  test('also when it is re-exported or imported at run time', async () => {
    expect(await messages('libs/torrent/src/planted.ts', "export * from 'typeorm';")).toHaveLength(1);
    expect(
      await messages('libs/torrent/src/planted.ts', "export const load = () => import('bull');"),
    ).toHaveLength(1);
  });
});

describe('what the design allows passes', () => {
  test.each([
    ['libs/hooks/src/planted.ts', '@nestjs/core'],
    ['libs/hooks/src/planted.ts', 'zod'],
    ['libs/hooks/src/planted.spec.ts', 'typescript'],
    ['libs/torrent/src/planted.ts', '@vidiverse/hooks'],
    ['libs/torrent/src/planted.spec.ts', '@vidiverse/hooks/testing'],
    ['test/plugins/planted.e2e-spec.ts', '@vidiverse/hooks/testing/contracts'],
    ['apps/api/src/planted.ts', '@vidiverse/torrent'],
    ['apps/api/src/torrents/planted.spec.ts', '@vidiverse/torrent/testing'],
    ['plugins/hello/src/planted.ts', '@vidiverse/policy'],
    ['libs/hooks/src/web/planted.ts', 'vue'],
    ['apps/web/src/planted.ts', '@vidiverse/hooks/web'],
    ['test/api/planted.ts', '@vidiverse/api'],
  ])('%s importing %s', async (file, specifier) => {
    expect(await messages(file, plant(specifier))).toEqual([]);
  });
});

describe('a second way to other servers fails the lint', () => {
  const told = (file: string, code: string) =>
    messages(file, code, ['no-restricted-imports', 'no-restricted-globals']);
  const ways = [
    "export const ask = () => fetch('https://peer.example/');",
    "export const open = () => new WebSocket('wss://peer.example/');",
    "export { request } from 'undici';",
    "import { get } from 'node:https';\nexport { get };",
    "import http from 'node:http';\nexport { http };",
    "import * as tls from 'node:tls';\nexport { tls };",
    "import { connect } from 'node:net';\nexport { connect };",
  ];
  const places = ['apps/api/src/videos/planted.ts', 'libs/torrent/src/planted.ts'];

  test.each(places.flatMap((place) => ways.map((way): [string, string] => [place, way])))(
    '%s with %s',
    async (file, code) => {
      expect(await told(file, code)).toEqual([expect.stringContaining('RemoteClient')]);
    },
  );

  test('what serves others, and the client itself, passes', async () => {
    const types =
      "import { createServer, type IncomingMessage } from 'node:http';\nexport { createServer, type IncomingMessage };";
    expect(await told('apps/api/src/http/planted.ts', types)).toEqual([]);
    expect(await told('libs/federation/src/fetching/planted.ts', ways[2]!)).toEqual([]);
  });
});
