/** Lets others have their turn: learning is seconds of work in a process that also answers people. */
export const breathe = () => new Promise<void>(done => setImmediate(done));
