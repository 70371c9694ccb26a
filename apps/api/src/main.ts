import 'reflect-metadata';
import { withCommandLine } from './config/command-line.js';
import { ConfigError } from './config/config.errors.js';
import { loadConfig } from './config/load-config.js';
import { createApp } from './create-app.js';

try {
  await createApp(loadConfig(withCommandLine(process.argv.slice(2), process.env)));
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
  // Half-built parts may hold the process open.
  setImmediate(() => process.exit(1));
}
