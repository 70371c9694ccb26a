import { writeFileSync } from 'node:fs';
import prettier from 'prettier';
import { hooksPage } from '../libs/hooks/dist/testing/hooks-page.js';

const path = 'docs/hooks.md';
const options = await prettier.resolveConfig(path);
writeFileSync(path, await prettier.format(hooksPage('libs/hooks/src/host'), { ...options, filepath: path }));
