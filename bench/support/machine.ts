import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';

/** What the figures were got on, in one line. */
export function machine(postgresVersion?: string): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const parts = [
    `${cpus().length} cores (${model.trim()})`,
    `${Math.round(totalmem() / 2 ** 30)} GB`,
    `Linux ${readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim().split('-')[0]}`,
    `Node ${process.versions.node}`,
    ...(postgresVersion ? [`PostgreSQL ${postgresVersion}`] : []),
    `load before ${loadavg()[0]!.toFixed(2)}`,
  ];
  return parts.join(', ');
}
