/** An error as the log may show it: PostgreSQL puts the offending values (an e-mail address) into `detail`, which is left out. */
export function withoutValues(error: unknown): object | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  return { type: error.name, message: error.message, code, stack: error.stack };
}
