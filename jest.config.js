// Tests run as native ESM (scripts set NODE_OPTIONS=--experimental-vm-modules); swc only strips types and decorators.
export default {
  // What a file of tests loads is not let go of by the worker that ran it; a worker that holds too much makes room for a new one.
  workerIdleMemoryLimit: '2GB',
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/integrations', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*(?<!\\.json))\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
  maxWorkers: '100%',
  testTimeout: 30_000,
};
