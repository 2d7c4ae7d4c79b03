import { type Logger, pino } from 'pino';

export type { Logger };

/** One JSON line a message on stderr, so that stdout stays free for what a command prints. Secrets are cut by key name. */
export function openLogger(level: string, stream: NodeJS.WritableStream = process.stderr): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'authorization',
          '*.authorization',
          '*.*.authorization',
          '*.cookie',
          '*.password',
          'password',
          'key',
          '*.secret',
          'secret',
          '*.credentials',
        ],
        censor: '[secret]',
      },
      serializers: { err: pino.stdSerializers.err },
    },
    stream as unknown as import('pino').DestinationStream,
  );
}
