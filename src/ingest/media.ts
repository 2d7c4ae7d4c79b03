import { createHash } from 'node:crypto';
import type { NewFile, StoredMedia } from '../modules/social/index.js';
import { LARGEST_FILE, plainFileName, typeOfBytes } from '../platform/file.types.js';
import { publicId } from '../platform/ids.js';
import type { MediaRef } from './connector.js';

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
    const name = plainFileName(content.name);
    const size = content.isTooLarge ? content.size : content.bytes.length;
    const told = { ...media, url: '', ...(size !== undefined && { size }), ...(name && { name }) };
    if (content.isTooLarge || content.bytes.length > LARGEST_FILE) {
      prepared.push({ media: { ...told, isTooLarge: true } });
      continue;
    }
    const type = await typeOfBytes(content.bytes);
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
