import 'reflect-metadata';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  validate,
} from 'graphql';
import { resolvers } from '../src/app.js';
import { buildVinculoSchema } from '../src/graphql/schema.js';

const schema = buildVinculoSchema(resolvers());
const types = Object.values(schema.getTypeMap()).filter(
  type => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

interface Part {
  name: string;
  description?: string | null | undefined;
}

/** Everything in the schema that has a name, by where it is: `Post.author`, `Query.posts(first)`, `Network.TWITTER`. */
function partsOf(type: GraphQLNamedType): [string, Part][] {
  const parts: [string, Part][] = [[type.name, type]];
  if (isEnumType(type)) parts.push(...type.getValues().map(value => within(type.name, value)));
  if (isInputObjectType(type)) parts.push(...Object.values(type.getFields()).map(field => within(type.name, field)));
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      parts.push(within(type.name, field));
      parts.push(
        ...field.args.map((argument): [string, Part] => [`${type.name}.${field.name}(${argument.name})`, argument]),
      );
    }
  }
  return parts;
}

const within = (owner: string, part: Part): [string, Part] => [`${owner}.${part.name}`, part];

const parts = types.flatMap(partsOf);

describe('the schema', () => {
  test('says what each type, field, argument and enum value means', () => {
    const silent = parts.filter(([, part]) => !part.description?.trim()).map(([place]) => place);
    expect(silent).toEqual([]);
  });

  test('writes types in PascalCase, fields and arguments in camelCase, enum values in capitals', () => {
    const odd = parts.filter(([place, part]) => !shapeOf(place, part).test(part.name)).map(([place]) => place);
    expect(odd).toEqual([]);
  });

  test('pages every connection in both directions', () => {
    const fields = types.filter(isObjectType).flatMap(type =>
      Object.values(type.getFields())
        .filter(field => getNamedType(field.type).name.endsWith('Connection'))
        .map(field => [`${type.name}.${field.name}`, field] as const),
    );
    expect(fields.length).toBeGreaterThan(0);
    const oneWay = fields.filter(([, field]) =>
      ['first', 'after', 'last', 'before'].some(name => !field.args.some(argument => argument.name === name)),
    );
    expect(oneWay.map(([place]) => place)).toEqual([]);
  });

  test('gives every connection edges with cursors, and a count', () => {
    for (const type of types.filter(isObjectType).filter(({ name }) => name.endsWith('Connection'))) {
      expect([type.name, Object.keys(type.getFields()).sort()]).toEqual([
        type.name,
        expect.arrayContaining(['edges', 'pageInfo']),
      ]);
      const edge = getNamedType(type.getFields().edges!.type) as GraphQLObjectType;
      expect([edge.name, Object.keys(edge.getFields())]).toEqual([
        edge.name,
        expect.arrayContaining(['cursor', 'node']),
      ]);
    }
  });
});

function shapeOf(place: string, part: Part): RegExp {
  if (place === part.name) return /^[A-Z][A-Za-z0-9]*$/;
  const owner = schema.getType(place.split('.')[0]!);
  return isEnumType(owner) ? /^[A-Z][A-Z0-9_]*$/ : /^[a-z][A-Za-z0-9]*$/;
}

/** A link that works once is a key already, and nobody is known yet by whom another could be remembered. */
const ONCE_BY_NATURE = [
  'setUpFirstOwner',
  'acceptInvitation',
  'requestPortalCode',
  'signInToPortal',
  'verifyMyContactPoint',
];

const mutations = Object.values(schema.getMutationType()!.getFields());

describe.each(mutations.map(mutation => [mutation.name, mutation] as const))('%s', (name, mutation) => {
  test('takes one input, and does once what is asked twice', () => {
    expect(mutation.args.map(argument => argument.name)).toEqual(['input']);
    const [input] = mutation.args;
    expect(isNonNullType(input!.type)).toBe(true);
    const type = getNamedType(input!.type);
    const key = isInputObjectType(type) ? type.getFields().idempotencyKey : undefined;
    expect(Boolean(key)).toBe(!ONCE_BY_NATURE.includes(name));
  });

  test('answers a payload that says what a person can mend', () => {
    const payload = getNamedType(mutation.type) as GraphQLObjectType;
    expect(payload.name).toMatch(/Payload$/);
    const errors = payload.getFields().userErrors as GraphQLField<unknown, unknown>;
    expect(String(errors.type)).toBe('[UserError!]!');
    expect(isListType(getNullableType(errors.type))).toBe(true);
  });
});

const documentsIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.graphql')) : [];

const operations = join(import.meta.dirname, '../schema/operations');

describe('the documents that tests and the console send', () => {
  test('are of this schema, taken together', () => {
    const text = documentsIn(operations).map(name => readFileSync(join(operations, name), 'utf8'));
    expect(validate(schema, parse(text.join('\n')))).toEqual([]);
  });
});

describe('the README', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const documents = [...readme.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, text]) => text!);

  test('shows documents of this schema', () => {
    expect(documents.length).toBeGreaterThanOrEqual(2);
    for (const text of documents) expect(validate(schema, parse(text))).toEqual([]);
  });
});

const contract = join(import.meta.dirname, '../../shared/contract');
const CLIENTS = ['inbox.graphql', 'mention-stream.graphql', 'import-check.graphql'];

describe('the documents that clients rely on', () => {
  if (!existsSync(contract)) {
    test.skip('are of this schema (the folder ../shared/contract is not here)', () => {});
    return;
  }
  test.each(CLIENTS)('%s is of this schema', name => {
    expect(validate(schema, parse(readFileSync(join(contract, name), 'utf8')))).toEqual([]);
  });

  // Other operations of these files belong to what is not built yet.
  test.each([
    ['linking.graphql', ['LinkIdentity', 'UnlinkIdentity']],
    ['engage.graphql', ['AssignConversation', 'ChannelHealth']],
    ['sales.graphql', ['CreateCustomer']],
  ])('of %s, %j are of this schema', (name, names) => {
    const { definitions } = parse(readFileSync(join(contract, name), 'utf8'));
    for (const wanted of names) {
      const one = definitions.filter(it => it.kind === 'OperationDefinition' && it.name?.value === wanted);
      expect(one).toHaveLength(1);
      expect(validate(schema, { kind: 'Document' as never, definitions: one })).toEqual([]);
    }
  });
});
