import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { ask, someAddress } from '../support/portal.js';
import { listen } from '../support/posts.js';
import { eventually, subscribe } from '../support/subscriber.js';
import { errorsOf, type Ticketing, ticketingOf, uuid } from '../support/ticketing.js';
import { type Writing, writingOf } from '../support/writing.js';

let app: TestApp;
let organization: TestOrganization;
let owner: Client;
let customer: Client;
let writing: Writing;
let ticketing: Ticketing;
const customerId = newId();

beforeAll(async () => {
  app = await openTestApp();
  organization = await app.organization();
  owner = await organization.as('OWNER');
  writing = writingOf(owner);
  await keepCustomer(customerId, 'Rosa');
  customer = await organization.as('CUSTOMER', { customerId });
  ticketing = ticketingOf(app, organization, owner, organization.publicId('customer', customerId));
});
afterAll(() => app?.close());

const sql = async <Row extends object = any>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await app.app.database.system.query<Row>(text, [organization.id, ...values])).rows;
const keepCustomer = (id: string, name: string) =>
  sql(`insert into customers (organization_id, id, kind, display_name) values ($1, $2, 'PERSON', $3)`, [id, name]);

test('articles that were part of the answer go with a ticket into another one, and come back with it', async () => {
  const both = await writing.publish('PUBLIC', { en: { title: 'Used in both', body: 'Words.' } });
  const one = await writing.publish('PUBLIC', { en: { title: 'Used in one', body: 'Words.' } });
  const [kept, gone] = [await ticketing.open(), await ticketing.open()];
  for (const [ticketId, articleId] of [
    [kept.id, both],
    [gone.id, both],
    [gone.id, one],
  ])
    await writing.done('useArticle', { ticketId, articleId }, 'ticket { id }');
  const used = async (id: string): Promise<string[]> =>
    (await ticketing.see(id, 'articleUses { article { slug } }')).articleUses.map((use: any) => use.article.slug);
  await ticketing.act('mergeTickets', { survivorId: kept.id, mergedId: gone.id });
  expect(await used(kept.id)).toEqual(['used-in-both', 'used-in-one']);
  expect(await used(gone.id)).toEqual(['used-in-both']);
  const late = await writing.act('useArticle', { ticketId: gone.id, articleId: one }, 'ticket { id }');
  expect(errorsOf(late)).toEqual(['ticketId NOT_ALLOWED']);
  await ticketing.act('unmergeTicket', { id: gone.id });
  expect(await used(kept.id)).toEqual(['used-in-both']);
  expect(await used(gone.id)).toEqual(['used-in-both', 'used-in-one']);
});
