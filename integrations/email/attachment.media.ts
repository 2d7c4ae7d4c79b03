import type { Attachment } from 'postal-mime';
import type { MediaRef } from '../../src/ingest/connector.js';

const LARGEST = 25 * 1024 * 1024;
const MOST = 20;
/** Outlook's own envelope, and what reports carry for machines. */
const NOT_FOR_PEOPLE =
  /^(?:application\/(?:vnd\.)?ms-tnef|application\/(?:x-)?pkcs7-signature|application\/pgp-signature|message\/(?:global-)?(?:delivery-status|disposition-notification|feedback-report))$/;

/** A mail's attachments and embedded images as people get them; `left` counts those too many or too large to be kept. */
export function mediaOf(attachments: readonly Attachment[]): { media: MediaRef[]; left: number } {
  const wanted = attachments.filter(
    ({ mimeType, filename }) => !NOT_FOR_PEOPLE.test(mimeType) && filename?.toLowerCase() !== 'winmail.dat',
  );
  const kept = wanted.filter(({ content }) => sizeOf(content) <= LARGEST && sizeOf(content) > 0).slice(0, MOST);
  return { media: kept.map(mediaRef), left: wanted.length - kept.length };
}

function mediaRef({ filename, mimeType, content, description }: Attachment): MediaRef {
  const name = filename
    ?.toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .slice(0, 200);
  return {
    url: '',
    kind: kindOf(mimeType),
    ...(description && { description: description.slice(0, 500) }),
    content: {
      bytes: typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as Uint8Array),
      type: mimeType,
      ...(name && { name }),
    },
  };
}

function kindOf(type: string): MediaRef['kind'] {
  const [family] = type.split('/', 1);
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'file';
}

function sizeOf(content: Attachment['content']): number {
  return typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength;
}
