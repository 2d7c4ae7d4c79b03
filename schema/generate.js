// Writes what is printed from the code and read by people: schema/schema.graphql and the settings in README.md.
// With --check it writes nothing, and fails where they are out of date or where the schema breaks its clients.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, findBreakingChanges, GraphQLSchema, isObjectType, Kind, parse, printSchema, visit } from 'graphql';
import { z } from 'zod';
import { resolvers } from '../dist/src/app.js';
import { buildVinculoSchema, printable } from '../dist/src/graphql/schema.js';
import { settings } from '../dist/src/platform/config.js';

const root = join(import.meta.dirname, '..');
const SCHEMA = 'schema/schema.graphql';
const README = 'README.md';
const TABLE = /(<!-- settings -->\n)[\s\S]*?(\n<!-- end of settings -->)/;

const schema = printable(buildVinculoSchema(resolvers()));
const generated = [
  { path: SCHEMA, text: `${printSchema(schema)}\n` },
  { path: README, text: read(README).replace(TABLE, (_match, start, end) => start + settingsTable() + end) },
];

if (process.argv.includes('--check')) {
  const mistakes = [...generated.filter(isOutOfDate).map(staleness), ...brokenPromises().map(breakage)];
  for (const mistake of mistakes) console.error(mistake);
  if (mistakes.length > 0) process.exitCode = 1;
} else {
  for (const { path, text } of generated) writeFileSync(join(root, path), text);
}

function isOutOfDate({ path, text }) {
  return read(path) !== text;
}

function staleness({ path }) {
  return `${path} is not what the code says. Run "npm run schema" and commit what it writes.`;
}

function breakage({ description }) {
  return `The schema breaks its clients: ${description} Mark it as deprecated in one release before removing it in another.`;
}

/** What clients could ask for before and cannot any more. What was marked as deprecated may go. */
function brokenPromises() {
  const before = committedSchema();
  return before ? findBreakingChanges(withoutDeprecated(before), schema) : [];
}

/** The schema to stay true to: of SCHEMA_BASE (a commit), else of the last commit that is not what is checked. */
function committedSchema() {
  try {
    const base = process.env.SCHEMA_BASE || (read(SCHEMA) === git('show', `HEAD:${SCHEMA}`) ? 'HEAD~1' : 'HEAD');
    return git('show', `${base}:${SCHEMA}`);
  } catch {
    console.warn('There is no earlier schema here to compare with, so breaking changes are not looked for.');
    return null;
  }
}

function git(...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 26 });
}

/** A schema of only what clients may rely on: types that are reached by deprecated fields alone go with them. */
function withoutDeprecated(sdl) {
  const unlessDeprecated = node =>
    node.directives?.some(directive => directive.name.value === 'deprecated') ? null : undefined;
  const document = visit(parse(sdl), {
    [Kind.FIELD_DEFINITION]: unlessDeprecated,
    [Kind.INPUT_VALUE_DEFINITION]: unlessDeprecated,
    [Kind.ENUM_VALUE_DEFINITION]: unlessDeprecated,
  });
  const all = buildASTSchema(document);
  return new GraphQLSchema({
    query: all.getQueryType(),
    mutation: all.getMutationType(),
    subscription: all.getSubscriptionType(),
    types: Object.values(all.getTypeMap()).filter(type => isObjectType(type) && type.getInterfaces().length > 0),
  });
}

function settingsTable() {
  const { properties } = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' });
  const rows = Object.entries(properties).map(
    ([name, { description, default: value }]) => `| \`${name}\` | ${value === undefined ? '' : `\`${value}\``} | ${description} |`,
  );
  return ['| variable | default | what it says |', '| --- | --- | --- |', ...rows].join('\n');
}

function read(path) {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
