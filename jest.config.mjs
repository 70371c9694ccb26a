/** Tests run the sources: @swc/jest emits ESM with the decorator metadata that Nest and TypeORM read. */
export default {
  testEnvironment: 'node',
  testMatch: ['**/*.spec.ts', '**/*.e2e-spec.ts'],
  modulePathIgnorePatterns: ['/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        module: { type: 'es6' },
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
      },
    ],
  },
  moduleNameMapper: {
    '^@vidiverse/federation$': '<rootDir>/libs/federation/src/index.ts',
    '^@vidiverse/federation/testing$': '<rootDir>/libs/federation/testing/index.ts',
    '^@vidiverse/torrent$': '<rootDir>/libs/torrent/src/index.ts',
    '^@vidiverse/torrent/testing$': '<rootDir>/libs/torrent/testing/index.ts',
    '^@vidiverse/hooks$': '<rootDir>/libs/hooks/src/index.ts',
    '^@vidiverse/hooks/web$': '<rootDir>/libs/hooks/src/web/index.ts',
    '^@vidiverse/hooks/testing$': '<rootDir>/libs/hooks/testing/index.ts',
    '^@vidiverse/policy$': '<rootDir>/libs/policy/src/index.ts',
    '^@vidiverse/policy/testing$': '<rootDir>/libs/policy/testing/index.ts',
    '^@vidiverse/api$': '<rootDir>/apps/api/src/index.ts',
    '^webrtc-polyfill$': '<rootDir>/test/torrent/support/session-descriptions.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  maxWorkers: 2,
  // Generous: a machine shared with others can be ten times slower than at other hours.
  testTimeout: 300_000,
};
