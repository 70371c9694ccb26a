import 'reflect-metadata';
import { loadConfig } from '../../config/load-config.js';
import { dataSourceOptions } from '../../database/data-source-options.js';
import { openDatabase } from '../../database/open-database.js';
import { createJobQueue } from '../create-job-queue.js';
import { endless, quick } from './test-kinds.js';

/** A worker that says on its output what it does. Its environment is the configuration. */
const say = (line: string) => process.stdout.write(`${line}\n`);

const config = loadConfig();
const queue = await createJobQueue(config, await openDatabase(dataSourceOptions(config)));
queue.process(endless, async ({ id }) => {
  say(`began ${id}`);
  await new Promise(() => {});
});
queue.process(quick, async ({ id }) => {
  say(`did ${id}`);
});
await queue.onApplicationBootstrap();
say('ready');
