import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CalendarDate, DateTime, Derived, Money, moneyOf, Node, Reference } from '../../../platform/schema/index.js';
import { Member, Organization, Team } from '../../access/index.js';

export enum TargetPeriod {
  MONTH = 'MONTH',
  QUARTER = 'QUARTER',
  YEAR = 'YEAR',
  DAYS = 'DAYS',
}
registerEnumType(TargetPeriod, {
  name: 'TargetPeriod',
  description: 'How the days of a target are said.',
  valuesConfig: {
    MONTH: { description: 'A calendar month.' },
    QUARTER: { description: 'A quarter of a calendar year.' },
    YEAR: { description: 'A calendar year.' },
    DAYS: { description: 'From one day to another.' },
  },
});

@ObjectType('SalesTarget', {
  implements: Node,
  description: 'What a person, a team or the whole organisation is to sell in a period: a quota.',
  simpleResolvers: true,
})
@Entity('sales_targets')
@Check('sales_targets_holder_check', `(owner_id is null or team_id is null)`)
@Check('sales_targets_days_check', `(ends_on >= starts_on)`)
@Check('sales_targets_amount_check', `(amount >= 0)`)
@Exclusion(
  'sales_targets_overlap_excl',
  `using gist (organization_id with =, coalesce(owner_id, team_id, '00000000-0000-0000-0000-000000000000'::uuid) with =, daterange(starts_on, ends_on, '[]') with &&)`,
)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'sales_targets_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'ownerId'], ['organizationId', 'id'], {
  name: 'sales_targets_owner_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], {
  name: 'sales_targets_team_fkey',
  onDelete: 'CASCADE',
})
@Index('sales_targets_days_idx', ['organizationId', 'startsOn', 'id'])
@Index('sales_targets_owner_idx', ['organizationId', 'ownerId'])
@Index('sales_targets_team_idx', ['organizationId', 'teamId'])
export class SalesTarget {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sales_targets_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the target.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sales_targets_pkey' })
  id: string;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Reference(() => Member, 'ownerId', { nullable: true, description: 'Whose it is, of one of a person.' })
  owner?: Member;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Reference(() => Team, 'teamId', { nullable: true, description: 'Whose it is, of one of a team.' })
  team?: Team;

  @Field(() => TargetPeriod, { description: 'How its days were said.' })
  @Column('text')
  period: TargetPeriod;

  @Field(() => CalendarDate, { description: 'Its first day.' })
  @Column('date')
  startsOn: string;

  @Field(() => CalendarDate, { description: 'Its last day, itself included.' })
  @Column('date')
  endsOn: string;

  @Derived((target: SalesTarget) => moneyOf(target.amount, target.currency))
  @Field(() => Money, { description: 'How much is to be won.' })
  @Column('numeric', { precision: 19, scale: 4 })
  amount: string;

  @Column('text')
  currency: string;

  @Field(() => Int, { description: 'Counts its changes, for changing it only as it is known.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was first set.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it was last set.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
