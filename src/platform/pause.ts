/** Waiting that somebody may cut short: for who looks at intervals, and at once when told that there is something. */
export interface Pause {
  /** Resolves after `milliseconds`, or as soon as `wake` is called. One waits at a time. */
  wait(milliseconds: number): Promise<void>;
  /** Does nothing while nobody waits. */
  wake(): void;
}

export function openPause(): Pause {
  let end: () => void = () => {};
  return {
    wait: milliseconds =>
      new Promise(resolve => {
        const timer = setTimeout(resolve, milliseconds);
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: () => end(),
  };
}
