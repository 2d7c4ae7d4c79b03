import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { MutationPayload, PublicId, Reference } from '../../platform/schema/index.js';
import { Customer } from './customer.entity.js';
import { NotRestoredReason } from './merge-undo.rules.js';

registerEnumType(NotRestoredReason, {
  name: 'NotRestoredReason',
  description: 'Why something is not as it was before a merge.',
  valuesConfig: {
    CHANGED_SINCE: { description: 'It was changed after the merge; the change stays.' },
    REMOVED_SINCE: { description: 'It was removed after the merge.' },
    TAKEN_SINCE: { description: 'Something else has its place by now.' },
    TARGET_GONE: { description: 'What it named is no more.' },
  },
});

@ObjectType({ description: 'What became of merging customers.', simpleResolvers: true })
export class MergeCustomersPayload extends MutationPayload {
  @Reference(() => Customer, 'customerId', {
    nullable: true,
    description: 'The survivor, where you may still see it; after a dry run as it is.',
  })
  customer?: Customer;
  @PublicId('merge')
  @Field(() => ID, { nullable: true, description: 'Names the merge, for `undoMerge`; nothing after a dry run.' })
  mergeId?: string;
}

@ObjectType({ description: 'Something that the undoing of a merge left as it is.', simpleResolvers: true })
export class NotRestored {
  @Field(() => ID, { description: 'The record.' })
  record: string;
  @Field(() => String, { nullable: true, description: 'Which field of it; nothing when it is the record as a whole.' })
  field: string | null;
  @Field(() => NotRestoredReason, { description: 'Why.' })
  reason: NotRestoredReason;
}

@ObjectType({ description: 'What became of undoing a merge.', simpleResolvers: true })
export class UndoMergePayload extends MutationPayload {
  @Field(() => [NotRestored], {
    nullable: true,
    description:
      'What could not be put back because of what was done after the merge; all else is as it was before it.',
  })
  notRestored?: NotRestored[];
}
