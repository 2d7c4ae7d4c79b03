// What a file of tests imports as `@jest/globals`. It is loaded once, and always means the file that is running.
const ofThisFile = name =>
  new Proxy(() => {}, {
    apply: (_target, self, given) => Reflect.apply(globalThis[Symbol.for('vinculo.jest')][name], self, given),
    get: (_target, property) => globalThis[Symbol.for('vinculo.jest')][name][property],
  });

export const [describe, test, it, expect, jest, beforeAll, beforeEach, afterAll, afterEach] = [
  'describe',
  'test',
  'it',
  'expect',
  'jest',
  'beforeAll',
  'beforeEach',
  'afterAll',
  'afterEach',
].map(ofThisFile);
