import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { streamOf } from '../../src/events/index.js';
import { Role } from '../../src/modules/access/roles.js';
import { DEFAULT_SCOPES, type VisibilityKind } from '../../src/modules/access/visibility.defaults.js';
import { newId, parsePublicId, publicId } from '../../src/platform/ids.js';
import { allRecords } from '../../src/platform/schema/index.js';
import type { TestApp, TestOrganization } from './app.js';
import { argumentsFor, leafOf, specimenAt } from './arguments.js';
import { documentOf, doorTo, idSlots, listDocument, rootFields, selectionOf, withValue } from './documents.js';
import { plant, type Specimens } from './specimens.js';
import {
  type Caller,
  codes,
  FOREIGN,
  type Kind,
  NEEDS_SECRET,
  openStage,
  operations,
  permitted,
  type Stage,
} from './stage.js';
import { eventually, subscribe } from './subscriber.js';

/** What finds customers by their contact points, which analysts do not see. */
const SEARCHES_CONTACTS = new Set(['contactScreen', 'customerByContactPoint']);
/** What nobody can do without having been at a network first. */
const NEEDS_SIGN_IN = new Set(['finishAccountConnection']);

/** An answer without what differs from one call to the next: ids, moments, versions, what it cost. */
const comparable = ({ extensions: _cost, ...answer }: object & { extensions?: unknown }): unknown =>
  JSON.parse(
    JSON.stringify(answer)
      .replace(/\b([a-z_]+)_[0-7][0-9a-z]{25}\b/g, '$1_*')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'moment')
      .replace(/"version":\d+/g, '"version":0'),
  );

const userErrorsOf = (answer: { data?: any }, field: string): { code: string }[] =>
  answer.data?.[field]?.userErrors ?? [];

/** What anybody of these kinds may do, sees and is told of. */
export function describePermissions(kinds: Kind[]): void {
  let stage: Stage;
  const callers = new Map<Kind, Caller>();

  beforeAll(async () => {
    stage = await openStage();
    for (const kind of kinds) callers.set(kind, await stage.callerOf(kind));
  });
  afterAll(() => stage?.close());

  describe.each(kinds)('%s', kind => {
    test('does in the own organisation what the role permits, and is refused the rest', async () => {
      const { role, organization, client, own } = callers.get(kind)!;
      const wrong: object[] = [];
      const isOwner = role === Role.OWNER;
      const shared = isOwner || role === Role.CUSTOMER ? own : await plant(stage.app, organization, 'ownmarker2');
      for (const root of operations(stage.schema)) {
        const { name } = root.field;
        const allowed = permitted(role, name);
        const changes = allowed && root.root === 'Mutation';
        // What the owner does has to come out, each in an organisation of its own; of the others it is asked whether they may.
        const fresh = changes && isOwner ? await stage.callerOf(kind) : undefined;
        const variables = argumentsFor(root, fresh?.own ?? (changes ? shared : own));
        const answer = await (fresh?.client ?? client).send(documentOf(stage.schema, root), variables);
        const expected = allowed ? [] : ['FORBIDDEN'];
        // What a role does not see it may not search by either.
        const hidden = SEARCHES_CONTACTS.has(name) && role === Role.ANALYST ? ['FORBIDDEN'] : expected;
        if (String(codes(answer)) !== String(hidden)) wrong.push({ name, expected, variables, errors: answer.errors });
        if (!allowed && answer.data?.[name]) wrong.push({ name, data: answer.data });
        const problems = userErrorsOf(answer, name);
        if (isOwner && problems.length > 0 && !NEEDS_SECRET.has(name) && !NEEDS_SIGN_IN.has(name))
          wrong.push({ name, variables, problems });
        if (JSON.stringify(answer).includes(FOREIGN)) wrong.push({ name, leaks: answer.data });
      }
      expect(wrong).toEqual([]);
    });

    test("is told of another organisation's ids exactly what is told of ids that do not exist", async () => {
      const { role, client, own } = callers.get(kind)!;
      const wrong: object[] = [];
      for (const root of operations(stage.schema).filter(({ field }) => permitted(role, field.name))) {
        const document = documentOf(stage.schema, root);
        const variables = argumentsFor(root, own);
        for (const slot of idSlots(root.field.args)) {
          const their = stage.theirs.ids[specimenAt(root, slot.path)]!;
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
        role === Role.CUSTOMER
          ? own
          : await plant(stage.app, callers.get(kind)!.organization, `seen${kind.toLowerCase()}`);
      for (const record of allRecords()) {
        const scope = record.visibility && DEFAULT_SCOPES[role][record.visibility as VisibilityKind];
        const id = again.ids[record.prefix];
        const type = stage.schema.getType(record.type.name) as GraphQLObjectType;
        if (!id || !scope || scope === 'TEAM' || scope === 'OWN' || !type.getInterfaces().length) continue;
        const answer = await client.data('query ($id: ID!) { node(id: $id) { id } }', { id });
        seen[record.type.name] = answer.node !== null;
        expected[record.type.name] = scope === 'ALL';
      }
      expect(seen).toEqual(expected);
    });

    test('finds nothing of another organisation in any list, however deep', async () => {
      const { role, client, own } = callers.get(kind)!;
      const connections = connectionFields(stage.schema);
      for (const { parent, field } of connections) {
        const door = parent === 'Query' ? undefined : doorTo(stage.schema, parent);
        const { document, variables } = listDocument(stage.schema, field, door);
        const ask = (id: string) => client.send(document, { ...variables, ...(door ? { id } : {}) });
        const mine = await ask(own.ids[door?.prefix ?? ''] ?? '');
        const rule = door?.field ?? field.name;
        expect({ at: `${parent}.${field.name}`, codes: codes(mine) }).toEqual({
          at: `${parent}.${field.name}`,
          codes: permitted(role, rule) ? [] : ['FORBIDDEN'],
        });
        expect(JSON.stringify(mine)).not.toContain(FOREIGN);
        if (!door) continue;
        const their = await ask(stage.theirs.ids[door.prefix]!);
        expect(their.data?.[door.field] ?? null).toBeNull();
      }
    });

    test('hears live of what it may see, and never of another organisation', async () => {
      const { role, organization, client, own } = callers.get(kind)!;
      for (const root of rootFields(stage.schema).filter(one => one.root === 'Subscription')) {
        const { name } = root.field;
        const document = `subscription { ${name} ${selectionOf(stage.schema, root.field.type, 1)} }`;
        await eventually(() => stage.app.app.hub.subscribers === 0);
        const listener = subscribe(stage.url, client.authorization, document);
        try {
          if (!permitted(role, name)) {
            await eventually(() => listener.errors.length > 0);
            expect(codes({ errors: listener.errors as never })).toEqual(['FORBIDDEN']);
            continue;
          }
          await eventually(() => listener.errors.length > 0 || stage.app.app.hub.subscribers > 0);
          await tell(stage.app, name, stage.stranger, stage.theirs);
          await tell(stage.app, name, organization, own);
          // Counts carry no names.
          if (streamOf(name)!.summary) {
            await listener.until(received => received.length > 0);
            expect(JSON.stringify(listener.received)).not.toContain(FOREIGN);
            continue;
          }
          // What was done in this organisation before may be told before it. Not everything that is told of has words.
          const [ours, foreign] = [subjectOf(name, own), subjectOf(name, stage.theirs)];
          await listener
            .until(received => JSON.stringify(received).includes(ours))
            .catch(reason => {
              throw new Error(`${name} tells nothing of ${ours}: ${JSON.stringify(listener.received)}`, {
                cause: reason,
              });
            });
          expect(listener.errors).toEqual([]);
          expect(JSON.stringify(listener.received)).not.toContain(foreign);
          expect(JSON.stringify(listener.received)).not.toContain(FOREIGN);
        } finally {
          await listener.close();
        }
      }
    });
  });
}

/** Records every event a stream tells of, about a specimen. */
async function tell(
  { app }: TestApp,
  stream: string,
  organization: TestOrganization,
  specimens: Specimens,
): Promise<void> {
  const { types } = streamOf(stream)!;
  const subject = parsePublicId(subjectOf(stream, specimens))!;
  await app.database.system.query(
    'insert into events (organization_id, type, subject_id) select $1, unnest($2::text[]), $3',
    [organization.id, types, subject.uuid],
  );
  app.feed.wake();
}

/** Public id of the specimen that a stream tells of. */
function subjectOf(stream: string, { ids }: Specimens): string {
  const { prefix } = streamOf(stream)!.record;
  const id = ids[prefix === 'identity' ? 'linked_identity' : prefix];
  if (!id) throw new Error(`${stream} tells of records that are not planted.`);
  return id;
}

/** Every field of the schema that is a page of a list. */
function connectionFields(schema: GraphQLSchema) {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(type => !type.name.startsWith('__'))
    .flatMap(type =>
      Object.values(type.getFields())
        .filter(field => getNamedType(field.type).name.endsWith('Connection'))
        .map(field => ({ parent: type.name, field })),
    );
}
