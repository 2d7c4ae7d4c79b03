// Tabs and line ends are text; other controls, byte-order marks and interlinear marks are not.
const CONTROLS = /[^\P{Cc}\n\t]|[\ufeff\ufff9-\ufffb]/gu;
// Embeddings, overrides and isolates can make a text read as another one than is stored; the plain marks U+200E and U+200F cannot.
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;
const LONE_SURROGATES = /(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/g;

/** What is kept of a text that somebody typed: NFC, trimmed, one kind of line end, no controls, no marks that spoof. */
export function cleanText(raw: string): string {
  return raw
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(CONTROLS, '')
    .replace(BIDI_CONTROLS, '')
    .replace(LONE_SURROGATES, '')
    .normalize('NFC')
    .trim();
}

/** The same for what fits on one line, such as a name: every run of white space is one space. */
export function cleanLine(raw: string): string {
  return cleanText(raw).replace(/\s+/gu, ' ');
}
