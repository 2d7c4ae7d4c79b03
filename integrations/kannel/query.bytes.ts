/**
 * The fields of a query as bytes: what Kannel passes on is in the charset of the message, and one in UTF-16 is no text to
 * `decodeURIComponent`. A field that comes twice is taken the first time.
 */
export function bytesOf(url: string): Map<string, Buffer> {
  const fields = new Map<string, Buffer>();
  const at = url.indexOf('?');
  if (at < 0) return fields;
  for (const pair of url.slice(at + 1).split('&')) {
    const [name, ...value] = pair.split('=');
    const key = decode(name!).toString('latin1');
    if (!fields.has(key)) fields.set(key, decode(value.join('=')));
  }
  return fields;
}

function decode(text: string): Buffer {
  const plain = text.replaceAll('+', ' ');
  const bytes: number[] = [];
  for (let at = 0; at < plain.length; at += 1) {
    const hex = plain[at] === '%' ? /^[0-9a-f]{2}/i.exec(plain.slice(at + 1, at + 3))?.[0] : undefined;
    if (hex) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else bytes.push(...Buffer.from(plain[at]!));
  }
  return Buffer.from(bytes);
}

/** Text in the charset that Kannel names; in UTF-8 when it names none that is known. */
export function textOf(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset.trim() || 'utf-8').decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
}
