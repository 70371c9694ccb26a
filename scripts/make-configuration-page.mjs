import { writeFileSync } from 'node:fs';
import prettier from 'prettier';
import { configurationPage } from '../apps/api/dist/config/configuration-page.js';

const path = 'docs/configuration.md';
const options = await prettier.resolveConfig(path);
writeFileSync(path, await prettier.format(configurationPage(), { ...options, filepath: path }));
