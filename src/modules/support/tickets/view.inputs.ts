import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { MutationInput, MutationPayload } from '../../../platform/schema/index.js';
import { TicketFilter, TicketOrder } from './ticket.inputs.js';
import { TicketView } from './ticket-view.entity.js';

const filterOptions = { nullable: true, description: 'Which tickets it shows; all unless said.' };
const orderOptions = { nullable: true, description: 'In which order; the newest first unless said.' };
const positionOptions = { nullable: true, description: 'Its place among the others, the least first.' };

@InputType({ description: 'Saves a view.' })
export class CreateTicketViewInput extends MutationInput {
  @Field({ description: 'What it is called, up to 100 characters.' })
  name: string;
  @Field(() => TicketFilter, filterOptions)
  filter?: TicketFilter | null;
  @Field(() => [TicketOrder], orderOptions)
  orderBy?: InstanceType<typeof TicketOrder>[] | null;
  @Field(() => Int, positionOptions)
  position?: number | null;
  @Field(() => ID, { nullable: true, description: 'The team that shares it; your own unless said.' })
  teamId?: string | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether everybody sees it; for those who manage support.',
  })
  isForEverybody: boolean;
}

@InputType({ description: 'Changes a view; what is left out stays.' })
export class UpdateTicketViewInput extends MutationInput {
  @Field(() => ID, { description: 'The view.' })
  id: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What it is called, up to 100 characters.' })
  name?: string | null;
  @Field(() => TicketFilter, filterOptions)
  filter?: TicketFilter | null;
  @Field(() => [TicketOrder], orderOptions)
  orderBy?: InstanceType<typeof TicketOrder>[] | null;
  @Field(() => Int, positionOptions)
  position?: number | null;
}

@InputType({ description: 'Removes a view.' })
export class DeleteTicketViewInput extends MutationInput {
  @Field(() => ID, { description: 'The view.' })
  id: string;
}

@ObjectType({ description: 'A view after it was changed.', simpleResolvers: true })
export class TicketViewPayload extends MutationPayload {
  viewId?: string;
  @Field(() => TicketView, { nullable: true, description: 'The view, unless it was removed.' })
  view?: TicketView;
}
