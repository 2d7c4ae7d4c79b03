import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { RequestContext } from '../modules/access/index.js';
import { AppError } from '../platform/errors.js';
import { callerOf } from './server.js';

/** Each holds a connection for as long as its reader takes. */
const MOST_AT_ONCE = 4;

/** Files that are made while they are read: a few at once, and one at a time for a caller. */
export class FileStreams {
  private readonly underWay = new Map<string, Readable>();

  /** Throws RATE_LIMITED while the caller's last file is under way, UNAVAILABLE while too many are. */
  send(
    context: RequestContext,
    reply: FastifyReply,
    pieces: AsyncIterable<string>,
    file: { name: string; type: string },
  ): FastifyReply {
    const caller = callerOf(context);
    if (this.underWay.has(caller)) throw new AppError('RATE_LIMITED', 'Your last export is still under way.');
    if (this.underWay.size >= MOST_AT_ONCE) throw new AppError('UNAVAILABLE');
    const text = Readable.from(pieces);
    this.underWay.set(caller, text);
    const release = () => {
      if (this.underWay.get(caller) === text) this.underWay.delete(caller);
    };
    // Who has read it to its end may ask again at once; who went away closes it before.
    text.once('end', release).once('close', release);
    return reply.type(file.type).header('content-disposition', `attachment; filename="${file.name}"`).send(text);
  }
}
