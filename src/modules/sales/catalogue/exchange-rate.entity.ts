import { Field, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { printDecimal } from '../../../platform/money.js';
import { CalendarDate, Decimal, Derived } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';

@ObjectType({ description: "What a currency is worth in the organisation's own.", simpleResolvers: true })
@Entity('exchange_rates')
@Check('exchange_rates_rate_check', `(rate > 0)`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'exchange_rates_organization_fkey',
  onDelete: 'CASCADE',
})
export class ExchangeRate {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'exchange_rates_pkey' })
  organizationId: string;

  @Field({ description: 'The currency, ISO 4217.' })
  @PrimaryColumn('text', { primaryKeyConstraintName: 'exchange_rates_pkey' })
  currency: string;

  @Field(() => CalendarDate, { description: 'From this day on, until the next rate.' })
  @PrimaryColumn('date', { primaryKeyConstraintName: 'exchange_rates_pkey' })
  validFrom: string;

  @Derived(({ rate }: ExchangeRate) => printDecimal(rate))
  @Field(() => Decimal, { description: "How much of the organisation's own currency one of it is." })
  @Column('numeric', { precision: 20, scale: 10 })
  rate: string;
}
