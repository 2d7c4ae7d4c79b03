// What the schema has promised its clients: a part of it is removed only after it was marked as deprecated.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, findBreakingChanges, GraphQLSchema, isObjectType, Kind, parse, visit } from 'graphql';

/**
 * What clients could ask for before and cannot any more, as sentences. Compared is with the schema of SCHEMA_BASE (a
 * commit), else with that of the last commit before what is checked.
 */
export function brokenPromises(root, path, schema) {
  const before = committedSchema(root, path);
  if (!before) {
    console.warn('There is no earlier schema to compare with, so breaking changes are not looked for.');
    return [];
  }
  return findBreakingChanges(withoutDeprecated(before), schema).map(
    ({ description }) =>
      `This breaks clients: ${description} Mark it as deprecated first, and remove it in a later release.`,
  );
}

function committedSchema(root, path) {
  const isCommitted = readFileSync(join(root, path), 'utf8') === show(root, 'HEAD', path);
  return show(root, process.env.SCHEMA_BASE || (isCommitted ? 'HEAD~1' : 'HEAD'), path);
}

/** A file as of a commit; null where git, the commit or the file is missing, as in a shallow clone. */
function show(root, commit, path) {
  try {
    return execFileSync('git', ['show', `${commit}:${path}`], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 26,
    });
  } catch {
    return null;
  }
}

/** Only what clients may rely on: types that are reached by deprecated fields alone go with them. */
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
