/** Addresses and names that Reddit makes links of by itself: a backslash within would break them. */
const LINKED = /(https?:\/\/[^\s<>]+|(?<![\w/])\/?[ur]\/[\w-]+)/;
const FORMATTING = /[\\*_~^`[]|&(?=#?\w+;)|<(?=[a-z/!])/gi;
/** What turns a whole line into a title, a quotation, a list, or a rule. */
const LINE_START = /^( {0,3})(#|>|[-+=](?=\s|[-+=\s]*$)|\d+(?=[.)]\s))/gm;

/** Plain words as Reddit's Markdown, with no more backslashes than it takes to be read as they were written. */
export function markdownOf(words: string): string {
  const escaped = words
    .split(LINKED)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(FORMATTING, '\\$&')))
    .join('');
  return (
    escaped
      .replace(LINE_START, (_all, indent: string, sign: string) =>
        /^\d/.test(sign) ? `${indent}${sign}\\` : `${indent}\\${sign}`,
      )
      // Four blanks would be code.
      .replace(/^(?: {4,}|\t)/gm, '')
      // A single line break is a blank to Markdown unless two blanks come before it.
      .replace(/(\S)[ \t]*\n(?=[^\n])/g, '$1  \n')
  );
}

/** Markdown without its backslashes and hard breaks, as near to what people read as it takes to know a text again. */
export function plainOf(markdown: string): string {
  return markdown
    .replace(/\r\n/g, '\n')
    .replace(/ {2,}\n/g, '\n')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .trim();
}
