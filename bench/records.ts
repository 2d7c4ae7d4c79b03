import { spawnSync } from 'node:child_process';
import { createWriteStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cache, makeOrganization, openCluster, SLUG } from './support/cluster.js';
import { machine } from './support/machine.js';
import { root } from './support/processes.js';
import { rounded, say, table } from './support/statistics.js';

/** `vinculo import records` and `export records` of 100,000 customers, and of as many opportunities of theirs. */
export async function measureRecords(flags: Set<string>): Promise<void> {
  const count = flags.has('--quick') ? 5000 : 100_000;
  const cluster = await openCluster('records', { fresh: true });
  try {
    say(machine(cluster.version));
    await makeOrganization(cluster);
    await cluster.pool.query(
      `with p as (insert into pipelines (organization_id, id, name, is_default) select id, gen_random_uuid(), 'Sales', true from organizations returning *)
       insert into stages (organization_id, id, pipeline_id, name, position, kind, probability)
       select p.organization_id, gen_random_uuid(), p.id, s.name, s.position, s.kind, s.probability
         from p, (values ('Talking', 1, 'OPEN', 0.2), ('Won', 2, 'WON', 1)) s(name, position, kind, probability)`,
    );
    const customers = await fileOf('customers', count, 'externalId,displayName,email,phone,tags,language', at => [
      `c${at}`,
      `Customer number ${at}`,
      `c${at}@example.com`,
      `+3491${String(at).padStart(7, '0')}`,
      at % 3 ? 'baker' : 'baker|vip',
      at % 2 ? 'es' : 'pt-BR',
    ]);
    const opportunities = await fileOf(
      'opportunities',
      count,
      'externalId,name,customer,stage,amount,currency,expectedCloseOn,createdAt',
      at => [
        `o${at}`,
        `Opportunity number ${at}`,
        `c${(at * 7) % count}`,
        at % 4 ? 'Talking' : 'Won',
        `${(at % 9000) + 100}.50`,
        'EUR',
        '2026-12-01',
        '2026-05-01',
      ],
    );
    const rows: string[][] = [];
    for (const [kind, file] of [
      ['customers', customers],
      ['opportunities', opportunities],
    ] as const) {
      const out = join(cache, `out-${kind}.csv`);
      const steps = {
        'import, all new': ['import', 'records', kind, file],
        'import again, nothing new': ['import', 'records', kind, file],
        export: ['export', 'records', kind, out],
      };
      for (const [what, args] of Object.entries(steps)) {
        const seconds = timed([...args, '--organization', SLUG, '--json'], cluster.directory);
        rows.push([`${kind}: ${what}`, rounded(seconds, 1), rounded(count / seconds)]);
      }
    }
    say(table(['', 'seconds', 'rows/s'], rows));
    say(
      `\n${rounded(count)} rows each, ${rounded(statSync(customers).size / 1e6, 1)} MB of customers; a process a step, its start included.`,
    );
  } finally {
    await cluster.close();
  }
}

async function fileOf(name: string, count: number, header: string, row: (at: number) => string[]): Promise<string> {
  const file = join(cache, `${name}-${count}.csv`);
  await pipeline(function* () {
    yield `${header}\n`;
    for (let at = 0; at < count; at++) yield `${row(at).join(',')}\n`;
  }, createWriteStream(file));
  return file;
}

function timed(args: string[], directory: string): number {
  const begun = performance.now();
  const done = spawnSync(process.execPath, [join(root, 'bin/vinculo.js'), ...args], {
    env: { PATH: process.env['PATH'], DATA_DIR: directory, LOG_LEVEL: 'error' },
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(done.stderr);
  if (args[0] === 'import') say(done.stdout.trim());
  return (performance.now() - begun) / 1000;
}
