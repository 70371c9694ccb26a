/** Tests run the sources, in processes of scripts/test. */
export default {
  runner: '<rootDir>/scripts/test/runner.mjs',
  testMatch: ['**/*.spec.ts', '**/*.e2e-spec.ts'],
  modulePathIgnorePatterns: ['/dist/'],
  // One more than the two cores of the smallest machine: suites wait half of the time.
  maxWorkers: 3,
  // Generous: a machine shared with others can be ten times slower than at other hours.
  testTimeout: 300_000,
};
