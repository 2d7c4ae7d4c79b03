import { availableParallelism } from 'node:os';

// Tests are run by Jest, and loaded as Node loads any program: test/runner says how.
export default {
  // What a file of tests loads is not let go of by the worker that ran it; a worker that holds too much makes room for a new one.
  workerIdleMemoryLimit: '2GB',
  testEnvironment: '<rootDir>/test/runner/environment.js',
  runtime: '<rootDir>/test/runner/runtime.js',
  testSequencer: '<rootDir>/test/runner/sequencer.js',
  roots: ['<rootDir>/src', '<rootDir>/integrations', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
  // A worker often waits for a server or a process that it started: another one has the processor meanwhile.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  testTimeout: 30_000,
};
