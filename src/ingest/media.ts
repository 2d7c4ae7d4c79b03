import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import type { NewFile, StoredMedia } from '../modules/social/index.js';
import { publicId } from '../platform/ids.js';
import type { MediaContent, MediaRef } from './connector.js';

const LARGEST = 25 * 1024 * 1024;
const LONGEST_NAME = 200;

/** Something attached, as it will be stored with its post; what came along is a file of ours, not yet stored. */
export interface PreparedMedia {
  media: StoredMedia;
  file?: NewFile;
}

/** What is attached to a post, read before it is stored. What is too large is told, and not kept. */
export async function prepareMedia(all: MediaRef[]): Promise<PreparedMedia[]> {
  const prepared: PreparedMedia[] = [];
  for (const { url, kind, description, content } of all) {
    const media: StoredMedia = { url, kind, ...(description !== undefined && { description }) };
    if (!content) {
      prepared.push({ media });
      continue;
    }
    const name = nameOf(content);
    const told = { ...media, url: '', size: content.bytes.length, ...(name && { name }) };
    if (content.bytes.length > LARGEST) {
      prepared.push({ media: { ...told, isTooLarge: true } });
      continue;
    }
    const type = await typeOf(content.bytes);
    const sha256 = createHash('sha256').update(content.bytes).digest();
    prepared.push({ media: { ...told, type }, file: { sha256, type, name, bytes: content.bytes } });
  }
  return prepared;
}

/** As it is stored with the post, once its files have ids. */
export const storedMedia = (all: PreparedMedia[], files: Map<string, string>): StoredMedia[] =>
  all.map(({ media, file }) =>
    file ? { ...media, url: `/media/${publicId('media', files.get(keyOf(file))!)}` } : media,
  );

export const fileIdsOf = (all: PreparedMedia[], files: Map<string, string>): string[] =>
  all.flatMap(({ file }) => (file ? [files.get(keyOf(file))!] : []));

const keyOf = (file: NewFile): string => file.sha256.toString('hex');

/** By the bytes: what was declared is a stranger's word. */
async function typeOf(bytes: Buffer): Promise<string> {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (found) return found.mime;
  return isUtf8(bytes) && !bytes.includes(0) ? 'text/plain' : 'application/octet-stream';
}

function nameOf({ name }: MediaContent): string | null {
  const plain = name
    ?.toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}/\\]+/gu, ' ')
    .trim();
  return plain ? plain.slice(0, LONGEST_NAME).toWellFormed() : null;
}
