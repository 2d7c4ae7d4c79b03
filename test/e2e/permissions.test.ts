import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { streamOf } from '../../src/events/index.js';
import { isAllowed, PERMISSIONS, rootRules } from '../../src/modules/access/permissions.rules.js';
import { Role } from '../../src/modules/access/roles.js';
import { DEFAULT_SCOPES, type VisibilityKind } from '../../src/modules/access/visibility.defaults.js';
import { newId, parsePublicId, publicId } from '../../src/platform/ids.js';
import { allRecords } from '../../src/platform/schema/index.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { argumentsFor, leafOf, specimenAt } from '../support/arguments.js';
import {
  documentOf,
  doorTo,
  idSlots,
  type RootField,
  rootFields,
  selectionOf,
  withValue,
} from '../support/documents.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { listen } from '../support/posts.js';
import { openPracticeNetwork, type PracticeNetwork } from '../support/practice.js';
import { plant, type Specimens } from '../support/specimens.js';
import { eventually, subscribe } from '../support/subscriber.js';

// Every field of the schema is asked for, by everybody.
jest.setTimeout(180_000);

type Kind = keyof typeof Role | 'MEMBER';
const KINDS: Kind[] = [...Object.values(Role), 'MEMBER'];
const FOREIGN = 'foreignmarker';

interface Caller {
  role: Role;
  organization: TestOrganization;
  client: Client;
  own: Specimens;
}

let app: TestApp;
let echo: EchoNetwork;
let network: PracticeNetwork;
let url: string;
let schema: GraphQLSchema;
let stranger: TestOrganization;
let theirs: Specimens;
const callers = new Map<Kind, Caller>();
let planted = 0;

/** Every kind of caller has an organisation to itself: what one changes, no other sees. */
async function callerOf(kind: Kind): Promise<Caller> {
  const organization = await app.organization();
  const own = await plant(app, organization, 'ownmarker');
  const role = kind === 'MEMBER' ? Role.AGENT : Role[kind];
  const who = {
    ...(kind === 'MEMBER' ? { memberId: newId() } : {}),
    ...(role === Role.CUSTOMER ? { customerId: own.customerId } : {}),
  };
  return { role, organization, own, client: await organization.as(role, who) };
}

beforeAll(async () => {
  echo = await openEchoNetwork();
  network = await openPracticeNetwork();
  app = await openTestApp(
    {
      WORKER: 'off',
      MAX_DEPTH: '50',
      MAX_ALIASES: '1000',
      MAX_COST: '10000000',
      COST_PER_MINUTE: '1000000000',
      ALLOW_PRIVATE_ADDRESSES: 'true',
    },
    { adapters: [echo.connector, ...network.connectors] },
  );
  url = await listen(app);
  schema = app.app.server.executor.schema;
  stranger = await app.organization();
  theirs = await plant(app, stranger, FOREIGN);
  for (const kind of KINDS) callers.set(kind, await callerOf(kind));
});
afterAll(async () => {
  await app?.close();
  await echo?.close();
  await network?.close();
});

const codes = (answer: { errors?: readonly { extensions?: { code?: unknown } }[] | undefined }) =>
  (answer.errors ?? []).map(error => error.extensions?.code);

/** An answer without what differs from one call to the next: ids, moments, versions, what it cost. */
const comparable = ({ extensions: _cost, ...answer }: object & { extensions?: unknown }): unknown =>
  JSON.parse(
    JSON.stringify(answer)
      .replace(/\b([a-z_]+)_[0-7][0-9a-z]{25}\b/g, '$1_*')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'moment')
      .replace(/"version":\d+/g, '"version":0'),
  );

const permitted = (role: Role, field: string): boolean => {
  const rule = rootRules().get(field);
  if (!rule) throw new Error(`${field} has no rule.`);
  return rule === 'PUBLIC' || isAllowed(role, rule);
};

const operations = (): RootField[] => rootFields(schema).filter(({ root }) => root !== 'Subscription');

const userErrorsOf = (answer: { data?: any }, field: string): { code: string }[] =>
  answer.data?.[field]?.userErrors ?? [];

/** What nobody can do with made-up words: it takes a secret that was sent to somebody. */
const NEEDS_SECRET = new Set(['acceptInvitation', 'requestPortalCode', 'setUpFirstOwner', 'signInToPortal']);
/** What nobody can do without having been at a network first. */
const NEEDS_SIGN_IN = new Set(['finishAccountConnection']);

test('every root field says who may use it, with a permission that somebody has', () => {
  for (const { root, field } of rootFields(schema)) {
    const rule = rootRules().get(field.name);
    expect({ field: `${root}.${field.name}`, rule: rule === 'PUBLIC' || (rule && rule in PERMISSIONS) }).toEqual({
      field: `${root}.${field.name}`,
      rule: true,
    });
  }
  expect(
    [...rootRules()]
      .filter(([, rule]) => rule === 'PUBLIC')
      .map(([field]) => field)
      .sort(),
  ).toEqual([...NEEDS_SECRET].sort());
});

test('nobody at all is only asked to sign in, for whatever they ask', async () => {
  const { own } = callers.get('OWNER')!;
  for (const root of operations()) {
    const answer = await app.anonymous.send(documentOf(schema, root), argumentsFor(root, own));
    const expected = rootRules().get(root.field.name) === 'PUBLIC' ? [] : ['UNAUTHENTICATED'];
    expect({ field: root.field.name, codes: codes(answer) }).toEqual({ field: root.field.name, codes: expected });
    expect(JSON.stringify(answer)).not.toContain('ownmarker');
  }
});

describe.each(KINDS)('%s', kind => {
  test('does in the own organisation what the role permits, and is refused the rest', async () => {
    const { role, organization, client, own } = callers.get(kind)!;
    const wrong: object[] = [];
    const fresh = () => plant(app, organization, `ownmarker${++planted}`);
    // What the owner does has to come out, each on records of its own; of the others it is asked whether they may.
    const shared = role === Role.OWNER || role === Role.CUSTOMER ? own : await fresh();
    for (const root of operations()) {
      const { name } = root.field;
      const allowed = permitted(role, name);
      const changes = allowed && root.root === 'Mutation';
      const mine = changes ? (role === Role.OWNER ? await fresh() : shared) : own;
      const variables = argumentsFor(root, mine);
      const answer = await client.send(documentOf(schema, root), variables);
      const expected = allowed ? [] : ['FORBIDDEN'];
      // What a role does not see it may not search by either.
      const hidden = name === 'customerByContactPoint' && role === Role.ANALYST ? ['FORBIDDEN'] : expected;
      if (String(codes(answer)) !== String(hidden)) wrong.push({ name, expected, variables, errors: answer.errors });
      if (!allowed && answer.data?.[name]) wrong.push({ name, data: answer.data });
      const problems = userErrorsOf(answer, name);
      if (role === Role.OWNER && problems.length > 0 && !NEEDS_SECRET.has(name) && !NEEDS_SIGN_IN.has(name))
        wrong.push({ name, variables, problems });
      if (JSON.stringify(answer).includes(FOREIGN)) wrong.push({ name, leaks: answer.data });
    }
    expect(wrong).toEqual([]);
  });

  test("is told of another organisation's ids exactly what is told of ids that do not exist", async () => {
    const { role, client, own } = callers.get(kind)!;
    const wrong: object[] = [];
    for (const root of operations().filter(({ field }) => permitted(role, field.name))) {
      const document = documentOf(schema, root);
      const variables = argumentsFor(root, own);
      for (const slot of idSlots(root.field.args)) {
        const their = theirs.ids[specimenAt(root, slot.path)]!;
        const unknown = publicId(their.slice(0, -27), newId());
        const isList = /^\[/.test(String(slot.type)) && !/\.(ids)$/.test(slot.path.join('.'));
        const ask = (id: string) => {
          const value = isList && slot.path.at(-1) === 'in' ? id : id;
          return client.send(document, withValue(variables, root.field.args, slot.path, value, leafOf(root, own)));
        };
        const [first, second] = [await ask(their), await ask(unknown)];
        const same = JSON.stringify(comparable(first)) === JSON.stringify(comparable(second));
        const leaks = JSON.stringify(first).includes(FOREIGN);
        if (!same || leaks || codes(first).includes('INTERNAL'))
          wrong.push({ field: root.field.name, at: slot.path.join('.'), their: first, unknown: second });
      }
    }
    expect(wrong).toEqual([]);
  });

  test('sees of single records as much as the rule of their kind says', async () => {
    const { role, client, own } = callers.get(kind)!;
    const seen: Record<string, boolean> = {};
    const expected: Record<string, boolean> = {};
    const again =
      role === Role.CUSTOMER ? own : await plant(app, callers.get(kind)!.organization, `seen${kind.toLowerCase()}`);
    for (const record of allRecords()) {
      const scope = record.visibility && DEFAULT_SCOPES[role][record.visibility as VisibilityKind];
      const id = again.ids[record.prefix];
      const type = schema.getType(record.type.name) as GraphQLObjectType;
      if (!id || !scope || scope === 'TEAM' || scope === 'OWN' || !type.getInterfaces().length) continue;
      const answer = await client.data('query ($id: ID!) { node(id: $id) { id } }', { id });
      seen[record.type.name] = answer.node !== null;
      expected[record.type.name] = scope === 'ALL';
    }
    expect(seen).toEqual(expected);
  });

  test('finds nothing of another organisation in any list, however deep', async () => {
    const { role, client, own } = callers.get(kind)!;
    const connections = connectionFields();
    for (const { parent, field } of connections) {
      const args = field.args.some(argument => argument.name === 'first') ? '(first: 50)' : '';
      const inner = `${field.name}${args} ${selectionOf(schema, field.type, 1)}`;
      const door = parent === 'Query' ? undefined : doorTo(schema, parent);
      const ask = (id: string) =>
        client.send(
          door ? `query ($id: ID!) { ${door.field}(${door.argument}: $id) { __typename ${inner} } }` : `{ ${inner} }`,
          { id },
        );
      const mine = await ask(own.ids[door?.prefix ?? ''] ?? '');
      const rule = door?.field ?? field.name;
      expect({ at: `${parent}.${field.name}`, codes: codes(mine) }).toEqual({
        at: `${parent}.${field.name}`,
        codes: permitted(role, rule) ? [] : ['FORBIDDEN'],
      });
      expect(JSON.stringify(mine)).not.toContain(FOREIGN);
      if (!door) continue;
      const their = await ask(theirs.ids[door.prefix]!);
      expect(their.data?.[door.field] ?? null).toBeNull();
    }
  });

  test('hears live of what it may see, and never of another organisation', async () => {
    const { role, organization, client, own } = callers.get(kind)!;
    for (const root of rootFields(schema).filter(one => one.root === 'Subscription')) {
      const { name } = root.field;
      const document = `subscription { ${name} ${selectionOf(schema, root.field.type, 1)} }`;
      await eventually(() => app.app.hub.subscribers === 0);
      const listener = subscribe(url, client.authorization, document);
      try {
        if (!permitted(role, name)) {
          await eventually(() => listener.errors.length > 0);
          expect(codes({ errors: listener.errors as never })).toEqual(['FORBIDDEN']);
          continue;
        }
        await eventually(() => listener.errors.length > 0 || app.app.hub.subscribers > 0);
        await tell(name, stranger, theirs);
        await tell(name, organization, own);
        // What was done in this organisation before may be told before it.
        await listener.until(received => JSON.stringify(received).includes('ownmarker'));
        expect(listener.errors).toEqual([]);
        expect(JSON.stringify(listener.received)).toContain('ownmarker');
        expect(JSON.stringify(listener.received)).not.toContain(FOREIGN);
      } finally {
        await listener.close();
      }
    }
  });
});

test('nobody without a credential hears anything live', async () => {
  for (const root of rootFields(schema).filter(one => one.root === 'Subscription')) {
    const listener = subscribe(url, '', `subscription { ${root.field.name} { __typename } }`);
    await eventually(() => listener.errors.length > 0);
    expect(codes({ errors: listener.errors as never })).toEqual(['UNAUTHENTICATED']);
    await listener.close();
  }
});

/** Records every event a stream tells of, about a specimen. */
async function tell(stream: string, organization: TestOrganization, { ids }: Specimens): Promise<void> {
  const { types, record } = streamOf(stream)!;
  const subject = parsePublicId(ids[record.prefix === 'identity' ? 'linked_identity' : record.prefix] ?? '');
  if (!subject) throw new Error(`${stream} tells of records that are not planted.`);
  await app.app.database.system.query(
    'insert into events (organization_id, type, subject_id) select $1, unnest($2::text[]), $3',
    [organization.id, types, subject.uuid],
  );
  app.app.feed.wake();
}

/** Every field of the schema that is a page of a list. */
function connectionFields() {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(type => !type.name.startsWith('__'))
    .flatMap(type =>
      Object.values(type.getFields())
        .filter(field => getNamedType(field.type).name.endsWith('Connection'))
        .map(field => ({ parent: type.name, field })),
    );
}
