import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Network } from '../../src/modules/social/index.js';
import { newId, publicId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { ask, enter, known, type Letter, letterBox, openPortal } from '../support/portal.js';
import { accept, listen, mention } from '../support/posts.js';
import { eventually, subscribe, toldSoFar } from '../support/subscriber.js';

let app: TestApp;
let url: string;
let organization: TestOrganization;
let owner: Client;
let social: EchoNetwork;
let mail: EchoNetwork;
let letters: Letter[];
const accounts: Record<string, string> = {};

const ERRORS = 'userErrors { field code message }';
const DAY = 86_400_000;
/** Monday of the week that has just passed: nothing that is heard lies in the future. */
const monday = Date.now() - 7 * DAY;

beforeAll(async () => {
  social = await openEchoNetwork({ kind: 'echo-social', network: Network.MASTODON, max: 500 });
  mail = await openEchoNetwork({ kind: 'echo-mail', network: Network.EMAIL, max: 5000 });
  const box = letterBox(mail.connector, 'echo-mail');
  letters = box.letters;
  app = await openTestApp(
    { ALLOW_PRIVATE_ADDRESSES: 'true' },
    { adapters: [social.connector, box.connector], sending: { lookUpAfterMs: 20 } },
  );
  url = await listen(app);
  ({ organization, owner } = await openPortal(app, { email: 'echo-mail', sms: 'echo-mail' }));
  const { rows } = await sql(`select id from accounts where organization_id = $1 and network = 'EMAIL' limit 1`);
  accounts['EMAIL'] = rows[0]!.id as string;
  for (const [network, connector] of [
    ['MASTODON', 'echo-social'],
    ['PHONE', 'echo-social'],
  ] as const) {
    accounts[network] = newId();
    await sql(
      `insert into accounts (organization_id, id, network, connector, handle) values ($1, $2, $3, $4, 'panaderia')`,
      [accounts[network], network, connector],
    );
  }
});
afterAll(async () => {
  await app?.close();
  await social?.close();
  await mail?.close();
});

const sql = (text: string, values: unknown[] = []) => app.app.database.system.query(text, [organization.id, ...values]);

async function act(by: Client, name: string, type: string, input: object, answer: string) {
  const answered = (
    await by.data(`mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} ${ERRORS} } }`, { input })
  )[name];
  expect({ name, errors: answered.userErrors }).toEqual({ name, errors: [] });
  return answered;
}

const hear = (network: keyof typeof accounts & `${Network}`, id: string, given: Parameters<typeof mention>[1]) =>
  accept(app, organization, [mention(id, given)], { network: network as Network, accountId: accounts[network]! });

test('a week of a customer is one story, of which agent, manager and customer each see what is theirs', async () => {
  // The desk: a team with a queue, a promise, a rule for what is said in public, and a question at the end.
  const lucia = await organization.member('Lucía Vega', 'AGENT');
  const [team, elsewhere] = [newId(), newId()];
  for (const [id, name] of [
    [team, 'Atención'],
    [elsewhere, 'Otra tienda'],
  ] as const) // prettier-ignore
    await sql('insert into teams (organization_id, id, name) values ($1, $2, $3)', [id, name]);
  await sql('insert into team_members (organization_id, team_id, member_id) values ($1, $2, $3)', [team, lucia]);
  const agent = await organization.as('AGENT', { memberId: lucia, teamIds: [team] });
  const manager = await organization.as('MANAGER');
  await act(
    owner,
    'createQueue',
    'CreateQueueInput',
    { name: 'Quejas', teamId: publicId('team', team), strategy: 'LEAST_BUSY', types: ['COMPLAINT'] },
    'queue { id }',
  );
  await act(agent, 'setAvailability', 'SetAvailabilityInput', { status: 'AVAILABLE' }, '__typename');
  await act(
    owner,
    'createSlaPolicy',
    'CreateSlaPolicyInput',
    {
      name: 'Quejas',
      types: ['COMPLAINT'],
      targets: [{ priority: 'HIGH', firstResponseMinutes: 60, resolutionMinutes: 100_000 }],
    },
    'policy { id }',
  );
  await act(
    owner,
    'createIntakeRule',
    'CreateIntakeRuleInput',
    {
      name: 'Enfado',
      networks: ['MASTODON'],
      wordsAny: ['quemado'],
      type: 'COMPLAINT',
      priority: 'HIGH',
    },
    'rule { id }',
  );
  await act(owner, 'createSurvey', 'CreateSurveyInput', { name: 'Ayuda', kind: 'CSAT' }, 'survey { id }');
  const heard = subscribe(
    url,
    agent.authorization,
    'subscription { ticketChanged { cursor change ticket { id number status } } }',
  );

  // Monday: an angry post that everybody can read.
  await hear('MASTODON', 'm1', {
    text: '¡Qué horror! El pan de @panaderia estaba quemado y nadie contesta.',
    author: { id: 'rosa', handle: 'rosa@masto.example', displayName: 'Rosa' },
    language: 'es',
    occurredAt: new Date(monday),
  });
  const tickets = (
    await agent.data(
      '{ tickets(first: 5) { totalCount edges { node { id number type priority assignee { name } customer { id } identity { id } sla { firstResponseDueAt } } } } }',
    )
  ).tickets;
  expect(tickets.edges).toMatchObject([
    { node: { type: 'COMPLAINT', priority: 'HIGH', assignee: { name: 'Lucía Vega' }, customer: null } },
  ]);
  const { id: ticketId, number, identity, sla } = tickets.edges[0].node;
  expect(sla.firstResponseDueAt).not.toBeNull();

  // She is answered in private, and then known for who she is.
  const answer = await act(
    agent,
    'replyToTicket',
    'ReplyToTicketInput',
    { ticketId, text: 'Lo sentimos mucho. ¿Nos da su número de pedido?', visibility: 'PRIVATE', undoSeconds: 0 },
    'message { id state }',
  );
  await eventually(() => social.messages.some(({ text }) => text.includes('número de pedido')));
  expect(answer.message.id).toBeTruthy();
  const rosaId = await known(owner, 'Rosa Peña', { kind: 'EMAIL', value: 'rosa@example.org' });
  const rosa = publicId('customer', rosaId);
  await act(owner, 'linkIdentity', 'LinkIdentityInput', { identityId: identity.id, customerId: rosa }, '__typename');
  await act(
    agent,
    'addTicketNote',
    'AddTicketNoteInput',
    { ticketId, text: 'El horno 2 falla otra vez.' },
    'message { id }',
  );

  // Tuesday: an e-mail, from the address that is proven hers.
  await hear('EMAIL', '<t1@example.org>', {
    kind: 'DIRECT_MESSAGE' as never,
    title: 'Mi pan',
    text: 'Soy Rosa, la del pan quemado. El pedido es el 4711.',
    author: { id: 'rosa@example.org', handle: 'rosa@example.org', verifiedEmail: 'rosa@example.org' },
    language: 'es',
    occurredAt: new Date(monday + DAY),
  });
  // Wednesday: a call.
  await hear('PHONE', 'c1', {
    kind: 'CALL' as never,
    text: 'Llamada de 2 minutos',
    author: { id: '+34612345678', handle: '+34612345678', verifiedPhone: '+34612345678' },
    call: {
      direction: 'INBOUND',
      status: 'COMPLETED',
      answeredAt: new Date(monday + 2 * DAY).toISOString(),
      endedAt: new Date(monday + 2 * DAY + 120_000).toISOString(),
      durationSeconds: 120,
    } as never,
    occurredAt: new Date(monday + 2 * DAY),
  });
  const call = (await agent.data('{ calls(first: 5) { edges { node { id } } } }')).calls.edges[0].node;
  await act(
    agent,
    'finishCall',
    'FinishCallInput',
    { callId: call.id, ticketId, notes: 'Quiere un pan nuevo.' },
    'call { id }',
  );

  // Thursday: solved, of which she hears as the answer goes out, and asked how content she is. Friday: five stars.
  await toldSoFar(app);
  const hers = subscribe(
    url,
    (await organization.as('CUSTOMER', { customerId: rosaId })).authorization,
    'subscription { ticketChanged { change ticket { messages(last: 1) { edges { node { kind channel state } } } } } }',
  );
  await eventually(() => app.app.hub.subscribers === 2);
  await act(
    agent,
    'replyToTicket',
    'ReplyToTicketInput',
    {
      ticketId,
      text: 'Le enviamos un pan nuevo hoy mismo.',
      channel: 'EMAIL',
      status: 'SOLVED',
      confirmUnseen: true,
      undoSeconds: 0,
    },
    'message { channel }',
  );
  const answered = await hers.until(events => events.some(event => event.ticketChanged.change === 'REPLIED'));
  expect(answered.find(event => event.ticketChanged.change === 'REPLIED').ticketChanged.ticket.messages.edges).toEqual([
    { node: { kind: 'AGENT', channel: 'EMAIL', state: 'SENT' } },
  ]);
  await hers.close();
  await eventually(() => mail.messages.some(({ text }) => text.includes('/survey/')), 40);
  await hear('EMAIL', '<t2@example.org>', {
    kind: 'DIRECT_MESSAGE' as never,
    text: '★★★★★ - ¡Gracias, qué amables!',
    parent: { id: '<t1@example.org>' },
    author: { id: 'rosa@example.org', handle: 'rosa@example.org' },
    language: 'es',
    occurredAt: new Date(),
  });

  // One story.
  const STORY = `query ($id: ID!) { ticket(id: $id) { number status messageCount customer { displayName }
    messages(first: 50) { edges { node { kind channel visibility text } } }
    surveyResponses(first: 5) { edges { node { score comment { sentiment { label } } } } }
    sla { breached clocks { metric state } } } }`;
  const story = (await agent.data(STORY, { id: ticketId })).ticket;
  expect(story).toMatchObject({ number, status: 'SOLVED', customer: { displayName: 'Rosa Peña' } });
  expect(story.surveyResponses.edges).toMatchObject([
    { node: { score: 5, comment: { sentiment: { label: 'POSITIVE' } } } },
  ]);
  const told = story.messages.edges.map(({ node }: any) => `${node.kind} ${node.channel} ${node.visibility}`);
  expect(told).toEqual(
    expect.arrayContaining([
      'CUSTOMER SOCIAL PUBLIC',
      'AGENT SOCIAL PRIVATE',
      'NOTE MANUAL INTERNAL',
      'CUSTOMER EMAIL PRIVATE',
      'CUSTOMER CALL PRIVATE',
      'AGENT EMAIL PRIVATE',
    ]),
  );
  expect((await agent.data('{ tickets(first: 5) { totalCount } }')).tickets.totalCount).toBe(1);
  const changes = (await heard.until(events => events.some(event => event.ticketChanged.change === 'RATED'))).map(
    ({ ticketChanged }) => ticketChanged.change,
  );
  expect(changes).toEqual(
    expect.arrayContaining(['OPENED', 'MESSAGE_RECEIVED', 'REPLIED', 'NOTED', 'STATUS_CHANGED', 'RATED']),
  );
  await heard.close();

  // What the manager sees: numbers.
  const report = await manager.data(
    `query ($from: DateTime!, $to: DateTime!) {
       surveyReport(from: $from, to: $to, groupBy: MEMBER) { kind asked answered score member { name } }
       slaReport(from: $from, to: $to, groupBy: POLICY) { policy { name } metrics { metric met breached } } }`,
    { from: new Date(monday - DAY).toISOString(), to: new Date(Date.now() + DAY).toISOString() },
  );
  expect(report.surveyReport).toEqual([
    { kind: 'CSAT', asked: 1, answered: 1, score: 100, member: { name: 'Lucía Vega' } },
  ]);
  expect(report.slaReport).toMatchObject([{ policy: { name: 'Quejas' } }]);

  // What the customer sees: its own words and ours, and nothing that was for us alone.
  const token = await enter(app, organization.slug, 'rosa@example.org', letters);
  const own = (await ask(app, STORY, { id: ticketId }, { token })).body.data.ticket;
  const texts = own.messages.edges.map(({ node }: any) => node.text);
  expect(texts).toEqual(expect.arrayContaining(['Lo sentimos mucho. ¿Nos da su número de pedido?']));
  expect(JSON.stringify(own)).not.toContain('horno');
  expect(own.sla).toBeNull();
  expect(own.messages.edges.map(({ node }: any) => node.visibility)).not.toContain('INTERNAL');

  // What others see: nothing.
  await known(owner, 'Otra Clienta', { kind: 'EMAIL', value: 'otra@example.org' });
  const other = await enter(app, organization.slug, 'otra@example.org', letters);
  expect((await ask(app, STORY, { id: ticketId }, { token: other })).body.data.ticket).toBeNull();
  const stranger = await organization.as('AGENT', {
    memberId: await organization.member('Otro'),
    teamIds: [elsewhere],
  });
  expect((await stranger.data(STORY, { id: ticketId })).ticket).toBeNull();
}, 120_000);
