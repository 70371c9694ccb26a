import { expect, test } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Declared {
  requires: string;
  rights: readonly string[];
}

test('each plugin of our own declares in its package.json what its code asks for', async () => {
  const names = await readdir('plugins');
  expect(names.length).toBeGreaterThan(2);
  for (const name of names) {
    const folder = resolve('plugins', name);
    const manifest = JSON.parse(await readFile(`${folder}/package.json`, 'utf8')) as { vidiverse: Declared };
    const built = (await import(pathToFileURL(`${folder}/dist/index.js`).href)) as { default: Declared };
    const { requires, rights } = built.default;
    expect({ name, ...manifest.vidiverse }).toEqual({ name, requires, rights });
  }
});
