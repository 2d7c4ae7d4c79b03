import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Access } from '../modules/access/index.js';
import { readCalendar } from '../modules/activities/index.js';
import { AppError } from '../platform/errors.js';
import { Allowance } from './allowance.js';

/** A calendar looks every quarter of an hour or so; nobody has a reason for more than one look every few seconds. */
const READS_PER_MINUTE = 20;

/** 32 random bytes in base64url. */
const TOKEN = /^([\w-]{43})\.ics$/;

/** `GET /calendar/:file`: the activities of whoever made the secret address, for any calendar program. */
export function registerCalendars(fastify: FastifyInstance, { database, guesses }: Access): void {
  const allowance = new Allowance(READS_PER_MINUTE);
  fastify.get<{ Params: { file: string } }>('/calendar/:file', async (request, reply) => {
    guesses.check(request.ip);
    const token = TOKEN.exec(request.params.file)?.[1];
    if (token) allowance.spend(digest(token), 1);
    const text = token ? await readCalendar(database, token, request.id) : null;
    if (text === null) {
      guesses.miss(request.ip);
      throw new AppError('NOT_FOUND');
    }
    const etag = `"${digest(text)}"`;
    reply.headers({
      etag,
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'referrer-policy': 'no-referrer',
    });
    if (knows(request.headers['if-none-match'], etag)) return reply.code(304).send();
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', 'inline; filename="activities.ics"')
      .send(text);
  });
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

const knows = (given: string | undefined, etag: string): boolean =>
  (given ?? '').split(',').some(one => one.trim().replace(/^W\//, '') === etag);
