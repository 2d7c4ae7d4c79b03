const BYTE_ORDER_MARKS: [charset: string, mark: number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
/** How far a document's own declaration of its charset is looked for, in bytes. */
const DECLARATION_BYTES = 1024;

export interface DecodedText {
  text: string;
  /** WHATWG name of the encoding that was used. */
  charset: string;
}

/**
 * Text of bytes in whichever charset they are: a byte order mark wins, then the content type, then the document's own
 * declaration (XML prolog or HTML meta), as RFC 7303 has it; unknown names are passed over. Undeclared bytes are UTF-8, or
 * Windows-1252 when they cannot be UTF-8. Bytes that do not fit become U+FFFD; nothing is thrown.
 */
export function decodeText(body: Uint8Array, contentType?: string): DecodedText {
  for (const [charset, mark] of BYTE_ORDER_MARKS) {
    if (mark.every((byte, index) => body[index] === byte)) return decode(body, charset);
  }
  const declared = charsetOfContentType(contentType) ?? charsetOfDocument(body);
  if (declared) return decode(body, declared);
  try {
    return decode(body, 'utf-8', true);
  } catch {
    return decode(body, 'windows-1252');
  }
}

/** Whether bytes look like something other than text: a NUL byte in what is not UTF-16. */
export function isBinary(firstBytes: Uint8Array): boolean {
  if (!firstBytes.includes(0)) return false;
  const [first, second] = firstBytes;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return !hasMark && !wideCharset(firstBytes);
}

function decode(body: Uint8Array, charset: string, fatal = false): DecodedText {
  const decoder = new TextDecoder(charset, { fatal });
  return { text: decoder.decode(body), charset: decoder.encoding };
}

function charsetOfContentType(contentType: string | undefined): string | undefined {
  return charsetNamed(contentType?.match(/;\s*charset\s*=\s*["']?([\w.:-]{1,40})/i)?.[1]);
}

function charsetOfDocument(body: Uint8Array): string | undefined {
  const wide = wideCharset(body);
  if (wide) return wide;
  const head = Buffer.from(body.subarray(0, DECLARATION_BYTES)).toString('latin1');
  const name =
    head.match(/^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/)?.[1] ??
    head.match(/<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})/i)?.[1];
  const charset = charsetNamed(name);
  // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
  return charset?.startsWith('utf-16') ? undefined : charset;
}

/** UTF-16 without a mark shows in the zero half of the "<" or "{" that a document begins with (XML 1.0, appendix F). */
function wideCharset(body: Uint8Array): string | undefined {
  if (body[0] && body[1] === 0 && body[2] && body[3] === 0) return 'utf-16le';
  if (body[0] === 0 && body[1] && body[2] === 0 && body[3]) return 'utf-16be';
  return undefined;
}

/** The WHATWG name behind a label such as `latin1`; undefined when nobody knows it. */
function charsetNamed(label: string | undefined): string | undefined {
  if (!label) return undefined;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}
