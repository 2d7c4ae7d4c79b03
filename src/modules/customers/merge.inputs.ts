import { Field, ID, InputType } from 'type-graphql';
import { MutationInput } from '../../platform/schema/index.js';

@InputType({ description: 'Whose value of a field the survivor gets.' })
export class MergeFieldChoice {
  @Field({
    description:
      'A field of a customer by its name, such as `givenName` or `owner`; of those with keys one key, as `customFields.branch` or `preferences.bread`.',
  })
  field: string;
  @Field(() => ID, {
    description: 'The customer whose value it is, the survivor or one of the merged; also to have none.',
  })
  fromId: string;
}

@InputType({ description: 'Customers that are one.' })
export class MergeCustomersInput extends MutationInput {
  @Field(() => ID, { description: 'The customer that stays.' })
  survivorId: string;
  @Field(() => [ID], {
    description:
      'Those that become it, 1 to 10. At most 50,000 records may belong to them and the survivor together: contact points, ties, identities and the like.',
  })
  mergedIds: string[];
  @Field(() => [MergeFieldChoice], {
    nullable: true,
    description:
      "Whose value counts, field by field. Unless said it is the survivor's, or where it has none that of the first of the merged that has one; tags are put together.",
  })
  fields?: MergeFieldChoice[];
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Only says what would change, in `report`. Nothing is kept of it, its idempotency key neither.',
  })
  dryRun: boolean;
}

@InputType({ description: 'Which merge was a mistake.' })
export class UndoMergeInput extends MutationInput {
  @Field(() => ID, { description: 'The merge, as `mergeCustomers` or `Customer.merges` names it.' })
  mergeId: string;
}
