import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { accept, mention } from '../support/posts.js';

let app: TestApp;
let organization: TestOrganization;
beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
  organization = await app.organization();
});
afterAll(() => app.close());

const query = (sql: string, parameters: unknown[] = [organization.id]) =>
  app.app.database.system.query(sql, parameters);

async function waitingTrainings(): Promise<number> {
  const { rows } = await query('select count(*)::int as count from graphile_worker.jobs where task_identifier = $1', [
    'train-sentiment',
  ]);
  return rows[0].count;
}

test('learning begins when there is enough to learn from, also when verdicts meet, and not again before there is more', async () => {
  const texts = Array.from({ length: 330 }, (_, at) => mention(`${at}`, { handle: `h${at % 9}`, text: `text ${at}` }));
  await accept(app, organization, texts);
  const correct = async (from: number, to: number) =>
    query(
      `insert into sentiment_corrections (organization_id, id, post_id, label, previous_label, corrected_by)
       select organization_id, gen_random_uuid(), id, 'POSITIVE', 'NEUTRAL', 'test' from posts
        where organization_id = $1 and external_id::int >= $2 and external_id::int < $3`,
      [organization.id, from, to],
    );
  const owner = await organization.as('OWNER');
  const byHand = async (at: number) => {
    const { rows } = await query('select id from posts where organization_id = $1 and external_id = $2', [
      organization.id,
      `${at}`,
    ]);
    const { correctSentiment } = await owner.data(
      'mutation ($input: CorrectSentimentInput!) { correctSentiment(input: $input) { userErrors { code } } }',
      { input: { postId: organization.publicId('post', rows[0].id), label: 'NEGATIVE' } },
    );
    expect(correctSentiment.userErrors).toEqual([]);
  };
  await correct(0, 298);
  await byHand(298);
  expect(await waitingTrainings()).toBe(0);
  // The three hundredth came with another one, and neither saw the other.
  await correct(299, 300);
  await byHand(300);
  expect(await waitingTrainings()).toBe(1);

  await query("delete from graphile_worker._private_jobs where key like 'train-sentiment%'", []);
  await query(
    `insert into sentiment_models (organization_id, id, examples, macro_f1, lexicon_macro_f1, model) values ($1, gen_random_uuid(), 301, 0.5, 0.5, '')`,
  );
  await byHand(301);
  expect(await waitingTrainings()).toBe(0);
});
