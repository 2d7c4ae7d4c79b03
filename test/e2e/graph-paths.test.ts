import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ingestInteractions } from '../../src/ingest/interactions.service.js';
import { catchUpWithPresent } from '../../src/modules/graph/index.js';
import { InteractionKind, Network } from '../../src/modules/social/index.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { type Social, socialOf } from '../support/social.js';

type Answer = any;

let app: TestApp;
let organization: TestOrganization;
let client: Client;
let social: Social;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(() => app?.close());
beforeEach(open);

async function open(): Promise<void> {
  organization = await app.organization();
  client = await organization.as('OWNER');
  social = socialOf(app, organization, client);
}

const NOW = Date.parse('2026-11-20T12:00:00Z');

/** `a > b`: a mentions b; `a > b *99`: so many times. All within a few seconds, so that a share is a share of the times. */
async function acts(...told: string[]): Promise<void> {
  const rows = told.flatMap(text => {
    const [, from, to, times = '1'] = /^(\w+) > (\w+)(?: \*(\d+))?$/.exec(text)!;
    return Array.from({ length: Number(times) }, (_, at) => ({
      from: from!,
      to: to!,
      kind: InteractionKind.MENTION,
      occurredAt: new Date(NOW - at),
    }));
  });
  const scope = { organizationId: organization.id, actor: 'system:test', requestId: 'test' };
  await ingestInteractions(app.app.database, scope, rows, { network: Network.TWITTER });
  await caughtUp();
}

const caughtUp = () => catchUpWithPresent(app.app.database.system, AbortSignal.timeout(20_000));

const PATH =
  'query ($from: ID!, $to: ID!) { influencePath(from: $from, to: $to) { length strength hops { from { handle } to { handle } kind post { text } weight } } }';

const idOf = async (handle: string): Promise<string> => (await social.identity(handle)).id;

async function pathBetween(from: string, to: string, as = client): Promise<Answer> {
  const { influencePath: path } = await as.data(PATH, { from, to });
  return path && { ...path, hops: path.hops.map(({ from, to }: Answer) => `${from.handle}>${to.handle}`) };
}

const chain = async (from: string, to: string, as = client) => pathBetween(await idOf(from), await idOf(to), as);

/** Puts customers where an agent without a team does not see them. */
async function hide(...customerIds: string[]): Promise<void> {
  const { createTeam } = await client.data('mutation { createTeam(input: { name: "Lejos" }) { team { id } } }');
  for (const id of customerIds)
    await client.data(
      'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { userErrors { message } } }',
      { input: { id, teamId: createTeam.team.id } },
    );
}

async function customerOf(name: string, ...handles: string[]): Promise<string> {
  const id = await social.customer(name);
  for (const handle of handles) await social.link(await idOf(handle), id);
  return id;
}

describe('the strongest chain of influence', () => {
  test('is found to the least of very many who speak of somebody', async () => {
    const many = Array.from({ length: 205 }, (_, at) => `fan${at} > hub *2`);
    await acts(...many, 'weakest > hub', 'weakest > other *9');
    expect(await chain('hub', 'weakest')).toMatchObject({ length: 1, strength: expect.closeTo(0.1, 6) });
  });

  test('is found from the least of very many whom somebody speaks of', async () => {
    const many = Array.from({ length: 205 }, (_, at) => `talker > other${at} *2`);
    await acts(...many, 'talker > ana');
    const path = await chain('ana', 'talker');
    expect(path).toMatchObject({ length: 1, strength: expect.closeTo(1 / 411, 9) });
  });

  test('goes a longer way where that moves more', async () => {
    await acts('pia > ana', 'pia > luis *99', 'luis > ana *99', 'luis > eva');
    const path = await chain('ana', 'pia');
    expect(path.hops).toEqual(['ana>luis', 'luis>pia']);
    expect(path.strength).toBeCloseTo(0.99 * 0.99, 6);
  });

  test('goes six steps and no further, and not round in circles', async () => {
    await acts('b > a', 'c > b', 'd > c', 'e > d', 'f > e', 'g > f', 'h > g', 'a > h');
    expect(await chain('a', 'g')).toMatchObject({ length: 6, strength: 1 });
    expect(await chain('a', 'h')).toBeNull();
    await acts('h > a', 'c > d', 'b > c');
    expect(await chain('a', 'h')).toMatchObject({ length: 1, strength: 0.5 });
  });

  test('is none where nobody speaks of anybody', async () => {
    await acts('pia > ana', 'tom > eva');
    expect(await chain('pia', 'ana')).toBeNull();
    expect(await chain('eva', 'pia')).toBeNull();
  });

  test('is from any identity of the one customer to any of the other', async () => {
    await acts('pia1 > x', 'pia1 > ana1', 'pia2 > luis', 'luis > ana2 *9', 'luis > ana1', 'pia2 > x');
    const ana = await customerOf('Ana', 'ana1', 'ana2', 'x');
    const pia = await customerOf('Pia', 'pia1', 'pia2');
    const path = await pathBetween(ana, pia);
    expect(path).toMatchObject({ length: 1, strength: 0.5 });
    expect(path.hops[0]).toMatch(/^(x|ana1)>pia[12]$/);
    expect(await pathBetween(ana, ana)).toMatchObject({ length: 0, strength: 1 });
    expect(await pathBetween(pia, ana)).toBeNull();
    expect(await pathBetween(ana, await social.customer('Nobody'))).toBeNull();
  });

  test('is the strongest of all, however small', async () => {
    const HANDLES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const node = fc.nat({ max: HANDLES.length - 1 });
    const edges = fc.uniqueArray(fc.tuple(node, node, fc.integer({ min: 1, max: 6 })), {
      minLength: 6,
      maxLength: 20,
      selector: ([from, to]) => from * 10 + to,
    });
    await fc.assert(
      fc.asyncProperty(edges, async drawn => {
        const told = drawn.filter(([from, to]) => from !== to);
        fc.pre(told.length > 0);
        await open();
        await acts(...told.map(([from, to, times]) => `${HANDLES[from]} > ${HANDLES[to]} *${times}`));
        const present = [...new Set([...told.map(([from]) => from), ...told.map(([, to]) => to)])];
        const ids = new Map<number, string>();
        for (const at of present) ids.set(at, await idOf(HANDLES[at]!));
        const strongest = allStrongest(HANDLES.length, told);
        for (const from of present) {
          for (const to of present) {
            const path = await pathBetween(ids.get(from)!, ids.get(to)!);
            expect(path?.strength ?? 0).toBeCloseTo(strongest[from]![to]!, 9);
          }
        }
      }),
      { numRuns: 6 },
    );
  });
});

/** By trying all walks of up to six steps: what arrives of each at each. */
function allStrongest(size: number, edges: (readonly [from: number, to: number, times: number])[]): number[][] {
  const attention = Array.from({ length: size }, (_, node) =>
    edges.reduce((sum, [from, , times]) => sum + (from === node ? times : 0), 0),
  );
  return Array.from({ length: size }, (_, mover) => {
    let best = Array.from({ length: size }, (_, node) => Number(node === mover));
    for (let step = 0; step < 6; step++) {
      const before = best;
      best = [...before];
      for (const [moved, by, times] of edges)
        best[moved] = Math.max(best[moved]!, (before[by]! * times) / attention[moved]!);
    }
    return best;
  });
}

describe('a chain of influence, seen by an agent', () => {
  test('never goes through people hidden from it, however many and strong they are', async () => {
    const hidden = Array.from({ length: 3 }, (_, at) => `h${at}`);
    await acts(
      ...hidden.flatMap(handle => [`pia > ${handle} *9`, `${handle} > ana *9`]),
      'pia > luis',
      'luis > ana',
      'luis > tom',
    );
    await hide(await customerOf('Hidden', ...hidden));
    const agent = await organization.as('AGENT');
    expect((await chain('ana', 'pia')).hops[0]).toMatch(/^ana>h\d$/);
    const path = await chain('ana', 'pia', agent);
    expect(path.hops).toEqual(['ana>luis', 'luis>pia']);
    expect(path.strength).toBeCloseTo((1 / 28) * (1 / 2), 9);
    expect(await chain('h0', 'pia', agent)).toBeNull();
  });

  test('is not lost behind two hundred stronger ties that are hidden from it', async () => {
    const hidden = Array.from({ length: 205 }, (_, at) => `h${at}`);
    await acts(...hidden.map(handle => `pia > ${handle} *2`), 'pia > luis', 'luis > ana');
    const customer = await social.customer('Hidden');
    await app.app.database.system.query(
      `update social_identities set customer_id = $2 where organization_id = $1 and handle like 'h%'`,
      [organization.id, (await storedCustomers())[0]],
    );
    await hide(customer);
    expect((await chain('ana', 'pia', await organization.as('AGENT'))).hops).toEqual(['ana>luis', 'luis>pia']);
  });

  test('is shown by the latest post that the agent may see', async () => {
    await social.say('1', { handle: 'luis', text: 'como dice @ana' } as never);
    await caughtUp();
    // Somebody else's post by which luis too spoke of ana: of an author who is hidden.
    await social.say('2', { handle: 'tom', text: 'de otro' } as never);
    await hide(await customerOf('Tom', 'tom'));
    await app.app.database.system.query(
      `insert into interactions (organization_id, id, network, kind, from_identity_id, to_identity_id, occurred_at, post_id)
       select i.organization_id, gen_random_uuid(), i.network, i.kind, i.from_identity_id, i.to_identity_id, i.occurred_at + interval '1 day', p.id
         from interactions i join posts p on p.organization_id = i.organization_id and p.external_id = '2'
         join social_identities a on a.organization_id = i.organization_id and a.id = i.from_identity_id and a.handle = 'luis'
         join social_identities b on b.organization_id = i.organization_id and b.id = i.to_identity_id and b.handle = 'ana'
        where i.organization_id = $1`,
      [organization.id],
    );
    await caughtUp();
    const shown = async (as: Client) => {
      const { influencePath } = await as.data(PATH, { from: await idOf('ana'), to: await idOf('luis') });
      return influencePath.hops[0].post?.text;
    };
    expect(await shown(client)).toBe('de otro');
    expect(await shown(await organization.as('AGENT'))).toBe('como dice @ana');
  });
});

async function storedCustomers(): Promise<string[]> {
  const { rows } = await app.app.database.system.query<{ id: string }>(
    'select id from customers where organization_id = $1',
    [organization.id],
  );
  return rows.map(row => row.id);
}
