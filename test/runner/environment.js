import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

const ERRORS = ['uncaughtException', 'unhandledRejection'];
/** What Jest itself reads from the globals by these names; a file's must not reach the next. */
const SETTINGS = [
  'TEST_TIMEOUT_SYMBOL',
  'RETRY_TIMES',
  'RETRY_TIMES_SETTER',
  'RETRY_IMMEDIATELY',
  'EVENT_HANDLERS',
].map(name => Symbol.for(name));

/** The process itself: a file of tests sees its real globals, and leaves them as they were. */
export default class ProcessEnvironment {
  global = globalThis;

  constructor({ projectConfig }) {
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    const { console } = globalThis;
    const { exit, env } = process;
    const settings = { ...env };
    const handlers = ERRORS.map(name => [name, process.listeners(name)]);
    this.restore = () => {
      globalThis.console = console;
      process.exit = exit;
      for (const name of Object.keys(env)) if (!(name in settings)) delete env[name];
      Object.assign(env, settings);
      for (const [name, listeners] of handlers) {
        process.removeAllListeners(name);
        for (const listener of listeners) process.on(name, listener);
      }
      for (const name of SETTINGS) delete globalThis[name];
    };
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    this.restore();
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Nothing runs in another realm. */
  getVmContext() {
    return null;
  }
}
