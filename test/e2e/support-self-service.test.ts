import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { forgetReads } from '../../src/modules/support/knowledge/view.service.js';
import { newId, publicId } from '../../src/platform/ids.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { writingOf } from '../support/writing.js';

let app: TestApp;

const PERIOD = 'from: "2020-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z"';
const REPORT = `{
  articleReport(${PERIOD}) { article { slug } views customerReads deflected deflectionPercent }
  selfServiceReport(${PERIOD}) { readers customersWithTickets score reads deflected deflectionPercent }
}`;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(() => app?.close());

/** An organisation with one article, and customers who sign in. */
async function aDesk() {
  const organization = await app.organization();
  const owner = await organization.as('OWNER');
  const text = { en: { title: 'Returns', body: 'Within thirty days.' } };
  await writingOf(owner).publish('PUBLIC', text, { slug: 'returns' });
  const { articleBySlug } = await owner.data('{ articleBySlug(slug: "returns") { id } }');
  const sql = async (statement: string, values: unknown[] = []) =>
    (await app.app.database.system.query(statement, [organization.id, ...values])).rows;
  const customer = async () => {
    const id = newId();
    await sql(`insert into customers (organization_id, id, kind, display_name) values ($1, $2, 'PERSON', 'Rosa')`, [
      id,
    ]);
    const client = await organization.as('CUSTOMER', { customerId: id });
    const read = async () => {
      const { viewArticle } = await client.data(
        'mutation ($articleId: ID!) { viewArticle(input: { articleId: $articleId }) { userErrors { code } } }',
        { articleId: articleBySlug.id },
      );
      expect(viewArticle.userErrors).toEqual([]);
    };
    const open = (openedAt?: string) =>
      owner.data('mutation ($input: OpenTicketInput!) { openTicket(input: $input) { userErrors { code } } }', {
        input: { subject: 'Returns', customerId: publicId('customer', id), openedAt },
      });
    /** All that it read so far was read so many hours ago. */
    const ago = (hours: number) =>
      sql(
        'update article_reads set read_at = now() - make_interval(hours => $3) where organization_id = $1 and customer_id = $2',
        [id, hours],
      );
    return { id, client, read, open, ago };
  };
  return { organization, owner, sql, customer };
}

const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

test('who reads and opens no ticket within a day helped itself; who reads today may still ask, and visitors are not known', async () => {
  const { organization, owner, customer } = await aDesk();
  const [helped, asked, later, today] = [await customer(), await customer(), await customer(), await customer()];
  for (const one of [helped, asked, later, today]) await one.read();
  for (const one of [helped, asked, later]) await one.ago(72);
  await asked.open(hoursAgo(60));
  await later.open(hoursAgo(40));
  await helped.open(hoursAgo(80));
  await app.anonymous.data(
    'query ($organization: String!) { publicArticle(organization: $organization, slug: "returns") { slug } }',
    {
      organization: organization.slug,
    },
  );
  const { articleReport, selfServiceReport } = await owner.data(REPORT);
  const figures = { deflected: 2, deflectionPercent: (100 * 2) / 3 };
  expect(articleReport).toEqual([{ article: { slug: 'returns' }, views: 5, customerReads: 3, ...figures }]);
  expect(selfServiceReport).toEqual({ readers: 4, customersWithTickets: 3, score: 4 / 3, reads: 3, ...figures });
});

test('without a read or a ticket there is no share and no score', async () => {
  const { owner } = await aDesk();
  const { selfServiceReport } = await owner.data(REPORT);
  expect(selfServiceReport).toEqual({
    readers: 0,
    customersWithTickets: 0,
    score: null,
    reads: 0,
    deflected: 0,
    deflectionPercent: null,
  });
});

test('what a customer read is kept once a day, and forgotten with it or after four hundred days', async () => {
  const { owner, sql, customer } = await aDesk();
  const kept = () => sql('select customer_id from article_reads where organization_id = $1');
  const [rosa, eva] = [await customer(), await customer()];
  await rosa.read();
  await rosa.read();
  await eva.read();
  expect(await kept()).toHaveLength(2);
  await rosa.ago(401 * 24);
  await forgetReads(app.app.database.system);
  expect(await kept()).toEqual([{ customer_id: eva.id }]);
  await owner.data('mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { code } } }', {
    id: publicId('customer', eva.id),
  });
  expect(await kept()).toEqual([]);
});
