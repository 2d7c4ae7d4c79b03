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

/** Sees that each rule is there once, and that none of ours is left that nobody wants. Answers their ids, by rule. */
export async function setRules(client: XClient, wanted: ReadonlySet<string>): Promise<Map<string, string>> {
  const there = await readRules(client);
  const stale = there.filter(({ tag, value }) => tag?.startsWith(TAG_PREFIX) && !wanted.has(value));
  if (stale.length > 0) await change(client, { delete: { ids: stale.map(({ id }) => id) } });
  // A rule can exist once only, so one that somebody else made serves as well.
  const ids = new Map(there.filter(({ value }) => wanted.has(value)).map(({ id, value }) => [value, id]));
  const missing = [...wanted].filter(rule => !ids.has(rule));
  if (missing.length === 0) return ids;
  const added = await change(client, { add: missing.map(value => ({ value, tag: tagOf(value) })) });
  for (const { id, value } of added.data) ids.set(value, id);
  const refused = missing.find(rule => !ids.has(rule));
  if (refused === undefined) return ids;
  const reason = added.errors[0]?.detail ?? added.errors[0]?.title ?? 'X did not say why';
  throw new ConnectorError(fault('invalid', `X does not take a rule: ${reason}.`));
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
