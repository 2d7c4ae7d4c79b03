import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { UpsertEvent } from '../../src/ingest/connector.js';
import { Network, PostKind } from '../../src/modules/social/index.js';
import { answeringOn } from '../support/answering.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { accept, mention } from '../support/posts.js';
import { socialOf } from '../support/social.js';
import { eventually } from '../support/subscriber.js';

let app: TestApp;
let echo: EchoNetwork;
let bakery: TestOrganization;
let manager: Client;

beforeAll(async () => {
  echo = await openEchoNetwork({ max: 500 });
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
  bakery = await app.organization();
  manager = await bakery.as('MANAGER');
});
afterEach(() => {
  echo.gate = undefined;
});

const sql = async <Row = any>(text: string, values: unknown[] = [], organization = bakery): Promise<Row[]> =>
  (await app.app.database.system.query(text, [organization.id, ...values])).rows;
type Given = Partial<UpsertEvent> & { handle?: string };

async function act(name: string, input: object, answer: string, by = manager) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const data = await by.data(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} userErrors { field code message } } }`,
    { input },
  );
  return data[name];
}
async function rule(given: object = {}, by = manager): Promise<any> {
  const made = await act('createIntakeRule', { name: 'Rule', ...given }, 'rule { id version }', by);
  expect(made.userErrors).toEqual([]);
  return made.rule;
}

const EVA = { id: 'eva@example.com', handle: 'eva@example.com', displayName: 'Eva' };
const mail = (id: string, given: Given = {}, organization = bakery) =>
  accept(
    app,
    organization,
    [
      mention(id, {
        kind: PostKind.DIRECT_MESSAGE,
        author: EVA,
        occurredAt: new Date(),
        title: 'Pan duro',
        text: 'El pan llegó duro.',
        ...given,
      }),
    ],
    { network: Network.EMAIL },
  );
const whatsapp = (id: string, given: Given = {}) =>
  accept(
    app,
    bakery,
    [
      mention(id, {
        kind: PostKind.DIRECT_MESSAGE,
        author: { id: '34600', handle: '34600' },
        occurredAt: new Date(),
        ...given,
      }),
    ],
    { network: Network.WHATSAPP },
  );
const tickets = (organization = bakery) =>
  sql(
    `select id, number, subject, status, channel, customer_id, message_count, waiting_since, last_customer_message_at, first_responded_at, reopened_count
       from tickets where organization_id = $1 order by created_at, number`,
    [],
    organization,
  );
const messages = (organization = bakery) =>
  sql(
    `select m.ticket_id, m.kind, m.is_automatic, p.external_id, m.reply_id from ticket_messages m
       left join posts p on p.organization_id = m.organization_id and p.id = m.post_id
      where m.organization_id = $1 order by m.occurred_at, m.id`,
    [],
    organization,
  );
const postId = async (externalId: string) =>
  bakery.publicId(
    'post',
    (await sql('select id from posts where organization_id = $1 and external_id = $2', [externalId]))[0].id,
  );
const setStatus = (number: string, status: string) =>
  sql(
    `update tickets set status = $3, solved_at = now(), closed_at = case when $3 = 'CLOSED' then now() end where organization_id = $1 and number = $2`,
    [number, status],
  );

describe('what is said', () => {
  test('stays in the inbox of an organisation that has no rules and no tickets', async () => {
    await mail('a1');
    expect(await tickets()).toEqual([]);
    expect(await sql('select 1 from posts where organization_id = $1')).toHaveLength(1);
  });

  test('opens a ticket by a rule, and what its author answers goes into it', async () => {
    await rule({ channels: ['EMAIL'], priority: 'HIGH', tags: ['correo'] });
    await mail('a1');
    await mail('a2', { title: 'Re: Pan duro', parent: { id: 'a1' }, text: 'Y frío.' });
    expect(await tickets()).toMatchObject([{ subject: 'Pan duro', status: 'NEW', channel: 'EMAIL', message_count: 2 }]);
    const shown = await manager.data(
      `query ($id: ID!) { post(id: $id) { ticket { number priority tags conversations { totalCount edges { node { network tickets { totalCount } } } } } } }`,
      { id: await postId('a2') },
    );
    expect(shown.post.ticket).toMatchObject({
      priority: 'HIGH',
      tags: ['correo'],
      conversations: { totalCount: 1, edges: [{ node: { network: 'EMAIL', tickets: { totalCount: 1 } } }] },
    });
  });

  test('is one message however often it is delivered, also at the same moment', async () => {
    await rule({ channels: ['EMAIL'] });
    await Promise.all([mail('a1'), mail('a1'), mail('a1')]);
    await mail('a1');
    expect(await tickets()).toHaveLength(1);
    expect(await messages()).toHaveLength(1);
  });

  test('opens one ticket where several words of one person come at once', async () => {
    await rule({ channels: ['EMAIL'] });
    const said = (id: string, parent?: string) =>
      mention(id, {
        kind: PostKind.DIRECT_MESSAGE,
        author: EVA,
        occurredAt: new Date(),
        ...(parent && { parent: { id: parent } }),
      });
    await accept(app, bakery, [said('b1'), said('b2', 'b1'), said('b3')], { network: Network.EMAIL });
    expect(await tickets()).toMatchObject([{ message_count: 3 }]);
  });

  test('costs the same number of statements whether one post comes or a hundred', async () => {
    await rule({ channels: ['EMAIL'] });
    await mail('a1');
    const count = async (posts: number, mark: string) => {
      const scope = { organizationId: bakery.id, actor: 'system:test', requestId: 'test' };
      const { filePosts } = await import('../../src/modules/support/care/filing.service.js');
      const { keptPosts } = await import('../../src/modules/support/care/kept-post.queries.js');
      const { rows } = await app.app.database.system.query(
        'select id from posts where organization_id = $1 and external_id like $2 limit $3',
        [bakery.id, `${mark}%`, posts],
      );
      let statements = 0;
      await app.app.database.write(scope, async tx => {
        const kept = await keptPosts(
          tx,
          rows.map(row => row.id),
        );
        const query = (text: string, values?: unknown[]) => {
          statements += 1;
          return tx.query(text, values);
        };
        const counting = { ...tx, query };
        await filePosts(counting as never, kept);
      });
      return statements;
    };
    const before = await rule({ name: 'No', position: 0, action: 'IGNORE' });
    const many = (mark: string) =>
      accept(
        app,
        bakery,
        Array.from({ length: 100 }, (_, at) =>
          mention(`${mark}${at}`, {
            kind: PostKind.DIRECT_MESSAGE,
            author: { id: `${mark}${at}`, handle: `${mark}${at}` },
          }),
        ),
        { network: Network.EMAIL },
      );
    await many('x');
    await many('y');
    await act('removeIntakeRule', { id: before.id }, 'removedId');
    const [one, hundred] = [await count(1, 'x'), await count(100, 'y')];
    expect(hundred).toBe(one);
    expect(await tickets()).toHaveLength(102);
  });
});

describe('a ticket', () => {
  beforeEach(() => rule({ channels: ['EMAIL'] }));

  test('that was solved is opened again by a word, and one that was closed is followed up', async () => {
    await mail('a1');
    const [{ number }] = await tickets();
    await setStatus(number, 'SOLVED');
    await mail('a2', { parent: { id: 'a1' } });
    expect(await tickets()).toMatchObject([{ status: 'OPEN', reopened_count: 1 }]);
    await setStatus(number, 'CLOSED');
    await mail('a3', { parent: { id: 'a2' } });
    await mail('a4', { parent: { id: 'a3' } });
    const [old, next] = await tickets();
    expect([old, next]).toMatchObject([
      { status: 'CLOSED', message_count: 2 },
      { status: 'NEW', message_count: 2, subject: 'Pan duro' },
    ]);
    expect(await sql('select from_ticket_id, to_ticket_id, kind from ticket_links where organization_id = $1')).toEqual(
      [{ from_ticket_id: next.id, to_ticket_id: old.id, kind: 'FOLLOWS_UP' }],
    );
  });

  test('that was closed too long ago is not followed up', async () => {
    await act('updateCareSettings', { followUpDays: 1 }, 'settings { followUpDays }');
    await mail('a1');
    await setStatus((await tickets())[0].number, 'CLOSED');
    await sql(`update tickets set closed_at = now() - interval '2 days' where organization_id = $1`);
    await mail('a2', { parent: { id: 'a1' } });
    expect(await tickets()).toHaveLength(2);
    expect(await sql('select 1 from ticket_links where organization_id = $1')).toEqual([]);
  });

  test('that became a part of another passes on what is said in it', async () => {
    await mail('a1');
    await mail('b1', { author: { id: 'leo@example.com', handle: 'leo@example.com' } });
    const [one, other] = await tickets();
    await sql(
      `update tickets set merged_into_id = $2, status = 'CLOSED', closed_at = now() where organization_id = $1 and id = $3`,
      [other.id, one.id],
    );
    await mail('a2', { parent: { id: 'a1' } });
    expect((await messages()).at(-1)).toMatchObject({ external_id: 'a2', ticket_id: other.id });
  });

  test('is named by its number in a subject by those who speak in it, never by a stranger', async () => {
    await act('updateCareSettings', { continueDays: null }, 'settings { continueDays }');
    await mail('a1');
    const [{ id, number }] = await tickets();
    await mail('a2', { title: `Sobre ${number.toLowerCase()}` });
    await mail('a3', { title: number, author: { id: 'eve@example.org', handle: 'eve@example.org' } });
    const said = await messages();
    expect(said.find(({ external_id }) => external_id === 'a2')!.ticket_id).toBe(id);
    expect(said.find(({ external_id }) => external_id === 'a3')!.ticket_id).not.toBe(id);
    expect(await tickets()).toHaveLength(2);
  });

  test('goes on by another channel when it is the only open one of its customer', async () => {
    const social = socialOf(app, bakery, manager);
    const customer = await social.customer('Eva');
    await mail('a1');
    await whatsapp('w0');
    expect(await tickets()).toHaveLength(1);
    await social.link((await social.identity('eva@example.com', 'EMAIL')).id, customer);
    await social.link((await social.identity('34600', 'WHATSAPP')).id, customer);
    await whatsapp('w1');
    expect(await messages()).toMatchObject([{ external_id: 'a1' }, { external_id: 'w1' }]);
    const [{ id }] = await tickets();
    const { ticket } = await manager.data(
      'query ($id: ID!) { ticket(id: $id) { customer { displayName } conversations { edges { node { network } } } } }',
      { id: bakery.publicId('ticket', id) },
    );
    expect(ticket.customer.displayName).toBe('Eva');
    expect(ticket.conversations.edges).toHaveLength(2);
  });

  test('is not gone on with by guess when there are several, or when that is switched off', async () => {
    await act('updateCareSettings', { continueDays: null }, 'settings { continueDays }');
    await mail('a1');
    await mail('b1');
    expect(await tickets()).toHaveLength(2);
    await act('updateCareSettings', { continueDays: 14 }, 'settings { continueDays }');
    await mail('c1');
    expect(await tickets()).toHaveLength(3);
  });

  test('follows whose its speaker turns out to be, also in mid-conversation', async () => {
    const social = socialOf(app, bakery, manager);
    const [eva, eva2] = [await social.customer('Eva'), await social.customer('Eva Ruiz')];
    await mail('a1');
    const identity = await social.identity('eva@example.com', 'EMAIL');
    const customerOf = async () => {
      const [{ customer_id }] = await tickets();
      return customer_id && bakery.publicId('customer', customer_id);
    };
    await social.link(identity.id, eva);
    expect(await customerOf()).toBe(eva);
    await social.unlink(identity.id);
    expect(await customerOf()).toBeNull();
    const [{ number, status }] = await tickets();
    await setStatus(number, 'CLOSED');
    await social.link(identity.id, eva2);
    expect(await customerOf()).toBe(eva2);
    await setStatus(number, status);
    const merged = await act(
      'mergeCustomers',
      { survivorId: eva, mergedIds: [eva2] },
      'customer { tickets { totalCount } }',
    );
    expect(merged).toMatchObject({ userErrors: [], customer: { tickets: { totalCount: 1 } } });
    expect(await customerOf()).toBe(eva);
    await mail('a2', { parent: { id: 'a1' } });
    await mail('a3', { title: 'Otra vez' });
    expect(await tickets()).toMatchObject([{ message_count: 3 }]);
  });
});

describe('in the open', () => {
  const comment = (id: string, handle: string, given: Given = {}) =>
    mention(id, { kind: PostKind.COMMENT, handle, root: { id: 'ours' }, occurredAt: new Date(), ...given });

  test('everybody under one post has a ticket of their own, and goes on with it', async () => {
    await rule({ wordsAny: ['duro'] });
    await accept(app, bakery, [
      comment('c1', 'eva', { text: '¡Qué DURO estaba!' }),
      comment('c2', 'leo', { text: 'El mío, duro.' }),
    ]);
    await accept(app, bakery, [
      comment('c3', 'eva', { text: 'Contesten.' }),
      comment('c4', 'ana', { text: 'A mí me gusta.' }),
    ]);
    expect(await tickets()).toMatchObject([{ message_count: 2 }, { message_count: 1 }]);
  });

  test('what a colleague answers on the network itself counts as our answer', async () => {
    await rule({ wordsAny: ['duro'] });
    await accept(app, bakery, [comment('c1', 'eva', { text: 'duro' })]);
    await accept(app, bakery, [comment('o1', 'panaderia', { own: true, parent: { id: 'c1' }, text: 'Lo sentimos.' })]);
    expect(await messages()).toMatchObject([{ kind: 'CUSTOMER' }, { kind: 'AGENT' }]);
    expect(await tickets()).toMatchObject([{ status: 'PENDING', waiting_since: null }]);
  });
});

describe('what machines say', () => {
  beforeEach(() => rule({ channels: ['EMAIL'], acknowledges: true }));

  test('opens nothing', async () => {
    await mail('a1', { auto: true });
    expect(await tickets()).toEqual([]);
  });

  test('is kept in its ticket and moves nothing there', async () => {
    await mail('a1');
    const [before] = await tickets();
    await setStatus(before.number, 'SOLVED');
    await mail('a2', { auto: true, parent: { id: 'a1' } });
    expect((await tickets())[0]).toMatchObject({
      status: 'SOLVED',
      last_customer_message_at: before.last_customer_message_at,
      reopened_count: 0,
    });
    expect((await messages())[1]).toMatchObject({ external_id: 'a2', is_automatic: true });
    await setStatus(before.number, 'CLOSED');
    await mail('a3', { auto: true, parent: { id: 'a1' } });
    expect(await tickets()).toHaveLength(1);
  });
});

describe('a message of ours', () => {
  let ours: Awaited<ReturnType<typeof answeringOn>>;
  const hear = (id: string, given: Given = {}) =>
    ours.hear(id, { kind: PostKind.DIRECT_MESSAGE, root: { id: 'chat' }, ...given });

  beforeEach(async () => {
    ours = await answeringOn(app, { network: Network.TELEGRAM });
  });

  test('that comes back from the network while it is being sent is not taken for a colleague', async () => {
    await rule({ channels: ['CHAT'] }, ours.client);
    const asked = await hear('q1');
    let release = () => {};
    echo.gate = new Promise<void>(done => (release = done));
    const { reply } = await ours.reply(asked, 'Lo sentimos.');
    await eventually(() => echo.asked > 0);
    echo.gate = undefined;
    release();
    await ours.until(reply!.id, 'SENT');
    const said = await eventually(async () => {
      const found = await messages(ours.organization);
      return found.length === 2 ? found : null;
    });
    // It was answered past the ticket, and counts there all the same: once.
    expect(said).toMatchObject([{ kind: 'CUSTOMER' }, { kind: 'AGENT' }]);
    expect(await tickets(ours.organization)).toMatchObject([{ status: 'PENDING' }]);
  });

  test('acknowledges a ticket once, in the words of the rule and the language of its customer', async () => {
    await rule(
      { channels: ['CHAT'], acknowledges: true, acknowledgement: { es: 'Recibido: {{number}}' } },
      ours.client,
    );
    await hear('q1', { text: 'El pan de ayer estaba muy duro, no se podía comer.' });
    const [{ number }] = await tickets(ours.organization);
    await eventually(() => echo.messages.length > 0);
    expect(echo.messages[0]!.text).toContain(`Recibido: ${number}`);
    await hear('q2', { text: '¿Hola?' });
    await eventually(async () => (await messages(ours.organization)).length === 3);
    const said = await messages(ours.organization);
    expect(said.map(({ kind, is_automatic }) => [kind, is_automatic])).toEqual([
      ['CUSTOMER', false],
      ['AGENT', true],
      ['CUSTOMER', false],
    ]);
    expect(await tickets(ours.organization)).toMatchObject([{ status: 'NEW', first_responded_at: null }]);
    expect(echo.messages).toHaveLength(1);
  });

  test('acknowledges one person so often an hour at most, and never the same words again', async () => {
    await act(
      'updateCareSettings',
      { continueDays: null, acknowledgementsPerHour: 2 },
      'settings { version }',
      ours.client,
    );
    await rule({ channels: ['CHAT'], acknowledges: true }, ours.client);
    const texts = ['Hola', 'Hola', 'Adiós', 'Otra'];
    for (const [at, text] of texts.entries()) await ours.hear(`q${at}`, { kind: PostKind.DIRECT_MESSAGE, text });
    expect(await tickets(ours.organization)).toHaveLength(4);
    await eventually(async () => {
      const left = await sql(
        `select 1 from graphile_worker.jobs where task_identifier = 'care.acknowledge' and $1::uuid is not null`,
      );
      return left.length === 0;
    });
    expect(await sql('select 1 from acknowledgements where organization_id = $1', [], ours.organization)).toHaveLength(
      2,
    );
  });
});

describe('by hand', () => {
  test('a post opens one ticket, goes into another, and is taken out again', async () => {
    await mail('a1');
    await mail('a2', { parent: { id: 'a1' }, text: 'Y frío.' });
    const [one, two] = [await postId('a1'), await postId('a2')];
    const answer = 'ticket { id subject messageCount conversations { totalCount } }';
    const opened = await Promise.all([1, 2].map(() => act('openTicketFromPost', { postId: one }, answer)));
    expect(new Set(opened.map(({ ticket }) => ticket.id)).size).toBe(1);
    const added = await act('addPostToTicket', { ticketId: opened[0].ticket.id, postId: two }, answer);
    expect(added).toMatchObject({ userErrors: [], ticket: { messageCount: 2 } });
    await mail('a3', { text: 'Otra cosa.', author: { id: 'pedro@example.com' } });
    const { ticket: other } = await act('openTicketFromPost', { postId: await postId('a3') }, answer);
    for (const ticketId of [other.id, opened[0].ticket.id])
      expect(await act('addPostToTicket', { ticketId, postId: two }, answer)).toMatchObject({
        userErrors: [],
        ticket: { id: ticketId, messageCount: 2 },
      });
    expect((await act('removePostFromTicket', { postId: two }, answer)).ticket.messageCount).toBe(1);
    expect((await act('removePostFromTicket', { postId: one }, answer)).ticket).toMatchObject({
      messageCount: 0,
      conversations: { totalCount: 0 },
    });
    const { posts } = await manager.data(
      '{ posts(first: 5, orderBy: [{ field: OCCURRED_AT, direction: ASC }]) { edges { node { conversation { id } } } } }',
    );
    const whole = await act(
      'openTicketFromConversation',
      { conversationId: posts.edges[0].node.conversation.id, subject: 'Todo' },
      answer,
    );
    expect(whole).toMatchObject({ userErrors: [], ticket: { subject: 'Todo', messageCount: 2 } });
  });

  test('rules say which would take a post, and why not the others', async () => {
    await rule({ name: 'Quejas', wordsAny: ['vino'] });
    const { id } = await rule({ name: 'Correo', channels: ['EMAIL'] });
    await act('updateIntakeRule', { id, isActive: false }, 'rule { version }');
    await mail('a1');
    expect(await tickets()).toEqual([]);
    await act('updateIntakeRule', { id, isActive: true }, 'rule { version }');
    const { testIntakeRules: trial } = await manager.data(
      'query ($id: ID!) { testIntakeRules(postId: $id) { opens explanation rule { name } verdicts { takes explanation } } }',
      { id: await postId('a1') },
    );
    expect(trial).toMatchObject({
      opens: true,
      rule: { name: 'Correo' },
      verdicts: [{ takes: false }, { takes: true }],
    });
    expect(trial.verdicts[0].explanation).toContain('Quejas');
    expect(await tickets()).toEqual([]);
    expect((await act('updateIntakeRule', { id, name: 'No', version: 1 }, 'rule { id }')).userErrors).toMatchObject([
      { code: 'CONFLICT' },
    ]);
  });
});
