/** What fits on one line of a screen. */
export const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 120 ? line : `${line.slice(0, 119)}…`;
};
