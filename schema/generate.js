// Writes what is printed from the code: schema/schema.graphql, the types of the documents in schema/operations, and the
// settings in README.md and .env.example. With --check it writes nothing, and fails where one of them is out of date or where the schema
// breaks its clients. It reads what is built, and needs no database.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { z } from 'zod';
import { resolvers } from '../dist/src/app.js';
import { buildVinculoSchema } from '../dist/src/graphql/schema.js';
import { settings } from '../dist/src/platform/config.js';
import { documentTypes } from './documents.js';
import { brokenPromises } from './promises.js';

const root = join(import.meta.dirname, '..');
const SCHEMA = 'schema/schema.graphql';
const README = 'README.md';
const SETTINGS = /(?<=<!-- settings -->\n)[\s\S]*?(?=<!-- end of settings -->)/;
const isCheck = process.argv.includes('--check');

// In alphabetical order, so that the committed file changes only where the schema does.
const schema = lexicographicSortSchema(buildVinculoSchema(resolvers()));
const mistakes = [];

keep(SCHEMA, `${printSchema(schema)}\n`);
keep(README, withSettings(read(README)));
keep('.env.example', settingsFile());
try {
  for (const { path, text } of await documentTypes(root, schema)) keep(path, text);
} catch (error) {
  mistakes.push(error.message);
}
if (isCheck) mistakes.push(...brokenPromises(root, SCHEMA, schema));

for (const mistake of mistakes) console.error(mistake);
process.exitCode = mistakes.length > 0 ? 1 : 0;

function keep(path, text) {
  if (!isCheck) writeFileSync(join(root, path), text);
  else if (read(path) !== text)
    mistakes.push(`${path} is not what the code says. Run "npm run schema" and commit what it writes.`);
}

function read(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

function withSettings(readme) {
  if (!SETTINGS.test(readme)) mistakes.push(`${README} has lost the marks between which the settings stand.`);
  return readme.replace(SETTINGS, settingsTable);
}

function allSettings() {
  const { properties } = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, { description, default: value }]) => ({ name, description, value }));
}

function settingsTable() {
  const rows = allSettings().map(
    ({ name, description, value }) => `| \`${name}\` | ${value === undefined ? '' : `\`${value}\``} | ${description} |`,
  );
  return ['', '| variable | default | what it says |', '| --- | --- | --- |', ...rows, '', ''].join('\n');
}

function settingsFile() {
  const entries = allSettings().map(({ name, description, value }) => `# ${description}\n#${name}=${value ?? ''}\n`);
  return ['# Copy this to .env and take away the # where you want something else.\n', ...entries].join('\n');
}
