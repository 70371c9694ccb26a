import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { buildIfNeeded } from './build.mjs';

/** Characters of the message of one failed test. */
const LONGEST_REASON = 600;
/** Suites that are tried once more: when more of them break, the machine is not the cause. */
const MOST_AGAIN = 8;
const ci = process.env.CI === 'true';
const folder = mkdtempSync(join(tmpdir(), 'vidiverse-tests-'));
const only = process.argv.slice(2);

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true) ?? socket.destroy());
    socket.on('error', () => resolve(false));
  });

const onPath = (name) => (process.env.PATH ?? '').split(':').some((place) => existsSync(join(place, name)));

/** What failed and why, short enough to be read at the end of a long log. */
const failuresOf = ({ testResults }) =>
  testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    const told = failed.map(({ fullName, failureMessages }) => ({ fullName, message: failureMessages[0] }));
    if (told.length === 0 && message) told.push({ fullName: 'the suite itself', message });
    return told.map(({ fullName, message }) => {
      const reason = stripVTControlCharacters(message).slice(0, LONGEST_REASON);
      return {
        test: `${relative(process.cwd(), name)}: ${fullName}`,
        reason: reason.replaceAll('\n', '\n  '),
      };
    });
  });

/** One run of jest; its counts come from the report it writes. */
async function jest(title, parameters, environment = {}) {
  console.log(`\n== ${title}`);
  const report = join(folder, `${title.replace(/\W+/g, '-')}.json`);
  const code = await new Promise((resolve) => {
    // What servers log is not wanted here: what failed says so itself.
    spawn(
      process.execPath,
      ['node_modules/jest/bin/jest.js', '--silent', '--json', '--outputFile', report, ...parameters],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, ...environment },
      },
    ).on('close', resolve);
  });
  if (!existsSync(report)) throw new Error(`${title}: jest wrote no report`);
  const result = JSON.parse(readFileSync(report, 'utf8'));
  const skipped = result.testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'pending').map(({ fullName }) => fullName),
  );
  const suitesThatBroke = result.numRuntimeErrorTestSuites;
  const failed = result.numFailedTests + suitesThatBroke || (code === 0 ? 0 : 1);
  const brokenSuites = result.testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
  const failures = failuresOf(result);
  return { passed: result.numPassedTests, failed, skipped, brokenSuites, failures, unsteady: [] };
}

const services = ci || ((await answers(3306)) && (await answers(6379)));
const begun = performance.now();
if (await buildIfNeeded()) console.log(`built in ${((performance.now() - begun) / 1000).toFixed(0)} s`);

const plans = [{ title: 'everything, on SQLite and the embedded queue', parameters: only, environment: {} }];
if (services) {
  const shared = [
    'test/api',
    'test/torrent',
    'apps/api/src/database',
    'apps/api/src/jobs',
    'apps/api/src/caching',
  ];
  // About files and ffmpeg alone, and long: `VIDIVERSE_TEST_BACKEND=services npm run test:unit -- test/api` runs them too.
  const sameOnBoth = [
    '--testPathIgnorePatterns',
    'test/api/processing-(hostile|bad-ffmpeg|formats)',
    '/uploads-formats',
  ];
  plans.push({
    title: 'the same on MariaDB and Redis',
    parameters: only.length ? only : [...shared, ...sameOnBoth],
    environment: { VIDIVERSE_TEST_BACKEND: 'services' },
  });
}
const runs = [];
for (const { title, parameters, environment } of plans) {
  const run = await jest(title, parameters, environment);
  runs.push(run);
  if (run.failed === 0 || run.brokenSuites.length > MOST_AGAIN) continue;
  // What fails beside another suite on a busy machine gets a second try with the machine to itself, and is named below.
  // In one process, which a suite that broke may hold open: it is ended.
  const again = await jest(
    `once more, alone, ${title}`,
    ['-i', '--forceExit', '--runTestsByPath', ...run.brokenSuites],
    environment,
  );
  run.unsteady = run.failures.filter((failure) => !again.failures.some(({ test }) => test === failure.test));
  run.failures = again.failures;
  run.passed += run.failed - again.failed;
  run.failed = again.failed;
}
rmSync(folder, { recursive: true, force: true });

const sum = (pick) => runs.reduce((total, run) => total + pick(run), 0);
const skipped = [...new Set(runs.flatMap((run) => run.skipped))];
if (!services)
  console.log('\nskipped: the suites on MariaDB and Redis (nothing answers on 127.0.0.1:3306 and :6379)');
for (const [name, what] of [
  ['ffmpeg', 'processing'],
  ['chromium', 'playback in a browser'],
]) {
  if (!onPath(name)) console.log(`${name} is not installed: tests of ${what} that need it are skipped`);
}
for (const name of skipped) console.log(`skipped: ${name}`);
const told =
  (verdict) =>
  ({ test, reason }) =>
    console.log(`\n${verdict}: ${test}\n  ${reason}`);
runs.flatMap((run) => run.unsteady).forEach(told('passed only alone, failed at first'));
runs.flatMap((run) => run.failures).forEach(told('failed'));
console.log(`\n${((performance.now() - begun) / 1000).toFixed(0)} s in all`);
console.log(`${sum((run) => run.passed)} passed, ${sum((run) => run.failed)} failed`);
process.exit(sum((run) => run.failed) > 0 ? 1 : 0);
