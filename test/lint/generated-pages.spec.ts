import { expect, test } from '@jest/globals';
import { configurationPage } from '@vidiverse/api';
import { readFile } from 'node:fs/promises';
import prettier from 'prettier';

test('docs/configuration.md says what the schema says', async () => {
  const path = 'docs/configuration.md';
  const made = await prettier.format(configurationPage(), {
    ...(await prettier.resolveConfig(path)),
    filepath: path,
  });
  expect(await readFile(path, 'utf8')).toBe(made);
});
