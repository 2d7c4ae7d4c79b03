/** The text that stands in a document's subject, as `pdfOfText` writes it. */
export function subjectOf(pdf: Buffer): string {
  const bytes = pdf.toString('latin1');
  const [, object] = /\/Subject (\d+) 0 R/.exec(bytes) ?? [];
  const start = object ? bytes.indexOf('(', bytes.indexOf(`\n${object} 0 obj`)) + 1 : bytes.indexOf('/Subject (') + 10;
  let raw = '';
  for (let at = start; at < bytes.length && bytes[at] !== ')'; at += 1) {
    if (bytes[at] !== '\\') raw += bytes[at];
    else {
      at += 1;
      raw += { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[bytes[at]!] ?? bytes[at];
    }
  }
  if (!raw.startsWith('\xfe\xff')) return raw;
  return Buffer.from(raw.slice(2), 'latin1').swap16().toString('utf16le');
}
