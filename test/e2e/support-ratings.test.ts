import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Network } from '../../src/modules/social/index.js';
import { newId, storedId } from '../../src/platform/ids.js';
import { answeringOn } from '../support/answering.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { accept, mention } from '../support/posts.js';
import { socialOf } from '../support/social.js';
import { eventually } from '../support/subscriber.js';

let app: TestApp;
let echo: EchoNetwork;
let ours: Awaited<ReturnType<typeof answeringOn>>;

beforeAll(async () => {
  echo = await openEchoNetwork({ network: Network.EMAIL, max: 5000 });
  app = await openTestApp(
    { ALLOW_PRIVATE_ADDRESSES: 'true' },
    { adapters: [echo.connector], sending: { lookUpAfterMs: 20 } },
  );
});
afterAll(async () => {
  await app?.close();
  await echo?.close();
});
beforeEach(async () => {
  echo.messages.length = 0;
  ours = await answeringOn(app, { network: Network.EMAIL });
  await act('createIntakeRule', { name: 'Todo' }, 'rule { id }');
});

const sql = async <Row = any>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await app.app.database.system.query(text, [ours.organization.id, ...values])).rows;

async function act(name: string, input: object, answer: string) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const errors = 'userErrors { field code message }';
  const data = await ours.client.data(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} ${errors} } }`,
    {
      input,
    },
  );
  expect({ name, errors: data[name].userErrors }).toEqual({ name, errors: [] });
  return data[name];
}

const letter = (id: string, text: string, given: Partial<Parameters<typeof mention>[1]> = {}) =>
  mention(id, {
    text,
    kind: 'DIRECT_MESSAGE' as never,
    author: { id: 'rosa@example.org', handle: 'rosa@example.org' },
    language: 'es',
    occurredAt: new Date(),
    ...given,
  });
const hear = (...letters: ReturnType<typeof mention>[]) =>
  accept(app, ours.organization, letters, { network: Network.EMAIL, accountId: ours.account });
const answer = (text: string, id = newId()) => hear(letter(id, text, { parent: { id: 'a1' } }));

const tickets = async (): Promise<any[]> =>
  (
    await ours.client.data(
      `{ tickets(first: 100, orderBy: [{ field: OPENED_AT, direction: ASC }]) { edges { node {
           id subject status waitingSince messageCount surveyResponses(first: 5) { edges { node { score comment { text } } } } } } } }`,
    )
  ).tickets.edges.map(({ node }: any) => ({
    ...node,
    surveyResponses: node.surveyResponses.edges.map((edge: any) => edge.node),
  }));
const put = (status: string) =>
  sql(
    `update tickets set status = $2, waiting_since = null, solved_at = now(), closed_at = case when $2 = 'CLOSED' then now() end where organization_id = $1`,
    [status],
  );
const survey = async (given: object = {}): Promise<string> =>
  (await act('createSurvey', { name: 'Ayuda', kind: 'CSAT', trigger: 'MANUAL', ...given }, 'survey { id }')).survey.id;
const asked = () => echo.messages.filter(({ text }) => text.includes('/survey/'));

/** Rosa's bread was burnt, she was helped, and is asked how content she is. */
async function helped(status = 'SOLVED'): Promise<string> {
  await hear(letter('a1', 'El pan estaba quemado.', { title: 'Pan' }));
  const [{ id }] = await tickets();
  await put('SOLVED');
  await act('sendSurvey', { surveyId: await survey(), ticketId: id }, 'ticket { id }');
  await eventually(async () => asked()[0] ?? null);
  await eventually(
    async () =>
      (await sql(`select 1 from replies where organization_id = $1 and state <> 'SENT'`)).length === 0 || null,
  );
  await put(status);
  return id;
}

describe('a number', () => {
  test('is a rating while nothing else was asked, and a word like any other after that', async () => {
    const ticketId = await helped();
    await answer('Sigue igual.');
    await act('replyToTicket', { ticketId, text: '¿Cuántos panes fueron?', confirmUnseen: true }, 'message { id }');
    expect(await tickets()).toMatchObject([{ waitingSince: null }]);
    await answer('2');
    expect(await tickets()).toMatchObject([{ waitingSince: expect.any(String), surveyResponses: [] }]);
  });

  test('alone, or with thanks, leaves the ticket as it is', async () => {
    await helped();
    await answer('4');
    await answer('5 - gracias, muy amables');
    expect(await tickets()).toMatchObject([
      {
        status: 'SOLVED',
        messageCount: 4,
        surveyResponses: [{ score: 5, comment: { text: '5 - gracias, muy amables' } }],
      },
    ]);
  });

  test('with a word that waits for us is counted, and opens the ticket again', async () => {
    await helped();
    await answer('1 - sigue quemado, llámenme');
    expect(await tickets()).toMatchObject([
      { status: 'OPEN', waitingSince: expect.any(String), surveyResponses: [{ score: 1 }] },
    ]);
  });

  test('with such a word about a closed ticket opens one that follows it up', async () => {
    await helped('CLOSED');
    await answer('2, ¿y mi dinero?');
    expect(await tickets()).toMatchObject([
      { status: 'CLOSED', surveyResponses: [{ score: 2 }] },
      { status: 'NEW', subject: 'Pan', messageCount: 1, surveyResponses: [] },
    ]);
  });

  test('is the rating of whom its author turns out to be', async () => {
    await helped();
    await answer('4');
    const social = socialOf(app, ours.organization, ours.client);
    const rosa = await social.customer('Rosa');
    await social.link((await social.identity('rosa@example.org', 'EMAIL')).id, rosa);
    const { customer } = await ours.client.data(
      `query ($id: ID!) { customer(id: $id) { surveyResponses(first: 5) { totalCount } satisfaction { asked answered } } }`,
      { id: rosa },
    );
    expect(customer).toEqual({ surveyResponses: { totalCount: 1 }, satisfaction: [{ asked: 1, answered: 1 }] });
  });

  test('is a rating also of a ticket that became a part of another', async () => {
    const mergedId = await helped();
    await hear(letter('b1', 'Y falta la factura.', { author: { id: 'rosa2', handle: 'rosa2' } }));
    const survivorId = (await tickets()).find(({ id }) => id !== mergedId).id;
    await act('mergeTickets', { survivorId, mergedId }, 'ticket { id }');
    await answer('3');
    expect((await tickets()).find(({ id }) => id === mergedId).surveyResponses).toMatchObject([{ score: 3 }]);
    expect(await sql(`select 1 from tickets where organization_id = $1`)).toHaveLength(2);
  });
});

test('fifty ratings cost as many statements as one', async () => {
  const surveyId = await survey();
  const people = Array.from({ length: 51 }, (_, at) => ({ id: `p${at}`, handle: `p${at}` }));
  await hear(...people.map((author, at) => letter(`q${at}`, 'El pan estaba quemado.', { author })));
  await sql(
    `insert into survey_invitations (organization_id, id, survey_id, ticket_id, channel, state, due_at, sent_at, expires_at)
     select t.organization_id, gen_random_uuid(), $2, t.id, 'EMAIL', 'SENT', now(), now(), now() + interval '1 day' from tickets t
      where t.organization_id = $1`,
    [storedId('survey', surveyId)],
  );
  const { onPosts } = await import('../../src/modules/social/social.hooks.js');
  const { filePosts } = await import('../../src/modules/support/care/filing.service.js');
  let held: any[] = [];
  onPosts(async (_tx, posts) => {
    held = [...posts];
  });
  const count = async (from: number, to: number): Promise<number> => {
    const before = new Map((await tickets()).map(({ id, messageCount }) => [id, messageCount]));
    await sql(`update intake_rules set is_active = false where organization_id = $1`);
    const rated = people
      .slice(from, to)
      .map((author, at) => letter(`r${from + at}`, '4', { author, parent: { id: `q${from + at}` } }));
    await hear(...rated);
    expect(before.size).toBe(51);
    await sql(`delete from ticket_messages where organization_id = $1 and post_id = any ($2::uuid[])`, [
      held.map(({ id }) => id),
    ]);
    let statements = 0;
    const scope = { organizationId: ours.organization.id, actor: 'system:test', requestId: 'test' };
    await app.app.database.write(scope, async tx => {
      const query = (text: string, values?: unknown[]) => {
        statements += 1;
        return tx.query(text, values);
      };
      await filePosts({ ...tx, query } as never, held);
    });
    return statements;
  };
  const [one, fifty] = [await count(0, 1), await count(1, 51)];
  expect(fifty).toBe(one);
  expect(await sql('select 1 from survey_responses where organization_id = $1 and score = 4')).toHaveLength(51);
});

describe('a survey', () => {
  test('that asks about what was closed reaches its customer', async () => {
    await survey({ trigger: 'CLOSED' });
    await hear(letter('a1', 'El pan estaba quemado.'));
    const [{ id }] = await tickets();
    await act('closeTicket', { id }, 'ticket { id }');
    await eventually(async () => asked()[0] ?? null);
    await answer('5');
    expect(await tickets()).toMatchObject([{ status: 'CLOSED', surveyResponses: [{ score: 5 }] }]);
  });

  test('asks one person once, also where two tickets of theirs are done at the same moment', async () => {
    await survey({ trigger: 'CLOSED', delayMinutes: 60 });
    await survey({ name: 'Otra', trigger: 'CLOSED', delayMinutes: 60 });
    await hear(letter('a1', 'El pan estaba quemado.'));
    const [{ id }] = await tickets();
    await act('closeTicket', { id }, 'ticket { id }');
    const waiting = await sql('select id from survey_invitations where organization_id = $1');
    expect(waiting).toHaveLength(2);
    await sql(
      `update graphile_worker._private_jobs set run_at = now() where key in (select 'survey:' || id from survey_invitations where organization_id = $1)`,
    );
    const states = await eventually(async () => {
      const rows = await sql(
        `select state, skipped_because from survey_invitations where organization_id = $1 order by state`,
      );
      return rows.every(({ state }) => state !== 'WAITING') ? rows : null;
    });
    expect(states).toMatchObject([{ state: 'SENT' }, { state: 'SKIPPED', skipped_because: 'RESTING' }]);
  });

  test('is nobody else’s: who spoke in the open is asked alone', async () => {
    await hear(letter('a1', 'El pan estaba quemado.', { kind: 'MENTION' as never }));
    const [{ id }] = await tickets();
    await act('sendSurvey', { surveyId: await survey(), ticketId: id }, 'ticket { id }');
    await eventually(async () => {
      const [{ state }] = await sql('select state from survey_invitations where organization_id = $1');
      return state !== 'WAITING' || null;
    });
    expect(await sql(`select visibility from replies where organization_id = $1 and visibility <> 'PRIVATE'`)).toEqual(
      [],
    );
    expect(await sql('select state, skipped_because from survey_invitations where organization_id = $1')).toMatchObject(
      [{ state: 'SENT' }],
    );
  });
});
