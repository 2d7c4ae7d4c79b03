import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { OutboundError } from './outbound.error.js';

const DECODERS: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};
/** Codes of zlib's and brotli's errors. */
const CORRUPT = /^(Z_|ERR_BROTLI|ERR__ERROR|ERR_PADDING)/;
/** Nobody compresses more often than this on purpose. */
const MAX_ENCODINGS = 2;
/** As many bytes as browsers look at to tell what something is (WHATWG MIME Sniffing reads 1445 at most). */
const SNIFFED_BYTES = 1445;

interface BodyLimits {
  /** Bytes of what the body unpacks to. */
  maxBytes: number;
  /** Called once with the first bytes; what it throws ends the reading. */
  sniff?(firstBytes: Buffer): void;
}

/** Reads a response's body, unpacked, and stops as soon as that passes the limit, however small it was when packed. */
export async function readBody(
  body: Readable,
  contentEncoding: string | undefined,
  limits: BodyLimits,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let isSniffed = false;
  let size = 0;
  const sniff = () => {
    isSniffed = true;
    limits.sniff?.(Buffer.concat(chunks).subarray(0, SNIFFED_BYTES));
  };
  try {
    for await (const chunk of unpack(body, contentEncoding)) {
      size += chunk.length;
      if (size > limits.maxBytes) throw tooLarge(limits.maxBytes);
      chunks.push(chunk);
      if (!isSniffed && size >= SNIFFED_BYTES) sniff();
    }
  } catch (error) {
    if (!CORRUPT.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
    throw new OutboundError('bad_encoding', 'The answer is not packed the way it says.', { cause: error });
  }
  if (!isSniffed) sniff();
  return Buffer.concat(chunks);
}

/** Leaving the loop over what this returns destroys every stream before it, the connection included. */
function unpack(body: Readable, contentEncoding: string | undefined): Readable {
  return decodersOf(contentEncoding).reduce((packed: Readable, decoder) => pipeline(packed, decoder, () => {}), body);
}

/** The decoders in the order to apply: the header lists them in the order they were put on (RFC 9110, 8.4). */
function decodersOf(contentEncoding: string | undefined): Transform[] {
  const names = (contentEncoding ?? '')
    .split(',')
    .map(name => name.trim().toLowerCase())
    .filter(name => name !== '' && name !== 'identity')
    .reverse();
  if (names.length > MAX_ENCODINGS || names.some(name => !Object.hasOwn(DECODERS, name))) {
    throw new OutboundError(
      'bad_encoding',
      `The answer is packed in a way we do not read: ${names.join(', ').slice(0, 80)}.`,
    );
  }
  return names.map(name => DECODERS[name]!());
}

export function tooLarge(maxBytes: number): OutboundError {
  return new OutboundError('too_large', `The answer is larger than ${Math.floor(maxBytes / 1024)} KiB.`);
}
