import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { buildIfNeeded } from './build.mjs';

const only = process.argv.slice(2);

await buildIfNeeded();
for (const name of readdirSync('test/bench')
  .filter((file) => file.endsWith('.bench.mjs'))
  .sort()) {
  if (only.length > 0 && !only.some((part) => name.includes(part))) continue;
  console.log(`\n== ${name.replace('.bench.mjs', '')}`);
  spawnSync(process.execPath, [`test/bench/${name}`], { stdio: 'inherit' });
}
