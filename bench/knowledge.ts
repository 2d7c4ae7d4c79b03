// Looking for articles over HTTP, on 20,000 of them in three languages, and suggestions while a reply is typed.
import { loadavg } from 'node:os';
import { type Cluster, makeKey, makeOrganization, openCluster, serverSettings } from './support/cluster.js';
import { machine } from './support/machine.js';
import { vinculo } from './support/processes.js';
import { quantile, rounded, say, table } from './support/statistics.js';

const ARTICLES = 20_000;
const LANGUAGES = ['en', 'es', 'pt'];

/** Words of a vocabulary, the first ones in nearly every text and the last ones in a few, as words of languages are. */
const VOCABULARY = 20_000;
const WORDS_EACH = 250;

const SEARCH = `query ($query: String!) { searchArticles(query: $query, language: "es", first: 10, whileTyping: true) {
  nodes { slug title summary language match excerpt { text isMatch } } endCursor } }`;
const SUGGEST = `query ($query: String!, $ticketId: ID!) { suggestArticles(ticketId: $ticketId, text: $query, language: "es") { title isShareable } }`;

export async function measureKnowledge(flags: Set<string>): Promise<void> {
  const articles = flags.has('--quick') ? 1000 : ARTICLES;
  const rounds = Number(process.env['BENCH_ROUNDS'] ?? (flags.has('--quick') ? 50 : 400));
  const cluster = await openCluster('knowledge', { fresh: true });
  try {
    say(machine(cluster.version));
    const organizationId = await makeOrganization(cluster);
    const key = makeKey(cluster, 'OWNER');
    await fill(cluster, organizationId, articles);
    const server = await vinculo(['start'], serverSettings(cluster.directory), /ready at (http:\/\/[^/\s]+)/);
    try {
      const ticketId = await openTicket(server.said, key);
      const word = (share: number) => wordOf(Math.floor(VOCABULARY ** (share + Math.random() * 0.1)));
      const kinds: [name: string, document: string, query: () => string][] = [
        ['a word in nearly every text', SEARCH, () => wordOf(1 + Math.floor(Math.random() * 5))],
        ['two common words', SEARCH, () => `${word(0.3)} ${word(0.4)}`],
        ['six words that are each in many texts', SEARCH, () => Array.from({ length: 6 }, () => word(0.4)).join(' ')],
        ['a rare word', SEARCH, () => word(0.85)],
        ['the beginning of a word', SEARCH, () => word(0.5).slice(0, 4)],
        ['a slip of the finger', SEARCH, () => `${word(0.5).slice(0, -2)}xq ${word(0.6)}`],
        ['nothing there is', SEARCH, () => 'qqqqq zzzzz'],
        [
          'suggestions for 60 words',
          SUGGEST,
          () => Array.from({ length: 60 }, () => word(Math.random() * 0.9)).join(' '),
        ],
      ];
      const lines: string[][] = [];
      for (const [name, document, query] of kinds) {
        for (let at = 0; at < 20; at++) await ask(server.said, key, document, { query: query(), ticketId });
        const times: number[] = [];
        for (let at = 0; at < rounds; at++) {
          const variables = { query: query(), ticketId };
          const began = performance.now();
          await ask(server.said, key, document, variables);
          times.push(performance.now() - began);
        }
        lines.push([name, ...[0.5, 0.95, 0.99].map(share => rounded(quantile(times, share), 1))]);
      }
      say(`\n${rounded(articles)} articles in ${LANGUAGES.length} languages, one question after the other.\n`);
      say(table(['searchArticles', 'p50 ms', 'p95 ms', 'p99 ms'], lines));
      say(`\nLoad afterwards ${loadavg()[0]!.toFixed(2)}. The goal is a p95 under 50 ms.`);
    } finally {
      await server.stop();
    }
  } finally {
    await cluster.close();
  }
}

const SYLLABLES = 'ba ce di fo gu la me ni po ru sa te vi zo cha'.split(' ');

/** The nth word, the same each time. */
function wordOf(n: number): string {
  let word = '';
  for (let left = n + 200; left > 0; left = Math.floor(left / SYLLABLES.length))
    word += SYLLABLES[left % SYLLABLES.length]!;
  return word;
}

/** Texts whose words are as frequent as those of a language (Zipf). */
async function fill({ pool }: Cluster, organizationId: string, articles: number): Promise<void> {
  const words = Array.from({ length: VOCABULARY }, (_, at) => wordOf(at + 1));
  const client = await pool.connect();
  try {
    await client.query(
      'create temporary table if not exists vocabulary as select n::integer, word from unnest($1::text[]) with ordinality as v(word, n)',
      [words],
    );
    await client.query('create index on vocabulary (n)');
    const drawn = (count: number, seed: string) =>
      `(select string_agg(v.word, ' ') from generate_series(1, ${count}) s cross join lateral (
         select floor(power(${VOCABULARY}, random() + 0 * s + 0 * ${seed}))::integer as n) d join vocabulary v on v.n = d.n)`;
    await client.query(
      `insert into articles (organization_id, id, slug, audience, state, created_by, published_at)
       select $1, gen_random_uuid(), 'article-' || n, (array['PUBLIC', 'CUSTOMERS', 'STAFF'])[1 + n % 3], 'PUBLISHED', 'system:bench', now()
         from generate_series(1, $2) n`,
      [organizationId, articles],
    );
    for (const language of LANGUAGES)
      await client.query(
        `insert into article_texts (organization_id, id, article_id, language, number, audience, title, summary, body_html, body_text)
         select organization_id, gen_random_uuid(), id, $2, 1, audience, ${drawn(6, 'length(slug)')}, ${drawn(12, 'length(slug)')}, '', ${drawn(WORDS_EACH, 'length(slug)')}
           from articles where organization_id = $1`,
        [organizationId, language],
      );
    await client.query('vacuum analyze');
  } finally {
    client.release();
  }
}

async function openTicket(origin: string, key: string): Promise<string> {
  const document = `mutation { openTicket(input: { subject: "Bench" }) { ticket { id } userErrors { message } } }`;
  const { openTicket: opened } = (await ask(origin, key, document, {})) as { openTicket: { ticket: { id: string } } };
  return opened.ticket.id;
}

async function ask(origin: string, key: string, query: string, variables: object): Promise<object> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: object; errors?: object[] };
  if (!data || errors) throw new Error(JSON.stringify(errors));
  return data;
}
