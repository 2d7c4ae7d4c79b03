import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Reference } from '../../../platform/schema/index.js';
import { ContactPointKind, Customer } from '../../customers/index.js';

export enum ContactMatchReason {
  VERIFIED = 'VERIFIED',
  PRIMARY = 'PRIMARY',
  LISTED = 'LISTED',
  IDENTITY = 'IDENTITY',
}
registerEnumType(ContactMatchReason, {
  name: 'ContactMatchReason',
  description: 'Why somebody is taken for who is calling or writing.',
  valuesConfig: {
    VERIFIED: { description: 'The address or number is proven to be theirs.' },
    PRIMARY: { description: 'It is the first to use of theirs.' },
    LISTED: { description: 'It is one of theirs.' },
    IDENTITY: { description: 'They have called or written from it under an identity of theirs.' },
  },
});

export enum ContactRisk {
  BREACHED = 'BREACHED',
  WAITING = 'WAITING',
  COMPLAINT = 'COMPLAINT',
  REOPENED = 'REOPENED',
  MANY_OPEN = 'MANY_OPEN',
  UNHAPPY = 'UNHAPPY',
  INFLUENTIAL = 'INFLUENTIAL',
}
registerEnumType(ContactRisk, {
  name: 'ContactRisk',
  description: 'What to be careful about with somebody.',
  valuesConfig: {
    BREACHED: { description: 'A promised time of an open ticket of theirs ran out.' },
    WAITING: { description: 'They have waited for us for more than a day.' },
    COMPLAINT: { description: 'They have an open complaint.' },
    REOPENED: { description: 'An open ticket of theirs was taken for solved before.' },
    MANY_OPEN: { description: 'They have three open tickets or more.' },
    UNHAPPY: { description: 'Their last words were bitter.' },
    INFLUENTIAL: { description: 'They move more people than 95 in 100 customers do.' },
  },
});

@ObjectType({
  description: 'Somebody who may be who is calling or writing, with what a person needs to know at that moment.',
  simpleResolvers: true,
})
export class ContactMatch {
  customerId: string;

  @Field(() => Int, { description: 'Place among those it may be, from 1.' })
  rank: number;
  @Field(() => [ContactMatchReason], { description: 'Why it may be them, the strongest reason first.' })
  reasons: ContactMatchReason[];
  @Reference(() => Customer, 'customerId', { nullable: true, description: 'Who it may be.' })
  customer?: Customer;
}

/** What the screen says of a customer beside what the customer itself tells. */
export interface Standing {
  openTicketCount: number;
  openOpportunityCount: number | null;
  mood: number | null;
  preferredLanguage: string | null;
  isVip: boolean | null;
  risks: ContactRisk[];
}

@ObjectType({ description: 'How a customer stands with us at the moment.', simpleResolvers: true })
export class ContactStanding implements Standing {
  @Field(() => Int, { description: 'How many tickets of theirs are open, of those you may see.' })
  openTicketCount: number;
  @Field(() => Int, {
    nullable: true,
    description: 'How many opportunities with them are open, of those you may see; nothing for who may not read sales.',
  })
  openOpportunityCount: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'How their last words felt, from −1 to 1; nothing when they have said none you may see.',
  })
  mood: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'The language to greet them in, BCP 47: the one kept of them, else the one they last spoke.',
  })
  preferredLanguage: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether they are marked "VIP"; nothing for whom marks are hidden.',
  })
  isVip: boolean | null;
  @Field(() => [ContactRisk], { description: 'What to be careful about.' })
  risks: ContactRisk[];
}

@ObjectType({
  description: 'Who an address or number belongs to, for the moment in which it calls or writes.',
  simpleResolvers: true,
})
export class ContactScreen {
  identityIds: string[];

  @Field(() => ContactPointKind, { nullable: true, description: 'What it is; nothing when that cannot be told.' })
  kind: ContactPointKind | null;
  @Field({ description: 'The address or number in its one normal spelling, or as it was given.' })
  value: string;
  @Field(() => [ContactMatch], {
    description: 'Who it may be, of customers you may see: the likeliest first, at most 20.',
  })
  matches: ContactMatch[];
}
