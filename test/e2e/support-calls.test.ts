import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CallDetails, Network, PostKind, type UpsertEvent } from '../../src/ingest/connector.js';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { accept, listen } from '../support/posts.js';
import { socialOf } from '../support/social.js';
import { statementsOf } from '../support/statements.js';
import { eventually, subscribe, toldSoFar } from '../support/subscriber.js';

const ANA = '+34912345678';
const OURS = '+34910000000';

let product: TestApp;
let url: string;
let organization: TestOrganization;
let owner: Client;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
  url = await listen(product);
});
afterAll(() => product?.close());
beforeEach(async () => {
  organization = await product.organization();
  owner = await organization.as('OWNER');
});

/** A call as an exchange tells it; `stage` orders what is told of one. */
function call(
  id: string,
  call: CallDetails,
  given: Partial<UpsertEvent> & { number?: string; stage?: number } = {},
): UpsertEvent {
  const { number = ANA, stage = 1, ...rest } = given;
  const own = call.direction === 'OUTBOUND';
  return {
    op: 'upsert',
    ref: { id },
    revision: `${call.status}:${stage}`,
    kind: PostKind.CALL,
    author: { id: own ? OURS : number, handle: own ? OURS : number },
    own,
    root: { id: `${OURS}:${number}` },
    occurredAt: new Date('2026-11-02T09:00:00Z'),
    editedAt: new Date(Date.parse('2026-11-02T09:00:00Z') + stage * 1000),
    text: `A call with ${number}`,
    media: [],
    auto: false,
    replyTo: { to: number },
    call,
    ...rest,
  };
}

const hear = (events: UpsertEvent[]) => accept(product, organization, events, { network: Network.PHONE });
const at = (time: string) => new Date(`2026-11-02T${time}Z`);
const TALK: CallDetails = {
  direction: 'INBOUND',
  status: 'COMPLETED',
  answeredAt: at('09:00:12'),
  endedAt: at('09:05:12'),
  durationSeconds: 300,
  agent: '201',
};

const CALL = `id direction status agent queue startedAt answeredAt waitSeconds talkSeconds wrapUpSeconds notes version
  member { name } ticket { id number } disposition { name } identity { handle } post { text }`;

async function calls(filter: object = {}, client = owner): Promise<Answer[]> {
  const data: Answer = await client.data(
    `query ($filter: CallFilter) { calls(filter: $filter) { totalCount edges { node { ${CALL} } } } }`,
    { filter },
  );
  return data.calls.edges.map(({ node }: Answer) => node);
}

async function change(name: string, input: object, selection: string, client = owner): Promise<Answer> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const data: Answer = await client.data(
    `mutation ($input: ${type}!) { payload: ${name}(input: $input) { ${selection} userErrors { field code message } } }`,
    { input },
  );
  return data.payload;
}

describe('a call', () => {
  test('is one, however often its exchange tells of it, with how long was waited and spoken', async () => {
    await hear([call('1', { direction: 'INBOUND', status: 'RINGING' })]);
    expect(await calls()).toMatchObject([{ status: 'RINGING', waitSeconds: null, talkSeconds: null }]);
    await hear([call('1', { direction: 'INBOUND', status: 'ANSWERED', answeredAt: at('09:00:12') }, { stage: 2 })]);
    await hear([call('1', TALK, { stage: 3 }), call('1', TALK, { stage: 3 })]);
    expect(await calls()).toMatchObject([
      { status: 'COMPLETED', waitSeconds: 12, talkSeconds: 300, agent: '201', identity: { handle: ANA } },
    ]);
  });

  test('of ours belongs to whom it reached', async () => {
    await hear([call('1', TALK), call('2', { ...TALK, direction: 'OUTBOUND' })]);
    expect((await calls()).map(({ direction, identity }) => [direction, identity.handle]).sort()).toEqual([
      ['INBOUND', ANA],
      ['OUTBOUND', ANA],
    ]);
  });

  test('is written up once, with what came of it, into the ticket it opens', async () => {
    const social = socialOf(product, organization, owner);
    const ana = await social.customer('Panadería Ana', [{ kind: 'PHONE', value: ANA }]);
    await hear([call('1', TALK)]);
    await social.link((await social.identity(ANA, 'PHONE')).id, ana);
    const { callDisposition } = await change(
      'createCallDisposition',
      { name: 'Solved', names: { es: 'Resuelto', pt: 'Resolvido' } },
      'callDisposition { id name }',
    );
    const memberId = await organization.member('Luis');
    const luis = await organization.as('AGENT', { memberId });
    const [{ id: callId }] = (await calls()) as [Answer];
    await change('startWrapUp', { callId }, 'call { id }', luis);
    const finished = await change(
      'finishCall',
      { callId, dispositionId: callDisposition.id, notes: 'Wants ten loaves.', openTicket: { subject: 'Ten loaves' } },
      `call { ${CALL} } ticket { number subject channel customer { id } calls { edges { node { id } } } }`,
      luis,
    );
    expect(finished.userErrors).toEqual([]);
    expect(finished.call).toMatchObject({
      member: { name: 'Luis' },
      disposition: { name: 'Solved' },
      notes: 'Wants ten loaves.',
      wrapUpSeconds: expect.any(Number),
    });
    expect(finished.ticket).toMatchObject({
      subject: 'Ten loaves',
      channel: 'CALL',
      customer: { id: ana },
      calls: { edges: [{ node: { id: callId } }] },
    });
    const again = await change('finishCall', { callId, openTicket: { subject: 'Again' } }, 'ticket { id }', luis);
    expect(again.userErrors).toMatchObject([{ field: 'openTicket', code: 'NOT_ALLOWED' }]);
    const stale = await change('finishCall', { callId, version: 1 }, 'call { id }', luis);
    expect(stale.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    const { customer }: Answer = await owner.data(
      'query ($id: ID!) { customer(id: $id) { calls { totalCount edges { node { id } } } } }',
      { id: ana },
    );
    expect(customer.calls).toMatchObject({ totalCount: 1, edges: [{ node: { id: callId } }] });
  });

  test('is not put into a ticket that became a part of another meanwhile', async () => {
    const open = async () => (await change('openTicket', { subject: 'No bread' }, 'ticket { id }')).ticket.id as string;
    const [survivorId, mergedId] = [await open(), await open()];
    await change('mergeTickets', { survivorId, mergedId }, 'ticket { id }');
    await hear([call('1', TALK)]);
    const [{ id: callId }] = (await calls()) as [Answer];
    const lost = await change('finishCall', { callId, ticketId: mergedId }, 'ticket { id }');
    expect(lost.userErrors).toMatchObject([{ field: 'ticketId', code: 'NOT_ALLOWED' }]);
    expect(lost.userErrors[0].message).toContain(survivorId);
    const kept = await change('finishCall', { callId, ticketId: survivorId }, 'ticket { id calls { totalCount } }');
    expect(kept.ticket).toEqual({ id: survivorId, calls: { totalCount: 1 } });
  });

  test('is told live, each change once, and replayed to whoever was away', async () => {
    await toldSoFar(product);
    const heard = subscribe<Answer>(
      url,
      owner.authorization,
      'subscription ($after: String) { callChanged(after: $after) { cursor callId call { status } } }',
    );
    await eventually(() => product.app.hub.subscribers > 0);
    await hear([call('1', { direction: 'INBOUND', status: 'RINGING' })]);
    const [first] = await heard.until(received => received.length > 0);
    await heard.close();
    await hear([call('1', TALK, { stage: 2 })]);
    const later = subscribe<Answer>(
      url,
      owner.authorization,
      'subscription ($after: String) { callChanged(after: $after) { callId call { status } } }',
      { after: first!.callChanged.cursor },
    );
    await later.until(received => received.some(({ callChanged }) => callChanged.call.status === 'COMPLETED'));
    await later.close();
  });

  test('shows nothing of itself to who may not read support', async () => {
    await hear([call('1', TALK)]);
    const partner = await organization.as('PARTNER');
    const { errors } = await partner.send('{ calls { totalCount } }');
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    const foreign = await (await product.organization()).as('OWNER');
    expect(await calls({}, foreign)).toEqual([]);
  });
});

test('a queue is told how many of its calls were answered in time, given up, and how long they took', async () => {
  const waited = (seconds: number): CallDetails => ({
    ...TALK,
    answeredAt: new Date(at('09:00:00').getTime() + seconds * 1000),
    endedAt: new Date(at('09:00:00').getTime() + seconds * 1000 + 60_000),
    durationSeconds: 60,
  });
  await hear([
    call('1', { ...waited(5), queue: 'sales' }),
    call('2', { ...waited(40), queue: 'sales' }),
    call('3', { direction: 'INBOUND', status: 'MISSED', endedAt: at('09:00:30'), queue: 'sales' }),
    call('4', { ...waited(8), queue: 'support' }),
    call('5', { direction: 'INBOUND', status: 'RINGING', queue: 'support' }),
  ]);
  const REPORT = `query ($by: CallReportGroup) { callReport(from: "2026-11-02", to: "2026-11-02", groupBy: $by, withinSeconds: 20) { timeZone
    total { inbound answered abandoned } rows { key inbound answered abandoned abandonedRate serviceLevel averageWaitSeconds averageTalkSeconds averageHandlingSeconds } } }`;
  const { callReport }: Answer = await owner.data(REPORT, { by: 'QUEUE' });
  expect(callReport).toEqual({
    timeZone: 'Europe/Madrid',
    total: { inbound: 4, answered: 3, abandoned: 1 },
    rows: [
      {
        key: 'sales',
        inbound: 3,
        answered: 2,
        abandoned: 1,
        abandonedRate: 1 / 3,
        serviceLevel: 1 / 3,
        averageWaitSeconds: 22.5,
        averageTalkSeconds: 60,
        averageHandlingSeconds: 60,
      },
      expect.objectContaining({ key: 'support', inbound: 1, answered: 1, serviceLevel: 1 }),
    ],
  });
  const { callReport: byDay }: Answer = await owner.data(REPORT, { by: 'HOUR' });
  expect(byDay.rows).toMatchObject([{ key: '10', inbound: 4 }]);
});

describe('the screen that comes up when somebody calls', () => {
  const SCREEN = `query ($value: String!, $kind: ContactPointKind) { contactScreen(value: $value, kind: $kind) { kind value
    identities { handle network }
    matches { rank reasons customer { id displayName contactPoints { value } preferences { key } consents { purpose } timeline(first: 10) { edges { cursor } }
        orders(first: 1) { edges { node { number } } } influence { percentile } language }
      openTickets { id subject sla { breached } } waitingFor { subject } lastWords { text }
      standing { openTicketCount openOpportunityCount mood preferredLanguage isVip risks } } } }`;

  async function screen(value: string, client = owner): Promise<Answer> {
    return ((await client.data(SCREEN, { value })) as Answer).contactScreen;
  }

  test('says who it is however the number is written, and what they wait for', async () => {
    const social = socialOf(product, organization, owner);
    const ana = await social.customer('Panadería Ana', [{ kind: 'PHONE', value: ANA }]);
    await owner.data(
      'mutation ($id: ID!) { updateCustomer(input: { id: $id, tags: ["VIP"], language: "pt" }) { userErrors { message } } }',
      { id: ana },
    );
    await hear([call('1', TALK)]);
    await social.link((await social.identity(ANA, 'PHONE')).id, ana);
    await owner.data(
      'mutation ($id: ID!) { openTicket(input: { subject: "Burnt bread", type: COMPLAINT, customerId: $id }) { userErrors { message } } }',
      { id: ana },
    );
    for (const written of [ANA, '912 345 678', '0034 912-345-678', 'tel:+34912345678']) {
      expect(await screen(written)).toMatchObject({
        kind: 'PHONE',
        value: ANA,
        identities: [],
        matches: [
          {
            rank: 1,
            reasons: ['VERIFIED', 'PRIMARY', 'LISTED', 'IDENTITY'],
            customer: { displayName: 'Panadería Ana' },
            openTickets: [{ subject: 'Burnt bread' }],
            waitingFor: { subject: 'Burnt bread' },
            lastWords: [{ text: `A call with ${ANA}` }],
            standing: {
              openTicketCount: 1,
              openOpportunityCount: 0,
              preferredLanguage: 'pt',
              isVip: true,
              risks: ['COMPLAINT'],
            },
          },
        ],
      });
    }
  });

  test('ranks those who share a number, and shows who called from it and is nobody yet', async () => {
    const social = socialOf(product, organization, owner);
    const plain = async (displayName: string, number = ANA): Promise<Answer> =>
      owner.data(
        'mutation ($name: String!, $number: String!) { createCustomer(input: { displayName: $name, contactPoints: [{ kind: PHONE, value: $number }] }) { customer { id } } }',
        { name: displayName, number },
      );
    await plain('Obrador Sur');
    await social.customer('Obrador Norte', [{ kind: 'PHONE', value: ANA }]);
    await hear([call('1', TALK, { number: '+34600111222' })]);
    const { matches } = await screen(ANA);
    expect(matches.map(({ customer, rank, reasons }: Answer) => [rank, customer.displayName, reasons[0]])).toEqual([
      [1, 'Obrador Norte', 'VERIFIED'],
      [2, 'Obrador Sur', expect.any(String)],
    ]);
    expect(await screen('600 11 12 22')).toMatchObject({
      matches: [],
      identities: [{ handle: '+34600111222', network: 'PHONE' }],
    });
  });

  test('shows an agent nothing that is not theirs to see, and costs the same for one as for twenty', async () => {
    const social = socialOf(product, organization, owner);
    const { createTeam }: Answer = await owner.data(
      'mutation { createTeam(input: { name: "Norte" }) { team { id } } }',
    );
    const hidden = await social.customer('Solo Norte', [{ kind: 'PHONE', value: ANA }]);
    await owner.data(
      'mutation ($id: ID!, $team: ID!) { updateCustomer(input: { id: $id, teamId: $team }) { userErrors { message } } }',
      { id: hidden, team: createTeam.team.id },
    );
    const agent = await organization.as('AGENT');
    expect((await screen(ANA, agent)).matches).toEqual([]);
    const analyst = await organization.as('ANALYST');
    const { errors } = await analyst.send(SCREEN, { value: ANA });
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');

    await screen(ANA);
    const one = await statementsOf(() => screen(ANA));
    for (let at = 0; at < 19; at++) await social.customer(`Obrador ${at}`, [{ kind: 'PHONE', value: ANA }]);
    const twenty = await statementsOf(() => screen(ANA));
    expect(twenty.length).toBe(one.length);
    expect((await screen(ANA)).matches).toHaveLength(20);
  });
});
