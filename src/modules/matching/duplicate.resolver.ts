import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { Permit, RequestContext } from '../access/index.js';
import {
  ContactPointKind,
  Customer,
  CustomerPayload,
  normaliseEmail,
  normalisePhone,
  normaliseWebsite,
} from '../customers/index.js';
import { DuplicateHintsInput, PossibleDuplicate } from './duplicate.inputs.js';
import { duplicatesOf, duplicatesOfCustomer, MOST_DUPLICATES } from './duplicate.queries.js';
import type { CustomerFacts } from './engine/index.js';

const FEW = 5;
const first = () =>
  Arg('first', () => Int, {
    nullable: true,
    description: `How many at most; ${FEW} unless said, ${MOST_DUPLICATES} are the most.`,
  });
const few = <One>(found: One[], most?: number | null): One[] => found.slice(0, Math.max(0, most ?? FEW));

@Resolver(() => Customer)
export class DuplicateResolver {
  @Permit('customers:write')
  @Query(() => [PossibleDuplicate], {
    description: 'Customers you may see that may be the one you are about to keep, the likeliest first.',
  })
  async duplicateHints(
    @Arg('input', () => DuplicateHintsInput, { description: 'What is known of it so far.' }) input: DuplicateHintsInput,
    @first() most: number | null,
    @Ctx() context: RequestContext,
  ): Promise<PossibleDuplicate[]> {
    return few(await duplicatesOf(context, factsOf(input)), most);
  }

  @FieldResolver(() => [PossibleDuplicate], {
    description: 'Other customers you may see that may be the same, the likeliest first.',
  })
  async possibleDuplicates(
    @Root() customer: Customer,
    @first() most: number | null,
    @Ctx() context: RequestContext,
  ): Promise<PossibleDuplicate[]> {
    return few(await context.load(duplicatesOfCustomer, customer.id), most);
  }
}

@Resolver(() => CustomerPayload)
export class CreatedDuplicateResolver {
  @FieldResolver(() => [PossibleDuplicate], {
    description: 'Other customers you may see that may be the one you have just kept or changed, the likeliest first.',
  })
  async possibleDuplicates(
    @Root() payload: { customerId?: string },
    @first() most: number | null,
    @Ctx() context: RequestContext,
  ): Promise<PossibleDuplicate[]> {
    return payload.customerId ? few(await context.load(duplicatesOfCustomer, payload.customerId), most) : [];
  }
}

const MOST_POINTS = 20;

/** What cannot be read as what it says it is, such as half a phone number, counts as not given yet. */
function factsOf(input: DuplicateHintsInput): CustomerFacts {
  const points = (input.contactPoints ?? []).slice(0, MOST_POINTS);
  const values = (kind: ContactPointKind, normalise: (raw: string) => string | null) =>
    points.filter(point => point.kind === kind).flatMap(point => normalise(point.value ?? '') ?? []);
  return {
    displayName: input.displayName ?? [input.givenName, input.familyName].filter(Boolean).join(' '),
    givenName: input.givenName,
    familyName: input.familyName,
    birthDate: input.birthDate,
    emails: values(ContactPointKind.EMAIL, normaliseEmail),
    phones: values(ContactPointKind.PHONE, normalisePhone),
    sites: values(ContactPointKind.WEBSITE, normaliseWebsite),
    cities: points.flatMap(point => point.address?.city ?? []),
  };
}
