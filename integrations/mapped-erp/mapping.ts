import { parse as parseYaml, YAMLParseError } from 'yaml';
import { z } from 'zod';
import type { ErpKind } from '../../src/erp/port.js';

const MOST_CHARACTERS = 200_000;

const path = z
  .string()
  .regex(/^\$/, 'A path begins with $, as in $.name.')
  // What would be run as a program is no path.
  .refine(text => !/\?\(|\[\(/.test(text), 'Filters and scripts are not allowed in a path.');

const constant = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const lookup = z.record(z.string(), constant);

/** Where a value comes from, and how it is read. */
export type FieldSpec =
  | string
  | {
      path?: string | string[] | undefined;
      constant?: string | number | boolean | null | undefined;
      join?: string[] | undefined;
      lookup?: string | Record<string, string | number | boolean | null> | undefined;
      default?: string | number | boolean | null | undefined;
      date?: string | undefined;
      zone?: string | undefined;
      decimal?: '.' | ',' | undefined;
      divideBy?: number | undefined;
      each?: string | undefined;
      fields?: Record<string, FieldSpec> | undefined;
      object?: Record<string, FieldSpec> | undefined;
    };

const field: z.ZodType<FieldSpec> = z.lazy(() =>
  z.union([
    path,
    z
      .strictObject({
        path: z.union([path, z.array(path).min(1)]).optional(),
        constant: constant.optional(),
        join: z.array(path).min(1).optional(),
        lookup: z.union([z.string(), lookup]).optional(),
        default: constant.optional(),
        date: z.string().optional(),
        zone: z.string().optional(),
        decimal: z.enum(['.', ',']).optional(),
        divideBy: z.number().int().positive().optional(),
        each: path.optional(),
        fields: z.record(z.string(), field).optional(),
        object: z.record(z.string(), field).optional(),
      })
      .refine(
        spec =>
          [spec.path, spec.constant, spec.join, spec.each, spec.object].filter(one => one !== undefined).length === 1,
        'Give exactly one of path, constant, join, each and object.',
      )
      .refine(spec => (spec.each === undefined) === (spec.fields === undefined), '`each` and `fields` go together.'),
  ]),
);

const fields = z.record(z.string(), field);
const query = z.record(z.string(), z.union([z.string(), z.number()]));
const pathTemplate = z.string().startsWith('/', 'A path begins with /; the address before it is `baseUrl`.');

const paging = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('page'), parameter: z.string(), first: z.number().int().default(1) }),
  z.strictObject({ kind: z.literal('offset'), parameter: z.string() }),
  z.strictObject({ kind: z.literal('cursor'), parameter: z.string(), next: path, keep: z.boolean().default(false) }),
  // By the header Link, or by an address in the answer.
  z.strictObject({ kind: z.literal('link'), next: path.optional() }),
]);

const restRead = z.strictObject({
  from: z.literal('rest'),
  path: pathTemplate,
  query: query.default({}),
  items: path.default('$[*]'),
  pageSize: z.number().int().min(1).max(1000).default(100),
  paging: paging.default({ kind: 'none' }),
  /** The moment or number of a row by which the next reading begins. */
  since: z
    .strictObject({
      path,
      overlapSeconds: z.number().int().min(0).default(0),
      date: z.string().optional(),
      zone: z.string().optional(),
    })
    .optional(),
  fields,
});

const csvFormat = {
  delimiter: z.string().min(1).max(2).default(','),
  encoding: z.enum(['utf8', 'latin1', 'utf16le']).default('utf8'),
};

const csvRead = z
  .strictObject({
    from: z.literal('csv'),
    /** Below this server's folder for the organisation. */
    folder: z.string().optional(),
    files: z.string().default('*.csv'),
    url: z.url({ protocol: /^https?$/ }).optional(),
    ...csvFormat,
    columns: z.array(z.string()).optional(),
    groupBy: z.string().optional(),
    settleSeconds: z.number().int().min(0).default(5),
    fields,
  })
  .refine(({ folder, url }) => (folder === undefined) !== (url === undefined), 'Give either folder or url.');

const call = z.strictObject({
  method: z.enum(['POST', 'PUT', 'PATCH']),
  path: pathTemplate,
  query: query.default({}),
  /** How many kinds of answer there are: the record itself, or its id alone. */
  answer: z.union([z.strictObject({ item: path }), z.strictObject({ externalId: path })]).default({ item: '$' }),
});

const find = z.strictObject({ path: pathTemplate, query: query.default({}), item: path.default('$[0]') });

const restWrite = z
  .strictObject({
    to: z.literal('rest'),
    create: call,
    update: call.optional(),
    find: find.optional(),
    idempotencyHeader: z.string().optional(),
    body: fields,
  })
  .refine(
    write => write.find !== undefined || write.idempotencyHeader !== undefined,
    'Give `find` or `idempotencyHeader`: otherwise nobody knows whether a write whose answer was lost is there.',
  );

const csvWrite = z.strictObject({
  to: z.literal('csv'),
  folder: z.string(),
  /** {key} is put in. */
  file: z.string().includes('{key}', { message: 'The name has {key} in it.' }).default('{key}.csv'),
  ...csvFormat,
  /** One row an item of this list of the record; one row a record unless given. */
  each: path.optional(),
  columns: fields,
});

const kind = z.strictObject({
  read: z.discriminatedUnion('from', [restRead, csvRead]).optional(),
  fetch: z.strictObject({ path: pathTemplate, query: query.default({}), item: path.default('$') }).optional(),
  write: z.discriminatedUnion('to', [restWrite, csvWrite]).optional(),
});

const mapping = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1).max(200),
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  currency: z.string().length(3).optional(),
  auth: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('none') }),
      z.strictObject({ kind: z.literal('bearer') }),
      z.strictObject({ kind: z.literal('basic') }),
      z.strictObject({ kind: z.literal('header'), header: z.string().regex(/^[A-Za-z0-9-]+$/) }),
    ])
    .default({ kind: 'none' }),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string()).default({}),
  check: z.strictObject({ path: pathTemplate }).optional(),
  lookups: z.record(z.string(), lookup).default({}),
  kinds: z
    .strictObject({
      PRODUCT: kind.optional(),
      PRICE_BOOK: kind.optional(),
      STOCK: kind.optional(),
      CUSTOMER: kind.optional(),
      ORDER: kind.optional(),
      INVOICE: kind.optional(),
      PAYMENT: kind.optional(),
    })
    .refine(kinds => Object.values(kinds).some(one => one?.read || one?.write), 'It maps nothing.'),
});

export type Mapping = z.infer<typeof mapping>;
export type KindMapping = z.infer<typeof kind>;
export type RestRead = z.infer<typeof restRead>;
export type CsvRead = z.infer<typeof csvRead>;
export type RestWrite = z.infer<typeof restWrite>;
export type CsvWrite = z.infer<typeof csvWrite>;

/** Reads a mapping, YAML or JSON. Answers it, or everything that is wrong with it, each with where it is. */
export function readMapping(text: string): { mapping: Mapping } | { problems: string[] } {
  if (text.length > MOST_CHARACTERS) return { problems: [`A mapping has at most ${MOST_CHARACTERS} characters.`] };
  let raw: unknown;
  try {
    raw = parseYaml(text, { merge: true });
  } catch (error) {
    return {
      problems: [error instanceof YAMLParseError ? error.message.split('\n')[0]! : 'It is neither YAML nor JSON.'],
    };
  }
  const parsed = mapping.safeParse(raw);
  if (!parsed.success) return { problems: parsed.error.issues.flatMap(issue => said(issue)) };
  const problems = furtherProblems(parsed.data);
  return problems.length > 0 ? { problems } : { mapping: parsed.data };
}

/** Of alternatives, what is wrong with the one that was meant most likely: the one that got deepest. */
function said(issue: z.core.$ZodIssue, before: PropertyKey[] = []): string[] {
  const at = [...before, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const depth = (issues: z.core.$ZodIssue[]) => Math.max(...issues.map(one => one.path.length));
    const [deepest] = issue.errors.toSorted((a, b) => depth(b) - depth(a));
    const unexpected = issue.errors.flat().find(one => one.code === 'custom' || one.code === 'unrecognized_keys');
    return said(unexpected ?? deepest![0]!, [...at]);
  }
  return [`${at.map(String).join('.') || 'mapping'}: ${issue.message}`];
}

/** What each kind cannot do without. */
const NEEDED: Record<ErpKind, string[]> = {
  PRODUCT: ['externalId', 'sku', 'name'],
  PRICE_BOOK: ['externalId', 'name', 'currency', 'entries'],
  STOCK: ['externalId', 'quantity'],
  CUSTOMER: ['externalId', 'name'],
  ORDER: ['externalId', 'customerId', 'currency', 'placedAt', 'lines'],
  INVOICE: ['externalId', 'number', 'customerId', 'currency', 'total'],
  PAYMENT: ['externalId', 'customerId', 'amount', 'currency', 'paidOn'],
};

function furtherProblems(given: Mapping): string[] {
  const problems: string[] = [];
  for (const [name, one] of Object.entries(given.kinds) as [ErpKind, KindMapping | undefined][]) {
    if (!one) continue;
    for (const needed of one.read ? NEEDED[name] : []) {
      const hasDefault = needed === 'currency' && given.currency !== undefined;
      if (!(needed in one.read!.fields) && !hasDefault)
        problems.push(`kinds.${name}.read.fields: ${needed} is missing.`);
    }
    const usesRest = one.read?.from === 'rest' || one.write?.to === 'rest' || one.fetch !== undefined;
    if (usesRest && !given.baseUrl) problems.push(`kinds.${name}: baseUrl is missing.`);
    if (one.fetch && !one.read)
      problems.push(`kinds.${name}.fetch: what is fetched is read by the fields of \`read\`.`);
    if (one.write?.to === 'rest' && !one.read)
      problems.push(`kinds.${name}.write: its answer is read by the fields of \`read\`.`);
    for (const lookupName of lookupsIn([
      one.read?.fields,
      one.write && ('body' in one.write ? one.write.body : one.write.columns),
    ]))
      if (!(lookupName in given.lookups)) problems.push(`lookups: ${lookupName} is named but missing.`);
  }
  return [...new Set(problems)];
}

function lookupsIn(specs: unknown): string[] {
  if (Array.isArray(specs)) return specs.flatMap(lookupsIn);
  if (!specs || typeof specs !== 'object') return [];
  return Object.entries(specs).flatMap(([key, value]) =>
    key === 'lookup' && typeof value === 'string' ? [value] : lookupsIn(value),
  );
}
