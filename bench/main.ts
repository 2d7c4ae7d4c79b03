// `npm run bench` measures everything; `npm run bench -- read` one thing. Nothing here is a test: it prints, it never fails on a figure.
import { say } from './support/statistics.js';

const BENCHES: Record<string, () => Promise<unknown>> = {
  read: async () => (await import('./read.js')).measureReading(flags),
  import: async () => (await import('./import.js')).measureImport(flags),
  records: async () => (await import('./records.js')).measureRecords(flags),
  stream: async () => (await import('./stream.js')).measureStream(flags),
  start: async () => (await import('./start.js')).measureStart(),
  soak: async () => (await import('./soak.js')).measureSoak(flags),
  graph: async () => (await import('./graph.js')).measureGraph(flags),
  forecast: async () => (await import('./forecast.js')).measureForecast(flags),
  sentiment: () => import('./sentiment.js'),
  pipeline: async () => (await import('./pipeline.js')).measurePipeline(flags),
  'screen-pop': async () => (await import('./screen-pop.js')).measureScreenPop(flags),
  knowledge: async () => (await import('./knowledge.js')).measureKnowledge(flags),
  tickets: async () => (await import('./tickets.js')).measureTickets(flags),
  openings: async () => (await import('./openings.js')).measureOpenings(flags),
  'support-live': async () => (await import('./support-live.js')).measureSupportLive(flags),
  matching: async () => (await import('./matching.js')).measureMatching(flags),
};

const given = process.argv.slice(2);
const flags = new Set(given.filter(word => word.startsWith('--')));
const names = given.filter(word => !word.startsWith('--'));
const unknown = names.find(name => !(name in BENCHES));
if (unknown) {
  say(`There is no bench called ${unknown}. They are ${Object.keys(BENCHES).join(', ')}.`);
  process.exitCode = 1;
} else {
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
    say(`\n# ${name}\n`);
    await BENCHES[name]!();
  }
}
