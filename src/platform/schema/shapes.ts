import { type GraphQLFieldResolver, GraphQLObjectType, type GraphQLSchema, isInterfaceType } from 'graphql';
import { Field, type FieldOptions } from 'type-graphql';
import { publicId } from '../ids.js';
import type { Page } from '../paging/list.js';
import { allRecords, type RecordClass } from './records.js';

interface ReferenceShape {
  owner: object;
  field: string;
  to: () => RecordClass;
  key: string;
}

const references: ReferenceShape[] = [];
const personal = new Set<string>();
const hideable: { owner: () => object; field: string }[] = [];
const derived: { owner: object; field: string; from: (row: never, context: never) => unknown }[] = [];
const publicIds: { owner: object; field: string; prefix: string }[] = [];

/** A field that points to one record by the id the parent row carries in `key`. Declared once; the resolver is made from it. */
export function Reference(
  to: () => RecordClass,
  key: string,
  options: FieldOptions & { description: string },
): PropertyDecorator {
  return (prototype, field) => {
    references.push({ owner: prototype.constructor, field: String(field), to, key });
    Field(to, options)(prototype, field);
  };
}

/**
 * A field that an organisation may hide from a role; it must be nullable or a list. On a method of a resolver, `owner` names
 * the record the field belongs to.
 */
export function Hideable(owner?: () => RecordClass): PropertyDecorator & MethodDecorator {
  return ((prototype: object, field: string | symbol) => {
    hideable.push({ owner: owner ?? (() => prototype.constructor), field: String(field) });
  }) as PropertyDecorator & MethodDecorator;
}

/** A field that says something else to another person with the same rights, so that subscribers who ask for it are told apart. */
export const Personal: MethodDecorator = (_prototype, field) => {
  personal.add(String(field));
};

/** Names of the fields that depend on who asks. */
export const personalFields = (): ReadonlySet<string> => personal;

/** A field that follows from the rest of its row (and from who reads it), without asking the database. */
export function Derived<Row, Context>(from: (row: Row, context: Context) => unknown): PropertyDecorator {
  return (prototype, field) => {
    derived.push({ owner: prototype.constructor, field: String(field), from });
  };
}

/** Names of the fields that can be hidden of records under this rule. */
export function hideableFields(visibility: string): string[] {
  const types = allRecords()
    .filter(record => record.visibility === visibility)
    .map(record => record.type as object);
  return [...new Set(hideable.filter(({ owner }) => types.includes(owner())).map(({ field }) => field))].sort();
}

/** The id of something that is only seen through the record it belongs to, so that `node(id)` does not answer it. */
export function PublicId(prefix: string): PropertyDecorator {
  return (prototype, field) => {
    publicIds.push({ owner: prototype.constructor, field: String(field), prefix });
  };
}

/** What resolvers made from data need of the request's context. */
export interface ShapeContext {
  /** The record with this stored id, or null when there is none that the caller may see. */
  recordById(type: RecordClass, id: string): Promise<unknown>;
  isHidden(visibility: string, field: string): boolean;
}

type Resolve = GraphQLFieldResolver<Record<string, unknown>, ShapeContext>;

/**
 * Gives the built schema the resolvers that follow from declared data: public ids, references, connections, hidden fields.
 * They are plain functions on the schema because each of type-graphql's own wrappers costs microseconds a field.
 */
export function applyShapes(schema: GraphQLSchema): void {
  const fieldsOf = (name: string) => {
    const type = schema.getType(name);
    return type instanceof GraphQLObjectType ? type.getFields() : {};
  };
  // A record's class and its GraphQL type have one name.
  const graphqlName = (type: object) => (type as { name: string }).name;
  for (const { type, prefix } of allRecords()) {
    const id = fieldsOf(graphqlName(type)).id;
    if (id) id.resolve = (row: { id: string }) => publicId(prefix, row.id);
  }
  for (const { owner, field, prefix } of publicIds) {
    const target = fieldsOf(graphqlName(owner))[field];
    if (target) target.resolve = (row: Record<string, string | null>) => row[field] && publicId(prefix, row[field]);
  }
  for (const { owner, field, to, key } of references) {
    const target = fieldsOf(graphqlName(owner))[field];
    if (!target) continue;
    const type = to();
    target.resolve = ((row, _args, context) =>
      row[key] == null ? null : context.recordById(type, row[key] as string)) as Resolve;
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (!(type instanceof GraphQLObjectType) || !type.name.endsWith('Connection')) continue;
    const { pageInfo, totalCount } = type.getFields();
    if (pageInfo) pageInfo.resolve = page => page;
    if (totalCount) totalCount.resolve = (page: Page<unknown>) => page.totalCount();
  }
  for (const { owner, field, from } of derived) {
    const target = fieldsOf(graphqlName(owner))[field];
    if (target) target.resolve = (row, _args, context) => from(row as never, context as never);
  }
  for (const { owner: ownerOf, field } of hideable) {
    const owner = ownerOf();
    const record = allRecords().find(candidate => candidate.type === owner);
    const target = fieldsOf(graphqlName(owner))[field];
    if (!record?.visibility || !target)
      throw new Error(`${field} is hideable on something that is not a record with a rule.`);
    const inner: Resolve = target.resolve ?? (row => row[field]);
    const { visibility } = record;
    const nothing = String(target.type).startsWith('[') ? [] : null;
    target.resolve = ((row, args, context, info) =>
      context.isHidden(visibility, field) ? nothing : inner(row, args, context, info)) as Resolve;
  }
}

/** Names of interface types whose implementations are told apart by a `__type` the row carries. */
export function applyTypeNames(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type)) type.resolveType = (value: { __type?: string }) => value.__type;
  }
}
