import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Json, Node } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';
import { TicketChannel, TicketType } from '../tickets/ticket.states.rules.js';
import type { SurveyTexts } from './survey.rules.js';
import { SurveyKind, SurveyTrigger } from './survey.rules.js';

registerEnumType(SurveyKind, {
  name: 'SurveyKind',
  description: 'What a survey asks for.',
  valuesConfig: {
    CSAT: { description: 'Customer satisfaction, from 1 to 5.' },
    NPS: { description: 'Whether they would recommend us, from 0 to 10.' },
    CES: { description: 'How easy we made it, from 1 to 7.' },
  },
});
registerEnumType(SurveyTrigger, {
  name: 'SurveyTrigger',
  description: 'When customers are asked.',
  valuesConfig: {
    SOLVED: { description: 'When a ticket was solved, unless it is opened again before they are asked.' },
    CLOSED: { description: 'When a ticket was closed.' },
    MANUAL: { description: 'Only when somebody sends it.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'A question that customers are asked about a ticket.',
  simpleResolvers: true,
})
@Entity('surveys')
@Unique('surveys_name_key', ['organizationId', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'surveys_organization_fkey', onDelete: 'CASCADE' })
export class Survey {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'surveys_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the survey.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'surveys_pkey' })
  id: string;

  @Field({ description: 'What it is called among us.' })
  @Column('text')
  name: string;

  @Field(() => SurveyKind, { description: 'What it asks for.' })
  @Column('text')
  kind: SurveyKind;

  @Field(() => Json, {
    description:
      'The words it is asked in, by language: { "es": { "question": "…", "thanks": "…" } }. What is missing is said in the words of the product.',
  })
  @Column('jsonb', { default: {} })
  texts: Record<string, SurveyTexts>;

  @Field(() => SurveyTrigger, { description: 'When customers are asked.' })
  @Column('text')
  trigger: SurveyTrigger;

  @Field(() => Int, { description: 'How long after that they are asked.' })
  @Column('integer', { default: 0 })
  delayMinutes: number;

  @Field(() => [TicketChannel], {
    description: 'Only for tickets that came by these channels; by any when there is none.',
  })
  @Column('text', { array: true, default: '{}' })
  channels: TicketChannel[];

  @Field(() => [TicketType], { description: 'Only for tickets of these types; of any when there is none.' })
  @Column('text', { array: true, default: '{}' })
  types: TicketType[];

  @Field(() => Int, { description: 'A customer who was asked anything is left alone for so many days.' })
  @Column('integer', { default: 30 })
  restDays: number;

  @Field(() => Int, { description: 'For how many days it can be answered.' })
  @Column('integer', { default: 14 })
  validDays: number;

  @Field({ description: 'Whether anybody is asked.' })
  @Column('boolean', { default: true })
  isActive: boolean;

  @Field(() => Int, { description: 'Rises with every change.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
