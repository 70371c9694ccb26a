import { addEventHandler, getState, resetState, run } from 'jest-circus';
import { formatExecError, formatResultsErrors } from 'jest-message-util';
import { pathToFileURL } from 'node:url';
import { expect } from './globals.mjs';

const STATES = { done: 'passed', skip: 'pending', todo: 'todo' };

const namesOf = (test) => (test.parent ? [...namesOf(test.parent), test.name] : []);

addEventHandler((event) => {
  if (event.name !== 'test_start') return;
  expect.setState({ currentTestName: namesOf(event.test).join(' '), suppressedErrors: [] });
});

/** What nobody caught belongs to the test that runs, or else to the suite. */
const uncaught = (error) => {
  const { currentlyRunningTest, unhandledErrors } = getState();
  (currentlyRunningTest?.errors ?? unhandledErrors).push(error);
};
process.on('uncaughtException', uncaught).on('unhandledRejection', uncaught);

/**
 * Runs the suite at `path` and answers what Jest calls a test result. `testTimeout` in milliseconds. Modules stay loaded:
 * what a suite imports, the next one of this process finds there.
 */
export async function runSuite({ path, rootDir, testNamePattern, testTimeout }) {
  resetState();
  Object.assign(getState(), { testTimeout });
  if (testNamePattern) getState().testNamePattern = new RegExp(testNamePattern, 'i');
  expect.setState({ testPath: path });
  const start = Date.now();
  await import(pathToFileURL(path).href);
  const loaded = Date.now();
  const { testResults, unhandledErrors, unhandledErrorsDetailed } = await run();
  const results = testResults.map(resultOf);
  const count = (state) => results.filter(({ status }) => status === state).length;
  const config = { rootDir, testMatch: [] };
  const broke = unhandledErrorsDetailed.map((error) =>
    formatExecError(error, config, { noStackTrace: false }),
  );
  const messages = [formatResultsErrors(results, config, { noStackTrace: false }, path), ...broke].filter(
    Boolean,
  );
  return {
    failureMessage: messages.length ? messages.join('\n\n') : null,
    leaks: false,
    numFailingTests: count('failed'),
    numPassingTests: count('passed'),
    numPendingTests: count('pending'),
    numTodoTests: count('todo'),
    openHandles: [],
    perfStats: {
      start,
      end: Date.now(),
      runtime: Date.now() - start,
      loadTestEnvironmentEnd: loaded,
      slow: false,
    },
    skipped: false,
    snapshot: {
      added: 0,
      fileDeleted: false,
      matched: 0,
      unchecked: 0,
      uncheckedKeys: [],
      unmatched: 0,
      updated: 0,
    },
    testExecError: unhandledErrors.length ? { message: '', stack: unhandledErrors.join('\n') } : undefined,
    testFilePath: path,
    testResults: results,
  };
}

function resultOf({ duration, errors, errorsDetailed, invocations, numPassingAsserts, status, testPath }) {
  // The first name is that of the block around everything.
  const names = testPath.slice(1);
  return {
    ancestorTitles: names.slice(0, -1),
    title: names.at(-1),
    fullName: names.join(' '),
    duration,
    invocations,
    numPassingAsserts,
    status: status === 'done' && errors.length ? 'failed' : STATES[status],
    failureMessages: errors,
    failureDetails: errorsDetailed.map(({ message }) => ({ message })),
  };
}
