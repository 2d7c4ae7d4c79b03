import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import { newId, publicId } from '../../src/platform/ids.js';
import { allRecords } from '../../src/platform/schema/index.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { doorTo, requiredOf } from '../support/documents.js';
import { plantRows, type Rows } from '../support/rows.js';

// Every list is walked again and again.
jest.setTimeout(180_000);

interface List {
  /** `Customer.posts`, or `Query.posts`. */
  name: string;
  parent: string;
  field: GraphQLField<unknown, unknown>;
  orders: string[];
}

let app: TestApp;
let organization: TestOrganization;
let client: Client;
let schema: GraphQLSchema;
let rows: Rows;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off', COST_PER_MINUTE: '1000000000' });
  schema = app.app.server.executor.schema;
  organization = await app.organization();
  const viewer = await organization.member('Owner', 'OWNER');
  client = await organization.as('OWNER', { memberId: viewer });
  rows = await plantRows(app, organization, viewer);
});
afterAll(() => app?.close());

/** Every list of the schema with the fields it may be ordered by; those that have one order only have none. */
function lists(): List[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap(type =>
      Object.values(type.getFields())
        .filter(field => getNamedType(field.type).name.endsWith('Connection'))
        .map(field => {
          const order = field.args.find(argument => argument.name === 'orderBy');
          const input = order && (getNamedType(order.type) as GraphQLInputObjectType);
          const values = input ? (getNamedType(input.getFields()['field']!.type) as GraphQLEnumType).getValues() : [];
          // How well a name fits a search is an order of searches only.
          const orders = values.map(value => value.name).filter(name => name !== 'RELEVANCE');
          return { name: `${type.name}.${field.name}`, parent: type.name, field, orders };
        }),
    );
}

interface Page {
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: number;
}

type Args = Record<string, unknown>;

const SHAPE =
  '{ totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } } }';

async function ask(list: List, asked: Args) {
  const { field, parent } = list;
  const args = { ...requiredOf(field), ...asked };
  const names = Object.keys(args).filter(name => args[name] !== undefined);
  const typeOf = (name: string) => field.args.find(argument => argument.name === name)!.type;
  const variables = names.map(name => `$${name}: ${typeOf(name)}`);
  const given = names.length > 0 ? `(${names.map(name => `${name}: $${name}`).join(', ')})` : '';
  const inner = `page: ${field.name}${given} ${SHAPE}`;
  if (parent === 'Query') {
    const head = variables.length > 0 ? `query (${variables.join(', ')})` : '';
    return client.send(`${head} { ${inner} }`, args);
  }
  const id = rows.parents[parent];
  if (!id) throw new Error(`${list.name} is a list under a ${parent}: say in test/support/rows.ts which one has many.`);
  const door = doorTo(schema, parent);
  return client.send(
    `query (${['$id: ID!', ...variables].join(', ')}) { parent: ${door.field}(${door.argument}: $id) { ${inner} } }`,
    { ...args, id },
  );
}

async function page(list: List, args: Args): Promise<Page> {
  const answer = await ask(list, args);
  if (answer.errors) throw new Error(`${list.name} ${JSON.stringify(args)}: ${JSON.stringify(answer.errors)}`);
  return (answer.data as any).page ?? (answer.data as any).parent.page;
}

async function codesOf(list: List, args: Args): Promise<unknown[]> {
  return ((await ask(list, args)).errors ?? []).map(error => error.extensions?.['code']);
}

/** Walks a whole list in pages of `sizes`, resting after each, and gives its ids from first to last. */
async function* stroll(
  list: List,
  orderBy: Args['orderBy'],
  sizes: number[],
  backwards: boolean,
): AsyncGenerator<void, string[]> {
  const found: string[] = [];
  let cursor: string | null = null;
  for (let step = 0; ; step++) {
    if (step > 500) throw new Error(`${list.name} never ends.`);
    const size = sizes[step % sizes.length]!;
    const args: Args = backwards ? { last: size, before: cursor } : { first: size, after: cursor };
    const one: Page = await page(list, { ...args, ...(orderBy ? { orderBy } : {}) });
    const ids = one.edges.map(edge => edge.node.id);
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = one.pageInfo;
    expect([startCursor, endCursor]).toEqual([one.edges[0]?.cursor ?? null, one.edges.at(-1)?.cursor ?? null]);
    const hasMore = backwards ? hasPreviousPage : hasNextPage;
    // Behind us is what we walked through.
    expect(backwards ? hasNextPage : hasPreviousPage).toBe(step > 0);
    if (hasMore) expect(ids).toHaveLength(size);
    if (backwards) found.unshift(...ids);
    else found.push(...ids);
    cursor = backwards ? startCursor : endCursor;
    if (!hasMore) return found;
    yield;
  }
}

/** The same without a rest. */
async function walk(...given: Parameters<typeof stroll>): Promise<string[]> {
  const pages = stroll(...given);
  for (;;) {
    const step = await pages.next();
    if (step.done) return step.value;
  }
}

const directions = fc.constantFrom('ASC', 'DESC');
const sizes = fc.array(fc.integer({ min: 5, max: 40 }), { minLength: 1, maxLength: 3 });

/** One to three terms of an order, or none where the list has only its own. */
function orderings(list: List) {
  if (list.orders.length === 0) return fc.constant(undefined);
  const term = fc.record({ field: fc.constantFrom(...list.orders), direction: directions });
  return fc.array(term, { minLength: 1, maxLength: 3 });
}

test('every list of the schema is covered here, and has rows to walk through', async () => {
  const few: string[] = [];
  expect(lists().length).toBeGreaterThan(10);
  for (const list of lists()) if ((await page(list, { first: 1 })).totalCount < 5) few.push(list.name);
  expect(few).toEqual([]);
});

describe('a list at rest', () => {
  test('is the same list in pages of any size, forwards and backwards, under every order', async () => {
    for (const list of lists()) {
      for (const field of list.orders.length > 0 ? list.orders : [undefined]) {
        for (const direction of field ? ['ASC', 'DESC'] : ['']) {
          const orderBy = field ? [{ field, direction }] : undefined;
          const ids = await walk(list, orderBy, [200], false);
          expect(new Set(ids).size).toBe(ids.length);
          expect((await page(list, { first: 1 })).totalCount).toBe(ids.length);
          expect({ list: list.name, orderBy, ids: await walk(list, orderBy, [9, 26], false) }).toEqual({
            list: list.name,
            orderBy,
            ids,
          });
          expect({ list: list.name, orderBy, ids: await walk(list, orderBy, [23, 11], true) }).toEqual({
            list: list.name,
            orderBy,
            ids,
          });
        }
      }
    }
  });

  test('is ordered as its rows are, where a missing value counts as the largest', async () => {
    for (const list of lists().filter(one => one.parent === 'Query' && one.orders.length > 0)) {
      const record = allRecords().find(
        one => one.type.name === getNamedType(list.field.type).name.replace(/Connection$/, ''),
      )!;
      for (const field of list.orders) {
        for (const direction of ['ASC', 'DESC'] as const) {
          const shown = (await page(list, { first: 200, orderBy: [{ field, direction }] })).edges.map(
            edge => edge.node.id,
          );
          const { rows: expected } = await app.app.database.system.query<{ id: string }>(
            `select t.id from ${record.from} where t.organization_id = $1 ${record.where ? `and ${record.where}` : ''}
              order by ${record.orders[field]!.sql} ${direction} nulls ${direction === 'ASC' ? 'last' : 'first'}, t.id ${direction}`,
            [organization.id],
          );
          expect({ list: list.name, field, shown }).toEqual({
            list: list.name,
            field,
            shown: expected.map(row => publicId(record.prefix, row.id)),
          });
        }
      }
    }
  });

  test('keeps its order under several terms at once', async () => {
    for (const list of lists().filter(one => one.orders.length > 1)) {
      await fc.assert(
        fc.asyncProperty(orderings(list), sizes, fc.boolean(), async (orderBy, steps, backwards) => {
          expect(await walk(list, orderBy, steps, backwards)).toEqual(await walk(list, orderBy, [200], false));
        }),
        { numRuns: 3 },
      );
    }
  });

  test('gives what lies between two cursors, from either end', async () => {
    for (const list of lists()) {
      const whole = (await page(list, { first: 200 })).edges;
      const [after, before] = [whole[0]!.cursor, whole.at(-1)!.cursor];
      const between = whole.slice(1, -1).map(edge => edge.node.id);
      const first = await page(list, { first: 2, after, before });
      expect(first.edges.map(edge => edge.node.id)).toEqual(between.slice(0, 2));
      const last = await page(list, { last: 2, after, before });
      expect(last.edges.map(edge => edge.node.id)).toEqual(between.slice(-2));
      expect(last.pageInfo.hasNextPage).toBe(true);
      expect((await page(list, { first: 0 })).edges).toEqual([]);
    }
  });
});

test('while rows are being inserted, no row that was there all along is skipped or doubled', async () => {
  const all = lists();
  const ways = fc.tuple(
    ...all.map(list => fc.record({ orderBy: orderings(list), steps: sizes, backwards: fc.boolean() })),
  );
  await fc.assert(
    fc.asyncProperty(ways, async chosen => {
      const walks = [];
      for (const [at, list] of all.entries()) {
        const { orderBy, steps, backwards } = chosen[at]!;
        const before = await walk(list, undefined, [200], false);
        // The longest, such as the audit log, is walked in longer steps.
        const strides = steps.map(step => Math.min(200, step * Math.ceil(before.length / 250)));
        walks.push({ list, orderBy, before, pages: stroll(list, orderBy, strides, backwards) });
      }
      // All lists are walked through side by side, so that what is inserted between two pages is inserted for each.
      let open = walks;
      for (let round = 0; open.length > 0; round++) {
        const further: typeof open = [];
        for (const one of open) {
          const step = await one.pages.next();
          if (!step.done) further.push(one);
          else await arrived(one, step.value);
        }
        // Lists that grow as fast as they are read would never end.
        if (further.length > 0 && round < 4) await rows.insertMore(1);
        open = further;
      }
    }),
    { numRuns: 2 },
  );

  async function arrived(
    { list, orderBy, before }: { list: List; orderBy: Args['orderBy']; before: string[] },
    found: string[],
  ): Promise<void> {
    const now = new Set(found);
    const afterwards = await walk(list, orderBy, [200], false);
    expect({
      list: list.name,
      times: found.length,
      missed: before.filter(id => !now.has(id)),
      order: afterwards.filter(id => now.has(id)),
    }).toEqual({ list: list.name, times: now.size, missed: [], order: found });
  }
});

describe('a cursor', () => {
  test('of another list, of another order, altered or cut short is refused', async () => {
    const all = lists();
    for (const [at, list] of all.entries()) {
      const { edges } = await page(list, { first: 2 });
      const { cursor } = edges[0]!;
      const other = all[(at + 1) % all.length]!;
      const foreign = (await page(other, { first: 1 })).edges[0]!.cursor;
      const flipped = `${cursor[0] === 'A' ? 'B' : 'A'}${cursor.slice(1)}`;
      const bad = [
        foreign,
        flipped,
        cursor.slice(0, -1),
        cursor.slice(1),
        `${cursor}x`,
        'x',
        '.',
        'a.b',
        'é'.repeat(9),
      ];
      for (const after of bad) {
        expect({ list: list.name, after, codes: await codesOf(list, { first: 1, after }) }).toEqual({
          list: list.name,
          after,
          codes: ['BAD_CURSOR'],
        });
      }
      expect(await codesOf(list, { last: 1, before: foreign })).toEqual(['BAD_CURSOR']);
      for (const field of list.orders.slice(0, 2)) {
        const orderBy = ['ASC', 'DESC'].map(direction => [{ field, direction }]);
        const own = (await page(list, { first: 1, orderBy: orderBy[0] })).edges[0]!.cursor;
        expect(await codesOf(list, { first: 1, after: own, orderBy: orderBy[1] })).toEqual(['BAD_CURSOR']);
      }
    }
  });

  test('may be anything at all without breaking the server', async () => {
    const list = lists().find(one => one.name === 'Query.posts')!;
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String()), async after => {
        expect(await codesOf(list, { first: 1, after })).toEqual(after === '' ? [] : ['BAD_CURSOR']);
      }),
      { numRuns: 25 },
    );
  });

  test('goes on working when its row is gone', async () => {
    const list = lists().find(one => one.name === 'Query.teams')!;
    const id = newId();
    await app.app.database.system.query(`insert into teams (organization_id, id, name) values ($1, $2, '0')`, [
      organization.id,
      id,
    ]);
    const first = await page(list, { first: 1 });
    expect(first.edges[0]!.node.id).toBe(publicId('team', id));
    const second = (await page(list, { first: 2 })).edges[1]!.node.id;
    await app.app.database.system.query('delete from teams where organization_id = $1 and id = $2', [
      organization.id,
      id,
    ]);
    const next = await page(list, { first: 1, after: first.pageInfo.endCursor });
    expect(next.edges[0]!.node.id).toBe(second);
  });
});

test('a page that makes no sense is refused by every list', async () => {
  const bad: Args[] = [{ first: -1 }, { last: -1 }, { first: 201 }, { first: 1, last: 1 }];
  for (const list of lists()) {
    for (const args of bad) {
      expect({ list: list.name, args, codes: await codesOf(list, args) }).toEqual({
        list: list.name,
        args,
        codes: ['BAD_USER_INPUT'],
      });
    }
    // A page of two thousand million is too dear before it is too large.
    expect(['BAD_USER_INPUT', 'TOO_COSTLY']).toContain((await codesOf(list, { last: 2147483647 }))[0]);
    for (const first of [1.5, '1', true]) expect(await codesOf(list, { first })).toEqual(['BAD_USER_INPUT']);
    if (list.orders.length > 0) {
      const term = { field: list.orders[0], direction: 'ASC' };
      expect(await codesOf(list, { orderBy: [{ field: 'COLOUR' }] })).toEqual(['BAD_USER_INPUT']);
      expect(await codesOf(list, { orderBy: [term, term, term, term, term] })).toEqual(['BAD_USER_INPUT']);
      expect(await codesOf(list, { orderBy: [term, term] })).toEqual([]);
    }
  }
});
