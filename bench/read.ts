import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { storedId } from '../src/platform/ids.js';
import { canonical, mustBeEqual } from './read.answers.js';
import { type Dataset, FULL, openDataset } from './read.dataset.js';
import { OURS, POSTGRAPHILE, QUESTIONS, type Question, TITLES } from './read.questions.js';
import { serverSettings } from './support/cluster.js';
import type { Shot, Slice, SliceResult } from './support/load.js';
import { machine } from './support/machine.js';
import { cpuOf, cpuOfFamily, helper, launch, peakMemoryOf, type Running, root, vinculo } from './support/processes.js';
import { median, rounded, say, table } from './support/statistics.js';

/** How many different pages, or customers, a question goes round. */
const VARIANTS = 100;
const CONNECTIONS = 16;
const WARMING = 0.5;

/** One server under measurement. */
interface Target {
  name: string;
  running: Running;
  headers?: Record<string, string>;
  /** The request for a question about what comes after `cursor`, or about the customer with this public id. */
  shot(question: Question, of: string | null): Shot;
  shots: Record<Question, Shot[]>;
}

type Figures = SliceResult & { cpu: number; databaseCpu: number };

export async function measureReading(flags: Set<string>): Promise<void> {
  const isQuick = flags.has('--quick');
  const size = isQuick ? { customers: 500, identities: 1000, posts: 5000, interactions: 5000 } : FULL;
  const rounds = Number(process.env['BENCH_ROUNDS'] ?? (isQuick ? 2 : 7));
  const seconds = isQuick ? 1 : 3;
  const dataset = await openDataset(size);
  const targets: Target[] = [];
  const load = helper('support/load');
  try {
    say(machine(dataset.cluster.version));
    say(
      `${rounded(size.customers)} customers, ${rounded(size.identities)} identities, ${rounded(size.posts)} posts, ${rounded(size.interactions)} interactions; ${CONNECTIONS} connections, ${rounds} rounds of ${seconds} s, interleaved; medians.\n`,
    );
    targets.push(await ours(dataset, 'Vínculo, OWNER', dataset.ownerKey));
    targets.push({
      ...withKey('Vínculo, AGENT (team)', dataset.agentKey),
      running: targets[0]!.running,
      shots: noShots(),
    });
    targets.push(await postgraphile(dataset), await floor(dataset));
    const [owner] = targets as [Target];
    const customers = await askAbout(targets);
    say(`The answers of OWNER, PostGraphile and the floor to ${VARIANTS} pages or customers each are the same.`);
    say(`(${customers} customers met on the way; the agent's answers, under its team's rule, are not compared.)\n`);

    const slice = async (target: Target, question: Question, duration: number): Promise<Figures> => {
      const shoot = (seconds: number) =>
        load.ask<SliceResult>({
          origin: target.running.said,
          requests: target.shots[question],
          connections: CONNECTIONS,
          seconds,
          ...(target.headers ? { headers: target.headers } : {}),
        } satisfies Slice);
      // Pools close what was idle while others had their turn: connecting again is not what is measured.
      await shoot(WARMING);
      const before = [cpuOf(target.running.pid), cpuOfFamily(dataset.cluster.postmaster)];
      const result = await shoot(duration);
      if (result.failed > 0) throw new Error(`${target.name} failed ${result.failed} times at ${question}.`);
      const cpu = cpuOf(target.running.pid) - before[0]!;
      const databaseCpu = cpuOfFamily(dataset.cluster.postmaster) - before[1]!;
      return { ...result, cpu: cpu / result.requests, databaseCpu: databaseCpu / result.requests };
    };
    for (const question of QUESTIONS) for (const target of targets) await slice(target, question, isQuick ? 1 : 4);

    const all: { question: Question; target: string; figures: Figures[] }[] = QUESTIONS.flatMap(question =>
      targets.map(target => ({ question, target: target.name, figures: [] })),
    );
    for (let round = 0; round < rounds; round++) {
      for (const question of QUESTIONS) {
        for (const target of targets) {
          const entry = all.find(other => other.question === question && other.target === target.name)!;
          entry.figures.push(await slice(target, question, seconds));
        }
      }
    }
    for (const question of QUESTIONS) {
      report(
        question,
        all.filter(entry => entry.question === question),
      );
    }
    const memory = [owner, targets[2]!, targets[3]!].map(
      target => `${target.name} ${rounded(peakMemoryOf(target.running.pid))} MB`,
    );
    say(`Largest resident memory: ${memory.join(', ')}.`);
    mkdirSync(join(root, 'bench/results'), { recursive: true });
    writeFileSync(join(root, 'bench/results/read.json'), JSON.stringify(all, null, 1));
  } finally {
    load.end();
    for (const running of new Set(targets.map(target => target.running))) await running.stop();
    await dataset.cluster.close();
  }
}

const noShots = (): Record<Question, Shot[]> => ({ customers: [], customer360: [], posts: [] });

const graphql = (query: string, variables: object): Shot => ({
  method: 'POST',
  path: '/graphql',
  body: JSON.stringify({ query, variables }),
});

function withKey(name: string, key: string): Pick<Target, 'name' | 'headers' | 'shot'> {
  return {
    name,
    headers: { authorization: `Bearer ${key}` },
    shot: (question, of) => graphql(OURS[question], question === 'customer360' ? { id: of } : { after: of }),
  };
}

async function ours({ cluster }: Dataset, name: string, key: string): Promise<Target> {
  const running = await vinculo(
    ['start'],
    { ...serverSettings(cluster.directory), WORKER: 'off' },
    /ready at (http:\/\/[^/\s]+)/,
  );
  return { ...withKey(name, key), running, shots: noShots() };
}

async function postgraphile({ cluster, organizationId }: Dataset): Promise<Target> {
  if (!existsSync(join(root, 'bench/node_modules'))) {
    say('Installing PostGraphile into bench/ …');
    const options = ['--prefix', join(root, 'bench'), '--ignore-scripts', '--no-audit', '--no-fund'];
    execFileSync('npm', ['ci', ...options], { stdio: 'inherit' });
  }
  const running = await launch(
    [join(root, 'bench/postgraphile.js')],
    { BENCH_DATABASE_URL: cluster.ownerUrl },
    /ready at (\S+)/,
  );
  return {
    name: 'PostGraphile 5',
    running,
    shot: (question, of) =>
      graphql(POSTGRAPHILE[question], {
        organization: organizationId,
        ...(question === 'customer360' ? { id: storedId('customer', of!) } : { after: of }),
      }),
    shots: noShots(),
  };
}

async function floor({ cluster, organizationId }: Dataset): Promise<Target> {
  const running = await launch(
    [join(root, 'dist/bench/read.floor.js')],
    { BENCH_DATABASE_URL: cluster.ownerUrl, BENCH_ORGANIZATION: organizationId },
    /ready at (\S+)/,
  );
  return {
    name: 'floor (by hand)',
    running,
    shot: (question, of) => ({ method: 'GET', path: `/${question}${of ? `?of=${encodeURIComponent(of)}` : ''}` }),
    shots: noShots(),
  };
}

/**
 * Walks every server through its pages, notes the requests, and compares what they answer with what ours does. Throws where two
 * differ. The agent's answers are walked only: they are meant to be smaller.
 */
async function askAbout(targets: Target[]): Promise<number> {
  const [owner, agent] = targets as [Target, Target];
  const customers: Record<string, string[]> = { [owner.name]: [], [agent.name]: [] };
  const told = new Map<string, unknown>();
  for (const question of ['customers', 'posts'] as const) {
    for (const target of targets) {
      let after: string | null = null;
      for (let page = 0; page < VARIANTS; page++) {
        const shot = target.shot(question, after);
        target.shots[question].push(shot);
        const data = await ask(target, shot);
        compare(target, `${question} ${page}`, data, told, agent);
        const { edges, pageInfo } = data[question];
        if (question === 'customers') {
          customers[target.name]?.push(...edges.map(({ node }: { node: { id: string } }) => node.id));
        }
        if (!pageInfo.hasNextPage) break;
        after = pageInfo.endCursor;
      }
    }
  }
  for (const target of targets) {
    const known = customers[target.name] ?? customers[owner.name]!;
    const step = Math.max(1, Math.floor(known.length / VARIANTS));
    for (let at = 0; at < VARIANTS; at++) {
      const shot = target.shot('customer360', known[(at * step) % known.length]!);
      target.shots.customer360.push(shot);
      compare(target, `customer360 ${at}`, await ask(target, shot), told, agent);
    }
  }
  return customers[owner.name]!.length;
}

function compare(target: Target, key: string, data: object, told: Map<string, unknown>, agent: Target): void {
  if (target === agent) return;
  const facts = canonical(JSON.parse(JSON.stringify(data, (name, value) => (name === 'pageInfo' ? undefined : value))));
  if (told.has(key)) mustBeEqual(target.name, facts, told.get(key) as never, key);
  else told.set(key, facts);
}

async function ask(target: Target, { method, path, body }: Shot): Promise<any> {
  const response = await fetch(target.running.said + path, {
    method,
    headers: { 'content-type': 'application/json', ...target.headers },
    ...(body ? { body } : {}),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  if (errors) throw new Error(`${target.name}: ${JSON.stringify(errors)}`);
  return data;
}

function report(question: Question, entries: { target: string; figures: Figures[] }[]): void {
  const of = (name: string, pick: (figures: Figures) => number) =>
    median(entries.find(entry => entry.target === name)!.figures.map(pick));
  const perSecond = (figures: Figures) => figures.requests / figures.seconds;
  say(`**${TITLES[question]}** (${rounded(of('Vínculo, OWNER', it => it.bytes / it.requests) / 1000, 1)} kB)\n`);
  const rows = entries.map(({ target }) => {
    const cpu = of(target, it => it.cpu);
    return [
      target,
      rounded(of(target, perSecond)),
      rounded(
        of(target, it => it.p50),
        1,
      ),
      rounded(
        of(target, it => it.p99),
        1,
      ),
      rounded(cpu, 2),
      rounded(1000 / cpu),
      rounded(
        of(target, it => it.databaseCpu),
        2,
      ),
      rounded(of(target, perSecond) / of('PostGraphile 5', perSecond), 2),
      rounded(of('PostGraphile 5', it => it.cpu) / cpu, 2),
      rounded(of('floor (by hand)', it => it.cpu) / cpu, 2),
    ];
  });
  const header = [
    'server',
    'requests/s',
    'p50 ms',
    'p99 ms',
    'CPU ms/request',
    'requests/CPU-s',
    'PostgreSQL CPU ms',
    '× PostGraphile (requests/s)',
    '× PostGraphile (CPU)',
    '× floor (CPU)',
  ];
  say(`${table(header, rows)}\n`);
}
