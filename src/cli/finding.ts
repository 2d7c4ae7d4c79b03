export interface Finding {
  name: string;
  ok: boolean;
  detail: string;
}

/** Runs one check, whose answer is what was found and whose error is why it is not ok. Answers whether it is. */
export type Check = (name: string, work: () => Promise<string>) => Promise<boolean>;
