/** The terminal and npm both pass a Ctrl-C on, so what comes this soon after the first signal is the same one again. */
const ECHO_MS = 500;

const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/** Somebody wants this process to end: what is in flight is finished, nothing new is begun. */
export interface Stop {
  readonly signal: AbortSignal;
  readonly requested: boolean;
  /** What a shell expects of a command that was stopped: 128 and the signal's number; 0 when it was not. */
  readonly exitCode: number;
  /** Resolves when the process is asked to end. */
  wait(): Promise<void>;
  /** Hands the signals back to Node. */
  release(): void;
}

/** Takes SIGINT, SIGTERM and SIGHUP over: the first asks, a second one ends the process at once. */
export function listenForStop(): Stop {
  const controller = new AbortController();
  let first: { at: number; exitCode: number } | null = null;
  const handle = (name: NodeJS.Signals) => {
    const exitCode = 128 + SIGNALS[name as keyof typeof SIGNALS];
    if (first && Date.now() - first.at >= ECHO_MS) process.exit(exitCode);
    if (first) return;
    first = { at: Date.now(), exitCode };
    controller.abort();
  };
  const names = Object.keys(SIGNALS) as NodeJS.Signals[];
  for (const name of names) process.on(name, handle);
  return {
    signal: controller.signal,
    get requested() {
      return first !== null;
    },
    get exitCode() {
      return first?.exitCode ?? 0;
    },
    async wait() {
      if (first) return;
      await new Promise<void>(done => controller.signal.addEventListener('abort', () => done(), { once: true }));
    },
    release() {
      for (const name of names) process.off(name, handle);
    },
  };
}
