import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '../../src/platform/ids.js';
import { openTestApp, type TestApp } from '../support/app.js';

let app: TestApp;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(async () => {
  await app?.close();
});

test('answers of customers are told of those who answered most, of each kind of survey, and of no more than is asked for', async () => {
  const organization = await app.organization();
  const owner = await organization.as('OWNER');
  const sql = (text: string, values: unknown[]) => app.app.database.system.query(text, [organization.id, ...values]);
  const survey = async (kind: string) => {
    const id = newId();
    await sql(`insert into surveys (organization_id, id, name, kind, trigger) values ($1, $2, $3, $3, 'MANUAL')`, [
      id,
      kind,
    ]);
    return id;
  };
  const [csat, nps] = [await survey('CSAT'), await survey('NPS')];
  /** A customer who was asked about so many tickets, and gave these scores. */
  const customer = async (name: string, surveyId: string, kind: string, times: number, scores: number[]) => {
    const id = newId();
    await sql(`insert into customers (organization_id, id, kind, display_name) values ($1, $2, 'PERSON', $3)`, [
      id,
      name,
    ]);
    for (let n = 0; n < times; n++) {
      const [ticketId, invitationId] = [newId(), newId()];
      await sql(
        `insert into tickets (organization_id, id, number, subject, status, priority, channel, customer_id, created_by)
           values ($1, $2, $4, '', 'CLOSED', 'NORMAL', 'EMAIL', $3, 'system:test')`,
        [ticketId, id, ticketId],
      );
      await sql(
        `insert into survey_invitations (organization_id, id, survey_id, ticket_id, customer_id, state, channel, due_at, sent_at, expires_at)
           values ($1, $2, $3, $4, $5, 'SENT', 'EMAIL', now(), now(), now())`,
        [invitationId, surveyId, ticketId, id],
      );
      if (scores[n] !== undefined)
        await sql(
          `insert into survey_responses (organization_id, id, invitation_id, survey_id, kind, ticket_id, customer_id, channel, score)
             values ($1, gen_random_uuid(), $2, $3, $4, $5, $6, 'EMAIL', $7)`,
          [invitationId, surveyId, kind, ticketId, id, scores[n]],
        );
    }
  };
  await customer('Asked twice', csat, 'CSAT', 2, []);
  await customer('Asked once', csat, 'CSAT', 1, []);
  await customer('Answered twice', csat, 'CSAT', 2, [5, 3]);
  await customer('Answered once', csat, 'CSAT', 3, [4]);
  await customer('Promoter', nps, 'NPS', 1, [10]);
  const report = (first: string) =>
    owner.send<any>(
      `query { surveyReport(from: "2020-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z", groupBy: CUSTOMER${first}) {
           kind asked answered customer { displayName } } }`,
    );
  const rowsOf = async (first: string) =>
    (await report(first)).data.surveyReport.map((row: any) => `${row.kind} ${row.customer.displayName}`);
  expect(await rowsOf(', first: 2')).toEqual(['CSAT Answered twice', 'CSAT Answered once', 'NPS Promoter']);
  expect(await rowsOf('')).toEqual([
    'CSAT Answered twice',
    'CSAT Answered once',
    'CSAT Asked twice',
    'CSAT Asked once',
    'NPS Promoter',
  ]);
  for (const first of ['0', '201', 'null'])
    expect((await report(`, first: ${first}`)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});
