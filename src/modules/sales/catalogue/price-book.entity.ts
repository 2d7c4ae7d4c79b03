import { Check, Column, Entity, Exclusion, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../../access/index.js';

@Entity('price_books')
@Unique('price_books_name_key', ['organizationId', 'name'])
@Unique('price_books_external_id_key', ['organizationId', 'externalId'])
@Exclusion(
  'price_books_overlap_excl',
  `using gist (organization_id with =, coalesce(segment, '') with =, currency with =, daterange(valid_from, valid_until) with &&)`,
)
@Check('price_books_period_check', `(valid_until > valid_from)`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'price_books_organization_fkey',
  onDelete: 'CASCADE',
})
export class PriceBook {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'price_books_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'price_books_pkey' })
  id: string;

  @Column('text')
  name: string;

  /** A tag of customers; nothing: everybody's. */
  @Column('text', { nullable: true })
  segment: string | null;

  @Column('text')
  currency: string;

  @Column('date')
  validFrom: string;

  /** The first day it no longer holds. */
  @Column('date', { nullable: true })
  validUntil: string | null;

  @Column('text', { nullable: true })
  externalId: string | null;

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
