import { SingleBar } from 'cli-progress';

export interface Progress {
  update(position: number, counts: { imported: number; unchanged: number; rejected: number }): void;
  stop(position: number, counts: { imported: number; unchanged: number; rejected: number }): void;
}

/** A bar on a terminal, on stderr; nothing elsewhere, where it would only fill a log. `size` is in bytes. */
export function openProgress(size: number): Progress {
  if (!process.stderr.isTTY || size === 0) return { update() {}, stop() {} };
  const bar = new SingleBar({
    format:
      '{bar} {percentage}% | {imported} imported, {unchanged} unchanged, {rejected} rejected | {eta_formatted} left',
    stream: process.stderr,
    hideCursor: true,
    etaBuffer: 100,
  });
  bar.start(size, 0, { imported: 0, unchanged: 0, rejected: 0 });
  return {
    update: (position, counts) => bar.update(position, counts),
    stop(position, counts) {
      bar.update(position, counts);
      bar.stop();
    },
  };
}
