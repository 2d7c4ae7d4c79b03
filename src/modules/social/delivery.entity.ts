import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Account } from './account.entity.js';

/** RECEIVED waits to be read, DONE was, FAILED could not be. */
export type DeliveryState = 'RECEIVED' | 'DONE' | 'FAILED';

/** What a network sent, as it came. Requests write it; only the owner's connection reads what it says. */
@Entity('webhook_deliveries')
@Unique('webhook_deliveries_once_key', ['organizationId', 'accountId', 'deliveryId'])
@Index('webhook_deliveries_age_idx', ['state', 'receivedAt'])
@Index('webhook_deliveries_posts_idx', { synchronize: false })
@ForeignKey(() => Account, ['organizationId', 'accountId'], ['organizationId', 'id'], {
  name: 'webhook_deliveries_account_fkey',
  onDelete: 'CASCADE',
})
export class WebhookDelivery {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'webhook_deliveries_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'webhook_deliveries_pkey' })
  id: string;

  @Column('uuid')
  accountId: string;

  /** The network's own name of it: what it sends again is kept once. */
  @Column('text', { nullable: true })
  deliveryId: string | null;

  @Column('text')
  method: string;

  /** Address and headers, sealed: some networks put their secrets there. */
  @Column('text')
  envelope: string;

  @Column('bytea')
  body: Buffer;

  @Column('text', { default: 'RECEIVED' })
  state: DeliveryState;

  @Column('text', { nullable: true })
  problem: string | null;

  /** What it told of, by the network's own ids: what must be forgotten is forgotten here too. */
  @Column('text', { array: true, default: '{}' })
  postIds: string[];

  @Column('timestamptz', { default: () => 'now()' })
  receivedAt: string;

  @Column('timestamptz', { nullable: true })
  parsedAt: string | null;
}
