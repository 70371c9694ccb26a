import { beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

interface Report {
  numPassedTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: Array<{
    name: string;
    status: string;
    message: string;
    assertionResults: Array<{ fullName: string; status: string; failureMessages: string[] }>;
  }>;
}

let report: Report;

/** Runs the samples as tests are run, in one process. */
beforeAll(async () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const samples = ['--testMatch', '**/test/support/runner-samples/*.sample.ts'];
  const parameters = ['node_modules/jest/bin/jest.js', '--json', '--silent', '-i', ...samples];
  const output = await new Promise<string>((resolve) =>
    execFile(process.execPath, parameters, { cwd: root }, (_failed, stdout) => resolve(stdout)),
  );
  report = JSON.parse(output) as Report;
});

const suite = (name: string) => report.testResults.find((one) => one.name.endsWith(`${name}.sample.ts`))!;
const outcomes = (name: string) =>
  suite(name).assertionResults.map(({ fullName, status, failureMessages }) => [
    fullName,
    status,
    failureMessages[0]?.split('\n')[0],
  ]);

test('each test has its outcome, however it fails', () => {
  expect(outcomes('failing')).toEqual([
    ['passes', 'passed', undefined],
    ['fails', 'failed', expect.stringContaining('toEqual')],
    ['never ends', 'failed', expect.stringContaining('Exceeded timeout of 200 ms')],
    ['throws where nobody listens', 'failed', 'Error: from a timer'],
    ['rejects where nobody listens', 'failed', 'Error: from a promise'],
    ['is skipped', 'pending', undefined],
    ['a block whose set-up fails fails with it', 'failed', 'Error: no set-up'],
    ['a block that ends badly passes', 'passed', undefined],
    ['of several cases is 1', 'passed', undefined],
    ['of several cases is 2', 'passed', undefined],
  ]);
});

test('a suite whose end, import or process breaks has failed, and says why', () => {
  expect(suite('failing').message).toContain('no end');
  expect(suite('broken')).toMatchObject({ status: 'failed' });
  expect(suite('broken').message).toContain('nothing-here.js');
  expect(suite('ending')).toMatchObject({ status: 'failed' });
  expect(report.numRuntimeErrorTestSuites).toBe(3);
});

test('suites after one that took its process with it are run', () => {
  expect(outcomes('passing')).toEqual([['passes', 'passed', undefined]]);
});

test('a place in a source is named as it was written', () => {
  expect(suite('failing').message).toMatch(/failing\.sample\.ts:9:\d+/);
});
