import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { TicketMessageKind, TicketMessageVisibility } from '../../src/modules/support/tickets/ticket.states.rules.js';
import { newId, publicId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { accept, mention } from '../support/posts.js';
import { type Ticketing, ticketingOf, uuid } from '../support/ticketing.js';

let app: TestApp;

const CREATE = `mutation ($input: CreateThemeInput!) {
  createTheme(input: $input) { theme { id words } userErrors { field code message } }
}`;
const REPORT = `query ($from: DateTime!, $to: DateTime!) {
  themeReport(from: $from, to: $to) { theme { name } posts tickets ticketsBefore people }
}`;
const TICKETS = `query ($first: Int, $after: String) {
  themes { edges { node { tickets(first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { id } }
  } } } }
}`;
const YEARS = { from: '2026-01-01T00:00:00Z', to: '2027-01-30T00:00:00Z' };

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(async () => {
  await app?.close();
});

describe('themes', () => {
  test('link what is said in posts and tickets, and new ones are suggested', async () => {
    const theirs = await app.organization();
    const client = await theirs.as('OWNER');
    const at = (day: string) => new Date(`2026-${day}T10:00:00Z`);
    const said = (id: string, text: string, day: string) =>
      mention(id, { text, occurredAt: at(day), handle: `h${id}` });
    const usual = Array.from({ length: 30 }, (_, n) => said(`u${n}`, `Pan de masa madre número ${n}`, '10-10'));
    const now = [
      ...Array.from({ length: 30 }, (_, n) => said(`n${n}`, `Pan de masa madre número ${n}`, '11-10')),
      ...Array.from({ length: 8 }, (_, n) => said(`t${n}`, 'El datáfono roto otra vez, qué horror', '11-11')),
      // What a machine says is nobody's voice.
      { ...said('m1', 'Datáfono: mensaje automático', '11-11'), auto: true },
    ];
    await accept(app, theirs, [...usual, ...now]);
    const { createTheme } = await client.data(CREATE, {
      input: { name: 'Payment', words: ['DATAFONO', 'terminal'] },
    });
    expect(createTheme.theme.words).toEqual(['datafono', 'terminal']);
    const period = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' };
    const { themeReport, suggestedThemes } = await client.data(
      `query ($from: DateTime!, $to: DateTime!) {
         themeReport(from: $from, to: $to) { theme { name } posts tickets people postsBefore sentiment }
         suggestedThemes(from: $from, to: $to) { words now before } }`,
      period,
    );
    expect(themeReport).toMatchObject([
      { theme: { name: 'Payment' }, posts: 8, tickets: 0, people: 8, postsBefore: 0 },
    ]);
    expect(suggestedThemes[0]).toEqual({ words: 'datáfono roto', now: 8, before: 0 });
    const stranger = await (await app.organization()).as('OWNER');
    expect((await stranger.data(REPORT, YEARS)).themeReport).toEqual([]);
  });
});

describe('the tickets of a theme', () => {
  let organization: TestOrganization;
  let owner: Client;
  let t: Ticketing;
  let customerId: string;
  let own: Client;
  let themeId: string;

  beforeEach(async () => {
    organization = await app.organization();
    owner = await organization.as('OWNER');
    customerId = await aCustomer();
    own = await organization.as('CUSTOMER', { customerId: uuid(customerId) });
    t = ticketingOf(app, organization, owner, customerId);
    const { createTheme } = await owner.data(CREATE, { input: { name: 'Payment', words: ['datáfono', 'no cobra'] } });
    themeId = createTheme.theme.id;
  });

  async function aCustomer(): Promise<string> {
    const id = newId();
    await app.app.database.system.query(
      `insert into customers (organization_id, id, kind, display_name) values ($1, $2, 'PERSON', 'Rosa Peña')`,
      [organization.id, id],
    );
    return publicId('customer', id);
  }

  const ticketsOf = async (by = owner, page: object = {}) =>
    (await by.data(TICKETS, page)).themes.edges[0].node.tickets;
  const found = async (by = owner): Promise<string[]> =>
    (await ticketsOf(by)).edges.map((edge: { node: { id: string } }) => edge.node.id).sort();
  const counted = async (by = owner, period: object = YEARS) => (await by.data(REPORT, period)).themeReport[0];
  const reword = (words: string[]) => t.act('updateTheme', { id: themeId, words }, 'theme { id }');

  test('are found by what their customers wrote in the portal, by their subject, and by what staff wrote down', async () => {
    const inPortal = await t.open(
      { subject: 'Ayuda', customerId: undefined, description: 'El DATAFONO se apaga.' },
      own,
    );
    const later = await t.open({ subject: 'Otra cosa', customerId: undefined }, own);
    await t.act('replyToTicket', { ticketId: later.id, text: 'Y la caja no cobra, tampoco.' }, 'message { id }', own);
    const called = await t.open({ subject: 'Llamada', channel: 'CALL', description: 'Dice que el datáfono está roto' });
    const titled = await t.open({ subject: 'Datáfono' });
    await t.open({ subject: 'No es la caja la que cobra' });
    expect(await found()).toEqual([inPortal.id, later.id, called.id, titled.id].sort());
    expect(await counted()).toMatchObject({ posts: 0, tickets: 4, ticketsBefore: 0, people: 1 });
  });

  test('are found by posts in them, and whoever spoke twice is one person', async () => {
    await accept(app, organization, [mention('p1', { text: 'Vaya datáfono' })]);
    const [post] = await t.sql('select id, author_id from posts where organization_id = $1');
    const ticket = await t.open({ subject: 'Caja' });
    await t.say(ticket.id, { postId: post.id, note: null });
    expect(await found()).toEqual([ticket.id]);
    await t.sql('update social_identities set customer_id = $2 where organization_id = $1', [uuid(customerId)]);
    expect(await counted()).toMatchObject({ posts: 1, tickets: 1, people: 1 });
  });

  test('are not found by what is ours: notes, answers and what machines say', async () => {
    const { id } = await t.open();
    await t.act('addTicketNote', { ticketId: id, text: 'El datáfono, creo' }, 'message { id }');
    const [kind, note] = [TicketMessageKind.AGENT, 'Cambie el datáfono'];
    await t.say(id, { kind, note });
    await t.say(id, { kind: TicketMessageKind.SYSTEM, visibility: TicketMessageVisibility.INTERNAL, note });
    await t.say(id, { note, isAutomatic: true });
    expect(await found()).toEqual([]);
    expect(await counted()).toMatchObject({ tickets: 0, people: 0 });
    // The number of a ticket is nobody's word.
    await reword(['T', '2026', 'T-2026-0001']);
    expect(await found()).toEqual([]);
  });

  test('are found by the words of the theme as they are now', async () => {
    const [old, now] = [await t.open({ subject: 'Datáfono' }), await t.open({ subject: 'Terminal' })];
    expect(await found()).toEqual([old.id]);
    await reword(['terminal']);
    expect(await found()).toEqual([now.id]);
    expect(await counted()).toMatchObject({ tickets: 1 });
  });

  test('speak for the ticket they became a part of, which counts once', async () => {
    const [whole, part, deeper] = [
      await t.open({ subject: 'Caja' }),
      await t.open({ subject: 'Datáfono' }),
      await t.open({ subject: 'No cobra' }),
    ];
    await t.act('mergeTickets', { survivorId: part.id, mergedId: deeper.id }, 'ticket { id }');
    await t.act('mergeTickets', { survivorId: whole.id, mergedId: part.id }, 'ticket { id }');
    expect(await found()).toEqual([whole.id]);
    expect(await counted()).toMatchObject({ tickets: 1 });
  });

  test('count in the period in which it was said', async () => {
    const { id } = await t.open({ subject: 'Caja', openedAt: '2026-05-01T00:00:00Z' });
    for (const [month, note] of Object.entries({ '05': 'El datáfono', '06': 'Sigue: no cobra', '07': 'Ya va' }))
      await t.say(id, { note, occurredAt: new Date(`2026-${month}-10T00:00:00Z`) });
    const within = (from: string, to: string) =>
      counted(owner, { from: `2026-${from}-01T00:00:00Z`, to: `2026-${to}-01T00:00:00Z` });
    expect(await within('06', '07')).toMatchObject({ tickets: 1, ticketsBefore: 1, people: 1 });
    expect(await within('07', '08')).toMatchObject({ tickets: 0, ticketsBefore: 1, people: 0 });
  });

  test('are for whom the ticket is: not for another team, another organisation, or a customer', async () => {
    const [ovens, shops] = [newId(), newId()];
    for (const id of [ovens, shops])
      await t.sql('insert into teams (organization_id, id, name) values ($1, $2, $3)', [id, id]);
    const mine = await t.open({ subject: 'Datáfono', teamId: publicId('team', ovens) });
    await t.open({ subject: 'Datáfono', teamId: publicId('team', shops) });
    const memberId = await organization.member('Eva', 'AGENT');
    const agent = await organization.as('AGENT', { memberId, teamIds: [ovens] });
    expect(await found(agent)).toEqual([mine.id]);
    expect(await ticketsOf(agent)).toMatchObject({ totalCount: 1 });
    expect(await counted(agent)).toMatchObject({ tickets: 1, people: 1 });
    expect(await counted()).toMatchObject({ tickets: 2 });
    for (const by of [own, app.anonymous]) {
      const { data } = await by.send<any>(
        'query ($id: ID!) { node(id: $id) { ... on Theme { tickets { totalCount } } } }',
        { id: themeId },
      );
      expect(data?.node ?? null).toBeNull();
    }
  });

  test('are read by pages, each once', async () => {
    const opened: string[] = [];
    for (let n = 0; n < 5; n++) opened.push((await t.open({ subject: `Datáfono ${n}` })).id);
    const read: string[] = [];
    let after: string | null = null;
    do {
      const page: any = await ticketsOf(owner, { first: 2, after });
      read.push(...page.edges.map((edge: any) => edge.node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(read).toEqual(opened.reverse());
  });

  test('are found by nothing any more when their customer is forgotten', async () => {
    await t.open({ subject: 'Datáfono', customerId: undefined, description: 'No cobra' }, own);
    expect(await found()).toHaveLength(1);
    const { eraseCustomer } = await owner.data(
      'mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { code } } }',
      { id: customerId },
    );
    expect(eraseCustomer.userErrors).toEqual([]);
    expect(await found()).toEqual([]);
    expect(await counted()).toMatchObject({ tickets: 0, people: 0 });
  });

  test('suggest words, too, once each', async () => {
    for (let n = 0; n < 5; n++)
      await t.open({ subject: 'Ayuda', customerId: undefined, description: 'Un croissant mohoso' }, own);
    const from = new Date(Date.now() - 86_400_000).toISOString();
    const to = new Date(Date.now() + 86_400_000).toISOString();
    const { suggestedThemes } = await owner.data(
      'query ($from: DateTime!, $to: DateTime!) { suggestedThemes(from: $from, to: $to) { words now before } }',
      { from, to },
    );
    expect(suggestedThemes).toContainEqual({ words: 'croissant mohoso', now: 5, before: 0 });
  });
});
