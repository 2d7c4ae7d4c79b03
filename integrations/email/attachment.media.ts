import type { Attachment } from 'postal-mime';
import type { MediaRef } from '../../src/ingest/connector.js';

const LARGEST = 25 * 1024 * 1024;
const MOST = 20;
/** Outlook's own envelope, and what reports carry for machines. */
const NOT_FOR_PEOPLE =
  /^(?:application\/(?:vnd\.)?ms-tnef|application\/(?:x-)?pkcs7-signature|application\/pgp-signature|message\/(?:global-)?(?:delivery-status|disposition-notification|feedback-report))$/;

/**
 * A mail's attachments and embedded images as people get them. Of those that are too large, and of all in a mail of which only the
 * beginning was read (`isCut`), it is told that they were there; `left` counts them with those that are too many.
 */
export function mediaOf(attachments: readonly Attachment[], isCut = false): { media: MediaRef[]; left: number } {
  const wanted = attachments.filter(
    ({ mimeType, filename }) => !NOT_FOR_PEOPLE.test(mimeType) && filename?.toLowerCase() !== 'winmail.dat',
  );
  if (isCut) {
    const media = (wanted.length > 0 ? wanted.slice(0, MOST) : [NAMELESS]).map(attachment => leftOut(attachment));
    return { media, left: media.length };
  }
  const told = wanted.filter(({ content }) => sizeOf(content) > 0).slice(0, MOST);
  const isKept = ({ content }: Attachment) => sizeOf(content) <= LARGEST;
  return {
    media: told.map(one => (isKept(one) ? mediaRef(one) : leftOut(one, sizeOf(one.content)))),
    left: wanted.length - told.filter(isKept).length,
  };
}

/** What a large mail holds beyond the part of it that was read. */
const NAMELESS: Attachment = {
  filename: null,
  mimeType: 'application/octet-stream',
  disposition: 'attachment',
  content: new ArrayBuffer(0),
};

function leftOut(attachment: Attachment, size?: number): MediaRef {
  const { content, ...media } = mediaRef({ ...attachment, content: new ArrayBuffer(0) });
  return { ...media, content: { ...content!, isTooLarge: true, ...(size !== undefined && { size }) } };
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
