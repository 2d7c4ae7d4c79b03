import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from '../../access/index.js';

export enum FloodMode {
  OFF = 'OFF',
  SUGGEST = 'SUGGEST',
  AUTOMATIC = 'AUTOMATIC',
}
registerEnumType(FloodMode, {
  name: 'FloodMode',
  description: 'What becomes of a flood of posts that are alike.',
  valuesConfig: {
    OFF: { description: 'Nothing: it is not looked for.' },
    SUGGEST: { description: 'An incident is suggested; its tickets are grouped once somebody confirms it.' },
    AUTOMATIC: { description: 'An incident is opened, and tickets of its posts belong to it at once.' },
  },
});

@ObjectType({ description: 'How what is said becomes tickets, beside the rules.', simpleResolvers: true })
@Entity('care_settings')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'care_settings_organization_fkey',
  onDelete: 'CASCADE',
})
export class CareSetting {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'care_settings_pkey' })
  organizationId: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'What somebody says to us alone goes on with their only open ticket in which anything was said in so many days, whatever the channel; null: never.',
  })
  @Column('integer', { nullable: true, default: 14 })
  continueDays: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'What is said in a ticket closed in so many days opens one that follows it up; null: never.',
  })
  @Column('integer', { nullable: true, default: 90 })
  followUpDays: number | null;

  @Field(() => Int, { description: 'So many acknowledgements an hour go to one person at most.' })
  @Column('integer', { default: 3 })
  acknowledgementsPerHour: number;

  @Field(() => FloodMode, { description: 'What becomes of a flood of posts that are alike.' })
  @Column('text', { default: 'OFF' })
  floodMode: FloodMode;

  @Field(() => Int, { description: 'From so many posts that are alike it is a flood.' })
  @Column('integer', { default: 10 })
  floodPosts: number;

  @Field(() => Int, { description: 'Within so many minutes.' })
  @Column('integer', { default: 30 })
  floodMinutes: number;

  @Field(() => Int, {
    description: 'Rises with every change; give it with a change to be told when somebody else was quicker.',
  })
  @Column('integer', { default: 1 })
  version: number;
}
