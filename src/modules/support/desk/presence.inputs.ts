import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime, MutationInput, Reference } from '../../../platform/schema/index.js';
import { Member } from '../../access/index.js';

export enum TicketPresenceState {
  VIEWING = 'VIEWING',
  TYPING = 'TYPING',
  LEFT = 'LEFT',
}
registerEnumType(TicketPresenceState, {
  name: 'TicketPresenceState',
  description: 'What somebody does with a ticket at this moment.',
  valuesConfig: {
    VIEWING: { description: 'They look at it.' },
    TYPING: { description: 'They write in it.' },
    LEFT: { description: 'They have gone.' },
  },
});

@InputType({ description: 'What one does with a ticket at this moment.' })
export class ReportTicketPresenceInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field(() => TicketPresenceState, { description: 'What; for 30 seconds unless it is said again.' })
  state: TicketPresenceState;
}

@ObjectType({
  description: 'A colleague who looks at a ticket, or writes in it, at this moment.',
  simpleResolvers: true,
})
export class TicketPresenceEntry {
  @Reference(() => Member, 'memberId', { nullable: true, description: 'Who.' })
  member?: Member;
  @Field(() => TicketPresenceState, { description: 'What they do.' })
  state: TicketPresenceState;
  @Field(() => DateTime, { description: 'Since when.' })
  since: string;
}
