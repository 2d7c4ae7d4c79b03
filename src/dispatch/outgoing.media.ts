import { fileTypeFromBuffer } from 'file-type';
import { ConnectorError, type SendCommand } from '../ingest/connector.js';
import { mediaKindOf, type OutgoingReply } from '../modules/social/index.js';
import { type Outbound, OutboundError } from '../platform/outbound.js';

const MOST_BYTES = 25 * 1024 * 1024;

type OutgoingMedia = SendCommand['media'];

/** What gives the bytes of a file that lies with us, by its stored id. */
export type FileSource = (id: string) => Promise<Buffer | null>;

/**
 * Fetches what goes with a reply: files of ours as they are, and what lies elsewhere from public addresses only, 25 MiB each at most, of a kind that its first bytes tell. Throws
 * `ConnectorError`: `invalid` with code MEDIA_… for what will never do, `transient` for what may come later.
 */
export async function fetchMedia(
  outbound: Outbound,
  fileOf: FileSource,
  media: OutgoingReply['media'],
  signal: AbortSignal,
): Promise<OutgoingMedia> {
  const fetched: OutgoingMedia = [];
  for (const { url, description, file } of media) {
    if (file) {
      const { id, name, type } = file;
      const bytes = await fileOf(id);
      if (!bytes) throw unfit('MEDIA_UNREACHABLE', 'A file that was attached is no longer there.');
      fetched.push({ bytes, type, kind: mediaKindOf(type), name, ...(description && { description }) });
      continue;
    }
    const bytes = await bytesOf(outbound, url, signal);
    const type = await fileTypeFromBuffer(bytes);
    if (!type) throw unfit('MEDIA_UNKNOWN_TYPE', 'An attachment is of a kind that its bytes do not tell.');
    const name = URL.parse(url)?.pathname.split('/').at(-1) || `file.${type.ext}`;
    fetched.push({ bytes, type: type.mime, kind: mediaKindOf(type.mime), name, ...(description && { description }) });
  }
  return fetched;
}

async function bytesOf(outbound: Outbound, url: string, signal: AbortSignal): Promise<Buffer> {
  try {
    return (await outbound.get(url, { maxBytes: MOST_BYTES, signal })).body;
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    if (error.reason === 'too_large') throw unfit('MEDIA_TOO_LARGE', error.message);
    const isPassing = ['network', 'timeout', 'aborted'].includes(error.reason) || (error.status ?? 0) >= 500;
    if (!isPassing) throw unfit('MEDIA_UNREACHABLE', error.message);
    throw new ConnectorError({ class: 'transient', message: 'An attachment could not be fetched.', scope: 'message' });
  }
}

const unfit = (code: string, message: string): ConnectorError =>
  new ConnectorError({ class: 'invalid', code, message, scope: 'message' });
