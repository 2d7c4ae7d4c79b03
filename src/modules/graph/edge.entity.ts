import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { type InteractionKind, SocialIdentity } from '../social/index.js';

/** Everything that interactions of one kind between two identities add up to. Read as rows, never shown as such. */
@Entity('identity_edges')
@Index('identity_edges_from_idx', { synchronize: false })
@Index('identity_edges_to_idx', { synchronize: false })
@ForeignKey(() => SocialIdentity, ['organizationId', 'fromIdentityId'], ['organizationId', 'id'], {
  name: 'identity_edges_from_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => SocialIdentity, ['organizationId', 'toIdentityId'], ['organizationId', 'id'], {
  name: 'identity_edges_to_fkey',
  onDelete: 'CASCADE',
})
export class IdentityEdge {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'identity_edges_pkey' })
  organizationId: string;

  /** Who acted. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'identity_edges_pkey' })
  fromIdentityId: string;

  /** On whom. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'identity_edges_pkey' })
  toIdentityId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'identity_edges_pkey' })
  kind: InteractionKind;

  @Column('integer')
  count: number;

  /** log2 of the sum of weight × 2^(moment ÷ half-life), moments in seconds since 1970. */
  @Column('double precision')
  strength: number;

  @Column('timestamptz')
  firstAt: string;

  @Column('timestamptz')
  lastAt: string;
}
