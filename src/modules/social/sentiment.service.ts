import { recordEvents } from '../../events/index.js';
import type { Database, Scope, Tx } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import { enqueue } from '../../platform/jobs.js';
import { deserialiseSentiment, type SentimentModel, serialiseSentiment, trainSentiment } from './enrichment/index.js';
import type { SentimentLabel } from './post.entity.js';

/** From here on an organisation's corrections are enough to learn from; then again after every so many more. */
export const FIRST_TRAINING = 300;
const NEXT_TRAINING = 50;
/** How much better than the word lists a model must be, in macro F1: less than that may be chance. */
const LEAST_GAIN = 0.02;
/** More examples than this only make training slow; the latest say most about how people speak now. */
const MOST_EXAMPLES = 12_000;

/** Name of the background task that learns from an organisation's corrections. */
export const TRAIN_SENTIMENT = 'train-sentiment';

/** Keeps a person's verdict on a post and shows it from now on. Learning from it is left to the background. */
export async function correctSentiment(tx: Tx, postId: string, label: SentimentLabel): Promise<void> {
  const organizationId = tx.scope.organizationId;
  await tx.query(
    `insert into sentiment_corrections as c (organization_id, id, post_id, label, previous_label, corrected_by)
     select $1, $2, p.id, $4, p.sentiment_label, $5 from posts p where p.organization_id = $1 and p.id = $3
     on conflict (organization_id, post_id) do update set label = excluded.label, corrected_by = excluded.corrected_by, corrected_at = now()`,
    [organizationId, newId(), postId, label, tx.scope.actor],
  );
  const score = { NEGATIVE: -1, NEUTRAL: 0, POSITIVE: 1 }[label];
  await tx.query(
    `update posts set sentiment_label = $3, sentiment_score = $4, sentiment_words = '[]' where organization_id = $1 and id = $2`,
    [organizationId, postId, label, score],
  );
  await recordEvents(tx, [{ type: 'post.reassessed', subjectId: postId }]);
  // Two verdicts at once do not see each other, so it is asked what has been learned from and not whether a number is hit.
  const [row] = await tx.query<{ corrections: number; fresh: number }>(
    `select count(*)::int as corrections, count(*) filter (where corrected_at > t.latest)::int as fresh
       from sentiment_corrections,
            (select coalesce(max(trained_at), '-infinity') as latest from sentiment_models where organization_id = $1) t
      where organization_id = $1`,
    [organizationId],
  );
  if (row && row.corrections >= FIRST_TRAINING && row.fresh >= NEXT_TRAINING) {
    await enqueue(tx, TRAIN_SENTIMENT, {}, { key: `${TRAIN_SENTIMENT}:${organizationId}` });
  }
}

/**
 * Learns from all corrections of an organisation. Keeps the model only when it clearly beats the word lists on examples it has
 * not seen; that it was tried is kept in any case, without a model, so that it is tried again only when there is more to learn.
 */
export async function trainOnCorrections(
  database: Database,
  scope: Scope,
): Promise<{ examples: number; kept: boolean }> {
  const examples = await database.read<{ text: string; language: string; label: SentimentLabel }>(
    scope,
    `select p.text, p.language, c.label from sentiment_corrections c join posts p on p.organization_id = c.organization_id and p.id = c.post_id
      where p.text <> '' order by c.corrected_at desc limit ${MOST_EXAMPLES}`,
  );
  if (examples.length < FIRST_TRAINING) return { examples: examples.length, kept: false };
  const model = await trainSentiment(examples, { seed: 1 });
  const kept = model.crossValidatedF1 >= model.lexiconF1 + LEAST_GAIN;
  await database.write(scope, async tx => {
    await tx.query(
      `insert into sentiment_models (organization_id, id, examples, macro_f1, lexicon_macro_f1, model) values ($1, $2, $3, $4, $5, $6)`,
      [
        scope.organizationId,
        newId(),
        examples.length,
        model.crossValidatedF1,
        model.lexiconF1,
        kept ? serialiseSentiment(model) : Buffer.alloc(0),
      ],
    );
    // The last few are kept so that a judgement can still be explained.
    await tx.query(
      `delete from sentiment_models where organization_id = $1 and id not in (
         (select id from sentiment_models where organization_id = $1 and length(model) > 0 order by trained_at desc, id desc limit 3)
         union all (select id from sentiment_models where organization_id = $1 order by trained_at desc, id desc limit 1))`,
      [scope.organizationId],
    );
  });
  return { examples: examples.length, kept };
}

const REMEMBERED_MS = 60_000;
const remembered = new Map<string, { model: SentimentModel | null; until: number }>();

/** The organisation's own model, or null while it has none. Remembered for a minute. */
export async function sentimentModelOf(database: Database, scope: Scope): Promise<SentimentModel | null> {
  const known = remembered.get(scope.organizationId);
  if (known && known.until > Date.now()) return known.model;
  const [row] = await database.read<{ model: Buffer }>(
    scope,
    'select model from sentiment_models where length(model) > 0 order by trained_at desc, id desc limit 1',
  );
  const model = row ? deserialiseSentiment(row.model) : null;
  if (remembered.size > 1000) remembered.clear();
  remembered.set(scope.organizationId, { model, until: Date.now() + REMEMBERED_MS });
  return model;
}
