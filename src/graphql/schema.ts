import { type GraphQLField, type GraphQLFieldResolver, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { overSocket } from '../events/index.js';
import { type RequestContext, rootRules } from '../modules/access/index.js';
import { applyShapes, applyTypeNames, DateTime } from '../platform/schema/index.js';

// biome-ignore lint/complexity/noBannedTypes: type-graphql's own type for resolver classes
export type ResolverClass = Function;

/** Builds the schema. `instances` are the resolvers, made by hand; every root field must say who may use it. */
export function buildVinculoSchema(instances: object[]): GraphQLSchema {
  const byClass = new Map(instances.map(instance => [instance.constructor, instance]));
  const schema = buildSchemaSync({
    resolvers: [...byClass.keys()] as [ResolverClass, ...ResolverClass[]],
    container: { get: type => byClass.get(type) },
    scalarsMap: [{ type: Date, scalar: DateTime }],
    // Services say in `userErrors` what is wrong, in the product's words.
    validate: false,
    // The server refuses a schema that is not valid by itself, without asking it for all of it.
    skipCheck: true,
    // Events reach subscribers through the hub; type-graphql asks for this before it prints a subscription.
    pubSub: { publish: overSocket, subscribe: overSocket },
  });
  applyShapes(schema);
  applyTypeNames(schema);
  applyPermissions(schema);
  for (const [root, description] of Object.entries(ROOTS)) schema.getType(root)!.description = description;
  return schema;
}

/** The roots have no class that could say what they are. */
const ROOTS = {
  Query: 'Everything that can be read.',
  Mutation:
    'Everything that can be done. Each takes one `input`, and answers with `userErrors` what a person can mend.',
  Subscription: 'Everything that is told as it happens; with a cursor as `after`, first what was missed since.',
};

function applyPermissions(schema: GraphQLSchema): void {
  const rules = rootRules();
  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    for (const field of Object.values((root as GraphQLObjectType | null)?.getFields() ?? {})) {
      const rule = rules.get(field.name);
      if (!rule) throw new Error(`${root!.name}.${field.name} does not say who may use it: give it @Permit(…).`);
      if (rule === 'PUBLIC') continue;
      guard(field as GraphQLField<unknown, RequestContext>, context => context.viewer.require(rule));
    }
  }
}

function guard(field: GraphQLField<unknown, RequestContext>, check: (context: RequestContext) => void): void {
  const inner = field.resolve as GraphQLFieldResolver<unknown, RequestContext>;
  field.resolve = (root, args, context, info) => {
    check(context);
    return inner(root, args, context, info);
  };
}
