import 'reflect-metadata';
import { ConfigError } from '../../config/config.errors.js';
import { loadConfig } from '../../config/load-config.js';
import { shareModules } from '../loading/share-modules.js';
import { DevelopedInstance } from './developed-instance.js';

/**
 * A process of `vidiverse plugin dev` (scripts/plugin/dev): no module can be unloaded, so each state of a plugin has one. The
 * server's modules are loaded by the time it says so; what else it does it is asked for, one thing at a time.
 */
type Request = { id: number } & (
  | { ask: 'try' }
  | { ask: 'start'; withPlugin: boolean }
  | { ask: 'files'; paths: string[] }
  | { ask: 'say'; problem: string | null }
  | { ask: 'end' }
);

const instance = new DevelopedInstance(readConfig());
shareModules();

function readConfig() {
  try {
    return loadConfig();
  } catch (error) {
    process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/** Milliseconds after which nothing holds up the end any longer. */
const END_LIMIT = 2000;

async function end(): Promise<never> {
  setTimeout(() => process.exit(1), END_LIMIT);
  await instance.close();
  process.exit(0);
}

async function answer(request: Request): Promise<unknown> {
  switch (request.ask) {
    case 'try':
      return instance.tryPlugin();
    case 'start':
      return instance.start(request);
    case 'files':
      return instance.takeFiles(request.paths);
    case 'say':
      return instance.say(request.problem);
    case 'end':
      return end();
  }
}

process.on('message', (request: Request) => {
  answer(request).then(
    (value) => process.send?.({ id: request.id, value }),
    (error: Error) => process.send?.({ id: request.id, error: error.message }),
  );
});
// Whoever started it is gone.
process.on('disconnect', () => void end());
process.send?.({ id: 0 });
