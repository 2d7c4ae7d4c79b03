import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { DateTime, Reference } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';
import { Account } from '../../social/index.js';

@ObjectType({ description: 'How customers sign in by themselves, to see what is theirs.', simpleResolvers: true })
@Entity('portal_settings')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'portal_settings_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Account, ['organizationId', 'emailAccountId'], ['organizationId', 'id'], {
  name: 'portal_settings_email_account_fkey',
  onDelete: 'SET NULL',
})
@ForeignKey(() => Account, ['organizationId', 'smsAccountId'], ['organizationId', 'id'], {
  name: 'portal_settings_sms_account_fkey',
  onDelete: 'SET NULL',
})
export class PortalSettings {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'portal_settings_pkey' })
  organizationId: string;

  @Field(() => Boolean, { description: 'Whether customers are let in. Turning it off ends their sessions.' })
  @Column('boolean', { default: false })
  isOn: boolean;

  @Column('uuid', { nullable: true })
  emailAccountId: string | null;

  @Column('uuid', { nullable: true })
  smsAccountId: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Page of your own that links of sign-in messages lead to; the token follows in the fragment `#portal-token=`. Nothing for our own page.',
  })
  @Column('text', { nullable: true })
  pageUrl: string | null;

  @Field(() => Int, { description: 'For how many hours somebody stays signed in who does not renew it.' })
  @Column('integer', { default: 12 })
  sessionHours: number;

  @Field(() => Int, { description: 'Rises with every change.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { nullable: true, description: 'When it last changed; nothing while nobody has set it.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => Account, 'emailAccountId', {
    nullable: true,
    description: 'The account that codes are mailed from; without it nobody signs in by e-mail.',
  })
  emailAccount?: Account;

  @Reference(() => Account, 'smsAccountId', {
    nullable: true,
    description: 'The account that codes are texted from; without it nobody signs in by telephone number.',
  })
  smsAccount?: Account;
}
