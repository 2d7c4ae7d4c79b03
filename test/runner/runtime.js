import 'reflect-metadata';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { loadTypeScript, SourceMaps } from './loading.js';

const require = createRequire(import.meta.url);
const TIMEOUT = Symbol.for('TEST_TIMEOUT_SYMBOL');
const imported = new Set();
let isLoading = false;

/**
 * Loads files of tests as Node loads any program, instead of into a virtual machine for each: what they import is
 * loaded once in a worker, however many of them it runs. Tests keep to this by having nothing global of their own.
 */
export default class ProcessRuntime {
  constructor(_config, environment) {
    this.environment = environment;
    if (!isLoading) loadTypeScript();
    isLoading = true;
  }

  /** Jest's own parts; the one that collects tests is new for every file. */
  requireInternalModule(path) {
    delete require.cache[path];
    return require(path);
  }

  requireModule(path) {
    return require(path);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    // A file that runs again, under --watch, is loaded again.
    const again = imported.has(path) ? `?again=${imported.size}` : '';
    imported.add(path + again);
    await import(pathToFileURL(path).href + again);
  }

  setGlobalsForRuntime(globals) {
    const { moduleMocker, fakeTimersModern: timers } = this.environment;
    const jest = {
      fn: moduleMocker.fn.bind(moduleMocker),
      spyOn: moduleMocker.spyOn.bind(moduleMocker),
      restoreAllMocks: () => moduleMocker.restoreAllMocks(),
      setTimeout: milliseconds => {
        globalThis[TIMEOUT] = milliseconds;
      },
      useFakeTimers: options => timers.useFakeTimers(options),
      useRealTimers: () => timers.useRealTimers(),
    };
    globalThis[Symbol.for('vinculo.jest')] = { ...globals, jest };
  }

  getSourceMaps() {
    return new SourceMaps();
  }

  getAllCoverageInfoCopy() {}

  enterTestCode() {}

  leaveTestCode() {}

  teardown() {
    this.environment.moduleMocker.restoreAllMocks();
  }
}
