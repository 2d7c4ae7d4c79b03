// The types of the documents that tests and the console send, as codegen.yml asks for them. Its command-line tool is left out:
// it brings two hundred packages for reading schemas from anywhere, and ours is at hand.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import { concatAST, parse, printSchema, validate } from 'graphql';
import { parse as parseYaml } from 'yaml';

/** The files to write, as path and text. Throws where a document is not of this schema. */
export async function documentTypes(root, schema) {
  const wanted = parseYaml(readFileSync(join(root, 'codegen.yml'), 'utf8'));
  const documents = readDocuments(root, dirname(wanted.documents));
  const [mistake] = validate(schema, concatAST(documents.map(({ document }) => document)));
  if (mistake) throw new Error(`A document in ${wanted.documents} is not of this schema: ${mistake.message}`);
  return Promise.all(
    Object.entries(wanted.generates).map(async ([path, { plugins, config }]) => {
      const modules = await Promise.all(plugins.map(name => import(`@graphql-codegen/${name}`)));
      const text = await codegen({
        schema: parse(printSchema(schema)),
        documents,
        config,
        filename: path,
        plugins: plugins.map(name => ({ [name]: {} })),
        pluginMap: Object.fromEntries(plugins.map((name, index) => [name, modules[index]])),
      });
      return { path, text };
    }),
  );
}

function readDocuments(root, folder) {
  const names = readdirSync(join(root, folder)).filter(name => name.endsWith('.graphql'));
  return names.sort().map(name => {
    const location = join(folder, name);
    return { location, document: parse(readFileSync(join(root, location), 'utf8')) };
  });
}
