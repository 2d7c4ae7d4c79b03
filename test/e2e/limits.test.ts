import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { ERRORS } from '../../src/platform/errors.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { listen } from '../support/posts.js';
import { openAcknowledged, type RawSocket } from '../support/raw-socket.js';

let app: TestApp;
let organization: TestOrganization;
let client: Client;
let url: string;
let socket: RawSocket;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off', MAX_BODY_BYTES: '200000' });
  url = await listen(app);
  organization = await app.organization();
  client = await organization.as('OWNER');
  socket = await openAcknowledged(url, client.authorization);
});
afterAll(async () => {
  socket?.close();
  await app?.close();
});

interface Answer {
  data?: any;
  errors?: { message: string; extensions: { code: string } }[];
  extensions?: any;
}

const overHttp = (query: unknown, variables?: unknown) =>
  client.send(query as string, variables as object) as Promise<Answer>;

let asked = 0;

async function overSocket(query: unknown, variables?: unknown): Promise<Answer> {
  const id = String(++asked);
  socket.send({ id, type: 'subscribe', payload: { query, variables } });
  const answer = await socket.next(message => message.id === id && message.type !== 'complete');
  return answer.type === 'error' ? { errors: answer.payload } : answer.payload;
}

const ways = { HTTP: overHttp, WebSocket: overSocket };

function codesOf({ errors = [] }: Answer): string[] {
  const codes = errors.map(error => error.extensions?.code);
  for (const code of codes) expect(Object.keys(ERRORS)).toContain(code);
  return [...new Set(codes)];
}

const nested = (levels: number): string =>
  `{ customers { edges { node { ${'relations { edges { node { other { '.repeat(levels)} id ${'} } } } '.repeat(levels)} } } } }`;

const bomb = (levels: number, width: number): string => {
  const fragments = Array.from(
    { length: levels },
    (_, at) =>
      `fragment f${at} on Customer { ${Array.from({ length: width }, () => (at === 0 ? 'id' : `...f${at - 1}`)).join(' ')} }`,
  );
  return `{ customers(first: 1) { edges { node { ...f${levels - 1} } } } } ${fragments.join(' ')}`;
};

const filterOf = (levels: number): object => (levels === 0 ? { own: true } : { not: filterOf(levels - 1) });

const wrongOperations: [what: string, code: string, query: unknown, variables?: unknown][] = [
  ['a document that ends early', 'BAD_USER_INPUT', '{ customers {'],
  ['nothing but a space', 'BAD_USER_INPUT', ' '],
  ['a document of no words', 'BAD_USER_INPUT', '€'],
  ['only a fragment', 'BAD_USER_INPUT', 'fragment f on Customer { id }'],
  ['several operations and no name', 'BAD_USER_INPUT', 'query a { viewer { role } } query b { viewer { role } }'],
  ['a field there is not', 'BAD_USER_INPUT', '{ unicorns { id } }'],
  ['an argument there is not', 'BAD_USER_INPUT', '{ customers(colour: "red") { totalCount } }'],
  ['a filter there is not', 'BAD_USER_INPUT', '{ customers(filter: { colour: { eq: "red" } }) { totalCount } }'],
  [
    'an operator there is not',
    'BAD_USER_INPUT',
    '{ customers(filter: { displayName: { like: "a" } }) { totalCount } }',
  ],
  ['an enumeration value there is not', 'BAD_USER_INPUT', '{ posts(orderBy: [{ field: COLOUR }]) { totalCount } }'],
  ['an object without its fields', 'BAD_USER_INPUT', '{ viewer }'],
  ['a variable nobody declared', 'BAD_USER_INPUT', '{ customer(id: $id) { id } }'],
  ['a variable that is not given', 'BAD_USER_INPUT', 'query ($id: ID!) { customer(id: $id) { id } }'],
  [
    'a variable of the wrong type',
    'BAD_USER_INPUT',
    'query ($n: Int) { posts(first: $n) { totalCount } }',
    { n: 'ten' },
  ],
  ['an object for a text', 'BAD_USER_INPUT', 'query ($s: String) { customers(search: $s) { totalCount } }', { s: {} }],
  [
    'a filter variable with a field too many',
    'BAD_USER_INPUT',
    'query ($f: PostFilter) { posts(filter: $f) { totalCount } }',
    { f: { colour: 1 } },
  ],
  ['a moment that is none', 'BAD_USER_INPUT', '{ posts(filter: { occurredAt: { gt: "yesterday" } }) { totalCount } }'],
  [
    'a day that is none',
    'BAD_USER_INPUT',
    '{ posts(filter: { occurredAt: { gt: "2026-02-31T00:00:00Z" } }) { totalCount } }',
  ],
  [
    'a moment variable that is none',
    'BAD_USER_INPUT',
    'query ($d: DateTime) { posts(filter: { occurredAt: { gt: $d } }) { totalCount } }',
    { d: '31/12/2026' },
  ],
  ['a page of less than nothing', 'BAD_USER_INPUT', '{ customers(first: -1) { totalCount } }'],
  ['a page that is too large', 'BAD_USER_INPUT', '{ customers(first: 201) { totalCount } }'],
  ['a page beyond numbers', 'BAD_USER_INPUT', '{ customers(first: 99999999999) { totalCount } }'],
  ['a cursor that is none', 'BAD_CURSOR', '{ customers(after: "x") { totalCount } }'],
  [
    'a filter inside filters without end',
    'BAD_USER_INPUT',
    'query ($f: PostFilter) { posts(filter: $f) { totalCount } }',
    { f: filterOf(60) },
  ],
  [
    'ids without end',
    'BAD_USER_INPUT',
    `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`,
    { ids: Array.from({ length: 201 }, () => 'customer_x') },
  ],
  ['an operation that is too deep', 'TOO_DEEP', nested(10)],
  [
    'too many other names',
    'TOO_MANY_ALIASES',
    `{ viewer { ${Array.from({ length: 60 }, (_, at) => `a${at}: role`).join(' ')} } }`,
  ],
  [
    'too many root fields',
    'TOO_MANY_ROOT_FIELDS',
    `{ ${Array.from({ length: 40 }, () => 'viewer { role }').join(' ')} }`,
  ],
  [
    'what costs too much',
    'TOO_COSTLY',
    '{ customers(first: 200) { edges { node { posts(first: 200) { edges { node { id author { handle } } } } } } } }',
  ],
  [
    'a page variable that costs too much',
    'TOO_COSTLY',
    'query ($n: Int) { customers(first: $n) { edges { node { posts(first: $n) { edges { node { id author { handle } } } } } } } }',
    { n: 200 },
  ],
  ['fragments that unfold without end', 'TOO_COSTLY', bomb(9, 9)],
  ['a fragment of itself', 'BAD_USER_INPUT', '{ viewer { ...f } } fragment f on Caller { role ...f }'],
  ['more words than anybody needs', 'BAD_USER_INPUT', `{ viewer { ${'role '.repeat(11_000)} } }`],
  ['a nested list in nested lists', 'TOO_DEEP', `{ nodes(ids: ${'['.repeat(3000)}${']'.repeat(3000)}) { id } }`],
];

describe.each(Object.entries(ways))('over %s', (_way, ask) => {
  test.each(wrongOperations)('%s is answered with %s', async (_what, code, query, ...[variables]) => {
    const answer = await ask(query, variables);
    expect({ codes: codesOf(answer), says: answer.errors?.every(error => error.message.length > 5) }).toEqual({
      codes: [code],
      says: true,
    });
    expect(JSON.stringify(answer)).not.toMatch(/node_modules|select |call stack/);
  });

  test('a wrong id is nothing found, of whatever shape it is', async () => {
    const ids = [
      '',
      'x',
      '1',
      'customer_',
      'post_01h455vb4pex5vsknk084sn02q',
      'customer_01h455vb4pex5vsknk084sn02q',
      '🙂',
      "' or 1=1",
      'a'.repeat(5000),
      'customer_01h455vb4pex5vsknk084sn02\u0000',
    ];
    for (const id of ids) {
      const answer = await ask(
        'query ($id: ID!) { customer(id: $id) { id } node(id: $id) { id } nodes(ids: [$id]) { id } }',
        { id },
      );
      expect({ id, answer: { data: answer.data, errors: answer.errors } }).toEqual({
        id,
        answer: { data: { customer: null, node: null, nodes: [null] }, errors: undefined },
      });
    }
  });

  test('what tools ask about the schema is answered', async () => {
    const answer = await ask(getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true }));
    expect(answer.errors).toBeUndefined();
    expect(answer.data.__schema.types.length).toBeGreaterThan(50);
  });

  test('a mutation with a wrong input says which field, and changes nothing', async () => {
    const document =
      'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } userErrors { field code message } } }';
    const { totalCount } = (await ask('{ customers { totalCount } }')).data.customers;
    const answer = await ask(document, {
      input: { displayName: ' ', contactPoints: [{ kind: 'EMAIL', value: 'nope' }] },
    });
    expect(answer.data.createCustomer.customer).toBeNull();
    expect(answer.data.createCustomer.userErrors.map((error: { field: string }) => error.field)).toContain(
      'contactPoints.0.value',
    );
    expect((await ask('{ customers { totalCount } }')).data.customers.totalCount).toBe(totalCount);
  });
});

describe('what costs', () => {
  const costOf = async (query: string, variables?: object): Promise<number> => {
    const answer = (await client.send(query, variables)) as Answer;
    return answer.extensions.cost.requested;
  };
  const graph = (args: string) =>
    `query${args.includes('$n') ? ' ($n: Int)' : ''} { interactionGraph(center: "customer_x"${args}) { nodes { identity { handle } } edges { from } } }`;

  test('a graph is by the people asked for, by its default where none are', async () => {
    expect(await costOf(graph(', limit: 500'))).toBe(1 + 500 * 3);
    expect(await costOf(graph(', limit: $n'), { n: 200 })).toBe(1 + 200 * 3);
    expect(await costOf(graph(''))).toBe(1 + 50 * 3);
    expect(await costOf(graph(', limit: null'))).toBe(1 + 50 * 3);
  });

  test('seeds are by how many, and a conversation by what it may hold', async () => {
    const seeds = 'query ($k: Int!) { seedSet(k: $k) { seeds { identity { handle } } } }';
    expect(await costOf(seeds, { k: 200 })).toBe(1 + 200 * 2);
    expect(await costOf('{ conversationTree(post: "post_x") { nodes { post { text } } } }')).toBe(1 + 100 * 2);
  });

  test('too much of them is refused', async () => {
    const posts = 'nodes { identity { posts(first: 200) { edges { node { author { id } } } } } }';
    for (const query of [
      `{ interactionGraph(center: "customer_x", limit: 500) { ${posts} } }`,
      '{ seedSet(k: 200) { seeds { identity { posts(first: 200) { edges { node { author { id } } } } } } } }',
    ])
      expect(codesOf((await client.send(query)) as Answer)).toEqual(['TOO_COSTLY']);
  });
});

describe('text', () => {
  const CREATE =
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id displayName } userErrors { field code } } }';
  const NOTE =
    'mutation ($input: AddNoteInput!) { addNote(input: $input) { note { text } userErrors { field code } } }';
  const count = async () => (await client.data('{ customers { totalCount } }')).customers.totalCount;

  test('with a NUL is refused wherever it is put, and nothing is half-written', async () => {
    const before = await count();
    const tries: [string, object][] = [
      [CREATE, { displayName: 'Ana\u0000Gil' }],
      [CREATE, { displayName: 'Ana', contactPoints: [{ kind: 'EMAIL', value: 'a\u0000b@example.com' }] }],
      [CREATE, { displayName: 'Ana', preferences: [{ key: 'bread', value: 'well\u0000baked' }] }],
      [CREATE, { displayName: 'Ana', externalId: '\u0000' }],
      [CREATE, { displayName: 'Ana', tags: ['a', '\u0000'] }],
      [
        CREATE,
        {
          displayName: 'Ana',
          consents: [{ purpose: 'SERVICE', channel: 'EMAIL', state: 'GRANTED', evidence: '\u0000' }],
        },
      ],
      [CREATE, { displayName: 'Ana', customFields: { 'a\u0000': '\u0000' } }],
      [CREATE, { displayName: 'Ana', idempotencyKey: '\u0000' }],
    ];
    for (const [document, input] of tries) {
      const answer = (await client.send(document, { input })) as Answer;
      const codes = codesOf(answer);
      const problems = answer.data?.createCustomer?.userErrors ?? [];
      const kept = answer.data?.createCustomer?.customer;
      // Either it is refused, or kept without what cannot be kept.
      if (kept) expect(JSON.stringify(kept)).not.toContain('\\u0000');
      else
        expect({ input, refused: codes.join() === 'BAD_USER_INPUT' || problems.length > 0 }).toEqual({
          input,
          refused: true,
        });
    }
    for (const query of [
      'query ($s: String) { customers(search: $s) { totalCount } }',
      'query ($s: String) { customers(filter: { displayName: { eq: $s } }) { totalCount } }',
      'query ($s: String) { posts(filter: { search: $s }) { totalCount } }',
      'query ($s: String) { posts(filter: { text: { contains: $s } }) { totalCount } }',
    ])
      expect(['', 'BAD_USER_INPUT']).toContain(codesOf((await client.send(query, { s: 'a\u0000b' })) as Answer).join());
    const { rows } = await app.app.database.system.query(
      'select display_name from customers where organization_id = $1',
      [organization.id],
    );
    expect(rows.length).toBe(await count());
    expect(await count()).toBeLessThanOrEqual(before + tries.length);
  });

  test('of half a character is refused or mended, never an internal error', async () => {
    for (const text of ['\ud800', 'a\udc00b']) {
      const created = (await client.send(CREATE, { input: { displayName: `Ana ${text}` } })) as Answer;
      expect(['', 'BAD_USER_INPUT']).toContain(codesOf(created).join());
      const searched = (await client.send('query ($s: String) { customers(search: $s) { totalCount } }', {
        s: text,
      })) as Answer;
      expect(['', 'BAD_USER_INPUT']).toContain(codesOf(searched).join());
    }
  });

  test('in other directions, joined emoji and combining marks comes back as it was given', async () => {
    for (const displayName of ['שלום עולם', '\u202eevil\u202c', '👩‍👩‍👧‍👦', 'Z̸̧̢̛͍͓̤a̵̡', 'İstanbul', 'Ǆ']) {
      const { createCustomer } = await client.data(CREATE, { input: { displayName } });
      if (createCustomer.customer) {
        // Marks that turn text around for the reader may be taken out.
        const plain = (text: string) => text.normalize('NFC').replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
        expect(plain(createCustomer.customer.displayName)).toBe(plain(displayName));
      } else expect(createCustomer.userErrors.length).toBeGreaterThan(0);
      expect(
        (await client.send('query ($s: String) { customers(search: $s) { totalCount } }', { s: displayName })).errors,
      ).toBeUndefined();
    }
  });

  test('that is far too long is refused by the field it is in', async () => {
    const long = '🥖'.repeat(30_000);
    const named = await client.data(CREATE, { input: { displayName: long } });
    expect(named.createCustomer.userErrors).toEqual([{ field: 'displayName', code: 'TOO_LONG' }]);
    const { createCustomer } = await client.data(CREATE, { input: { displayName: 'Ana' } });
    const noted = await client.data(NOTE, { input: { customerId: createCustomer.customer.id, text: long } });
    expect(noted.addNote.userErrors).toEqual([{ field: 'text', code: 'TOO_LONG' }]);
    expect(
      (await client.send('query ($s: String) { customers(search: $s) { totalCount } }', { s: long })).errors,
    ).toBeUndefined();
    expect(
      codesOf(
        (await client.send(CREATE, { input: { displayName: 'Ana', idempotencyKey: 'k'.repeat(201) } })) as Answer,
      ),
    ).toEqual(['BAD_USER_INPUT']);
  });
});
