export interface Score {
  precision: number;
  recall: number;
  f1: number;
}

/** Of so many pairs found so many right, of so many there are. */
export function score(found: number, right: number, all: number): Score {
  const precision = found ? right / found : 1;
  const recall = right / all;
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall || 1) };
}

export const shown = ({ precision, recall, f1 }: Score): string =>
  `precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}`;
