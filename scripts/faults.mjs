import { spawnSync } from 'node:child_process';
import { buildIfNeeded } from './build.mjs';

// The fault stories at full length, with real processes that are killed: twenty minutes on two cores. `npm test` tells
// each in short.
const only = process.argv.slice(2);

await buildIfNeeded();
const { status } = spawnSync(
  process.execPath,
  ['node_modules/jest/bin/jest.js', '--runInBand', ...(only.length > 0 ? only : ['test/faults'])],
  { stdio: 'inherit', env: { ...process.env, VIDIVERSE_FAULTS: 'whole' } },
);
process.exitCode = status ?? 1;
