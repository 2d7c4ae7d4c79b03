import type { ReplyDraft } from '../channel.directory.js';

type DraftMedia = NonNullable<ReplyDraft['media']>[number];

const TYPES: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  pdf: 'application/pdf',
};

interface Attached {
  url: string;
  description?: string | null;
  file?: { type: string; size: number };
}

/** An attachment that was not fetched yet, by its address: what it really is shows when it is sent. Ours are known. */
export function mediaOf({ url, description, file }: Attached): DraftMedia {
  if (file) return { kind: mediaKindOf(file.type), type: file.type, bytes: file.size };
  const ending = /\.([a-z0-9]+)$/i.exec(URL.parse(url)?.pathname ?? '')?.[1]?.toLowerCase() ?? '';
  const type = TYPES[ending] ?? 'image/jpeg';
  return { kind: mediaKindOf(type), type, bytes: 0, ...(description && { description }) };
}

export function mediaKindOf(type: string): DraftMedia['kind'] {
  const family = type.split('/')[0];
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'file';
}
