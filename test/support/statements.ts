import pg from 'pg';

/** Every statement this process sends while `work` runs, in order; those that only set a connection up are left out. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const text = typeof args[0] === 'string' ? args[0] : ((args[0] as { text?: string } | undefined)?.text ?? '');
    if (text && !/^select set_config\(/.test(text) && !isFeed(text) && !isCaller(text)) sent.push(text);
    return (original as (...given: unknown[]) => unknown).apply(this, args);
  } as typeof original;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = original;
  }
  return sent;
}

/** The event feed and matching look for news, and the reader of sources for its connection, all the time, whoever asks for what. */
const isFeed = (text: string): boolean =>
  text.includes('pg_snapshot_xmin') || text.includes('from match_queue') || text === 'select 1';

/** Who asks is looked up again every few seconds, whatever they ask for. */
const isCaller = (text: string): boolean => text.includes('with recursive holder') || text.includes('"auth"."');
