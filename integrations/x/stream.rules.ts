import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ConnectorError } from '../../src/ingest/connector.js';
import { invalid } from './account.config.js';
import type { XClient } from './api.client.js';
import { fault } from './api.faults.js';
import { problemsShape } from './post.shapes.js';

const LONGEST_RULE = 1024;
/** Rules with this tag are ours to remove; all others belong to whoever made them. */
const TAG_PREFIX = 'vinculo:';
const PATH = 'tweets/search/stream/rules';

const rulesShape = z.object({
  data: z.array(z.object({ id: z.string(), value: z.string(), tag: z.string().optional().catch(undefined) })).catch([]),
  errors: problemsShape,
  meta: z.object({ next_token: z.string().optional().catch(undefined) }).catch({ next_token: undefined }),
});

/** What the stream is asked for: reposts would each cost as much as a post. Throws `invalid` when it is too long. */
export function ruleOf(query: string): string {
  const rule = /\bis:retweet\b/.test(query) ? query : `(${query}) -is:retweet`;
  if ([...rule].length > LONGEST_RULE) throw invalid(`A rule of the stream has at most ${LONGEST_RULE} characters.`);
  return rule;
}

/** The tag is made of the rule, so that setting it again finds it. */
function tagOf(rule: string): string {
  return `${TAG_PREFIX}${createHash('sha256').update(rule).digest('base64url').slice(0, 16)}`;
}

/**
 * Sees that a rule is there, once, and that none of ours is left that nobody keeps. Answers its id. Throws `invalid` when X does
 * not take it.
 */
export async function setRule(client: XClient, rule: string, kept: ReadonlySet<string>): Promise<string> {
  const there = await clearRules(client, kept);
  // A rule can exist once only, so one that somebody else made serves as well.
  const known = there.find(({ value }) => value === rule);
  if (known) return known.id;
  const { data, errors } = await change(client, { add: [{ value: rule, tag: tagOf(rule) }] });
  if (data[0]) return data[0].id;
  const reason = errors[0]?.detail ?? errors[0]?.title ?? 'X did not say why';
  throw new ConnectorError(fault('invalid', `X does not take a rule: ${reason}.`));
}

/** Takes away those of ours that nobody keeps. Answers the others. */
export async function clearRules(client: XClient, kept: ReadonlySet<string>) {
  const there = await readRules(client);
  const isStale = ({ tag, value }: (typeof there)[number]) => tag?.startsWith(TAG_PREFIX) && !kept.has(value);
  const stale = there.filter(isStale);
  if (stale.length > 0) await change(client, { delete: { ids: stale.map(({ id }) => id) } });
  return there.filter(rule => !isStale(rule));
}

async function readRules(client: XClient) {
  const all: z.infer<typeof rulesShape>['data'] = [];
  let next: string | undefined;
  do {
    const { data, meta } = await client.ask(
      'get',
      { path: PATH, query: { max_results: 1000, pagination_token: next } },
      rulesShape,
    );
    all.push(...data);
    next = data.length > 0 ? meta.next_token : undefined;
  } while (next);
  return all;
}

function change(client: XClient, body: Record<string, unknown>) {
  return client.ask('post', { path: PATH, body }, rulesShape);
}
