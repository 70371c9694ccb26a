import { expect, test } from '@jest/globals';
import { configurationPage } from '@vidiverse/api';
import { hooksPage } from '@vidiverse/hooks/testing';
import { readFile } from 'node:fs/promises';
import prettier from 'prettier';

test.each([
  ['docs/configuration.md', 'the schema', configurationPage],
  ['docs/hooks.md', 'the declarations', () => hooksPage('libs/hooks/src/host')],
])('%s says what %s says', async (path, _, page) => {
  const made = await prettier.format(page(), {
    ...(await prettier.resolveConfig(path)),
    filepath: path,
  });
  expect(await readFile(path, 'utf8')).toBe(made);
});
