import { Worker } from 'jest-worker';
import { fileURLToPath } from 'node:url';

const SUITE = fileURLToPath(new URL('./run-suite.mjs', import.meta.url));
const SOURCES = new URL('./sources.mjs', import.meta.url).href;

/**
 * Runs suites in a few processes of bare Node. Each loads the server once and keeps it for its next suites, where
 * Jest's own runner loads all of it again for each. docs/decisions/0016-test-runner.md
 */
export default class Runner {
  constructor(globalConfig) {
    this.settings = globalConfig;
  }

  /** Called by Jest; the callbacks tell its reporters. */
  async runTests(tests, watcher, onStart, onResult, onFailure) {
    const numWorkers = Math.min(this.settings.maxWorkers, tests.length);
    const farm = new Worker(SUITE, {
      exposedMethods: ['runSuite'],
      numWorkers,
      // A suite that takes its process with it has failed; another try would hide it.
      maxRetries: 0,
      forkOptions: { execArgv: ['--import', SOURCES, '--no-warnings'] },
    });
    if (!this.settings.silent) farm.getStdout().pipe(process.stdout);
    if (!this.settings.silent) farm.getStderr().pipe(process.stderr);
    const waiting = tests.values();
    const lane = async () => {
      for (const test of waiting) {
        if (watcher.isInterrupted()) return;
        await onStart(test);
        await farm.runSuite(this.suiteOf(test)).then(
          (result) => onResult(test, result),
          (error) => onFailure(test, error),
        );
      }
    };
    await Promise.all(Array.from({ length: numWorkers }, lane));
    await farm.end();
  }

  suiteOf({ path, context }) {
    const { rootDir, testTimeout } = context.config;
    const { testNamePattern, testTimeout: asked } = this.settings;
    return { path, rootDir, testNamePattern, testTimeout: asked ?? testTimeout };
  }
}
