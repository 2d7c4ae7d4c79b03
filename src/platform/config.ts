import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';
import { z } from 'zod';

const flag = z
  .enum(['true', 'false', '1', '0', 'yes', 'no'])
  .transform(value => value === 'true' || value === '1' || value === 'yes');

const PROXIES: Record<string, number> = { true: 1, yes: 1, false: 0, no: 0 };

const wholeNumber = (from: number, to: number) => z.coerce.number().int().min(from).max(to);

const key = z
  .string()
  .transform(text => Buffer.from(text, 'base64'))
  .refine(bytes => bytes.length === 32, 'It has 32 bytes, in base64.');

/** Everything that can be configured, by the name of its environment variable. The README's table is printed from here. */
export const settings = z.object({
  PORT: wholeNumber(0, 65_535).default(4000).describe('Port of the HTTP and WebSocket server; 0 takes any free one'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address the outside world uses, when behind a proxy'),
  TRUST_PROXY: z
    .string()
    .transform(text => Number(PROXIES[text] ?? text))
    .pipe(z.int().min(0).max(10))
    .default(0)
    .describe('How many proxies in front tell the address of the caller (X-Forwarded-For); true for one'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('PostgreSQL 15 or later, as the owner of the database; without it an embedded server is used'),
  DATABASE_APP_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('The same database as a role that owns nothing; without it the server drops to the role vinculo_app'),
  DATABASE_POOL_SIZE: wholeNumber(2, 200).default(12).describe('Connections for requests'),
  DATA_DIR: z.string().min(1).default('data').describe('Folder of the embedded server and of rejected rows'),
  ERP_FOLDER: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder where organisations exchange CSV files with their ERPs, each in one of its own, named by its slug',
    ),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('How much is logged'),
  SECRET_KEY: z
    .string()
    .min(32)
    .optional()
    .describe('Root of all derived keys (cursors, sessions); without it one is made and kept in the database'),
  CREDENTIALS_KEY: key
    .optional()
    .describe('Seals credentials of accounts: 32 bytes in base64; without it a key derived from SECRET_KEY does'),
  CREDENTIALS_KEYS_BEFORE: z
    .string()
    .transform(text => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(key))
    .default([])
    .describe('Keys that CREDENTIALS_KEY replaced, separated by commas: what they sealed still opens'),
  OAUTH_REDIRECT_ORIGINS: z
    .string()
    .transform(text => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(z.url({ protocol: /^https?$/ }).transform(text => new URL(text).origin)))
    .default([])
    .describe('Origins, separated by commas, where a sign-in at a network may come back to beside our own page'),
  WORKER: z.enum(['inline', 'off']).default('inline').describe('Whether this process also runs background work'),
  EVENT_RETENTION_HOURS: wholeNumber(72, 24 * 366)
    .default(168)
    .describe('How long missed events can be replayed'),
  MAX_BODY_BYTES: wholeNumber(10_000, 100_000_000)
    .default(1_000_000)
    .describe('Largest HTTP body and WebSocket message'),
  MAX_HOOK_BYTES: wholeNumber(10_000, 200_000_000)
    .default(36_000_000)
    .describe('Largest call of a network; mail and faxes come with 25 MiB of attachments, in base64'),
  HOOK_RETENTION_DAYS: wholeNumber(0, 366)
    .default(7)
    .describe('How long calls of networks that were read can be read again'),
  FAILED_HOOK_RETENTION_DAYS: wholeNumber(1, 366)
    .default(30)
    .describe('How long calls of networks that could not be read are kept'),
  MAX_DEPTH: wholeNumber(3, 50).default(14).describe('Deepest operation'),
  MAX_ALIASES: wholeNumber(1, 1000).default(50).describe('Most aliases in an operation'),
  MAX_ROOT_FIELDS: wholeNumber(1, 200).default(30).describe('Most root fields in an operation'),
  MAX_BATCH: wholeNumber(1, 100).default(10).describe('Most operations in one HTTP request'),
  MAX_COST: wholeNumber(100, 10_000_000).default(50_000).describe('Largest cost of one operation'),
  COST_PER_MINUTE: wholeNumber(1_000, 1_000_000_000).default(3_000_000).describe('Cost a caller may spend in a minute'),
  // A whole office reads the schema five times, or a site our articles as often as it may thrice over; signing in costs next to nothing.
  ANONYMOUS_COST_PER_MINUTE: wholeNumber(1_000, 1_000_000_000)
    .default(100_000)
    .describe('Cost that all who show no credential may spend in a minute from one address, or network of IPv6'),
  MAX_SUBSCRIPTIONS: wholeNumber(1, 10_000).default(100).describe('Most open subscriptions on one socket'),
  SUBSCRIBER_BUFFER_BYTES: wholeNumber(10_000, 1_000_000_000)
    .default(4_000_000)
    .describe('How far a subscriber may fall behind before it is disconnected'),
  ALLOW_PRIVATE_ADDRESSES: flag.default(false).describe('Let feeds be read from private addresses (on-premise blogs)'),
  BLUESKY_JETSTREAM_URL: z
    .url({ protocol: /^wss?$/ })
    .optional()
    .describe('A Jetstream host of your choice'),
  BLUESKY_APPVIEW_URL: z
    .url({ protocol: /^https?$/ })
    .default('https://public.api.bsky.app')
    .describe('Where Bluesky profiles are read'),
});

export type Config = z.infer<typeof settings>;

/** Where people and programs reach the server, without a trailing slash. A server on all addresses is at this machine's own. */
export function publicUrl({ PUBLIC_URL, HOST, PORT }: Pick<Config, 'PUBLIC_URL' | 'HOST' | 'PORT'>): string {
  if (PUBLIC_URL) return PUBLIC_URL.replace(/\/+$/, '');
  const host = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`;
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the configuration from `environment`, over what `.env` in `directory` says. All mistakes are reported together,
 * by name and reason, never with the value: it may be a secret.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env, directory = process.cwd()): Config {
  const file = resolve(directory, '.env');
  const fromFile = existsSync(file) ? parse(readFileSync(file)) : {};
  const given = Object.fromEntries(
    Object.entries({ ...fromFile, ...environment }).filter(([name, value]) => name in settings.shape && value !== ''),
  );
  const result = settings.safeParse(given);
  if (result.success) return result.data;
  const mistakes = result.error.issues.map(issue => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(`The configuration has ${mistakes.length} mistake(s):\n${mistakes.join('\n')}`);
}
