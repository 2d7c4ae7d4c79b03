import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, PublicId } from '../../platform/schema/index.js';
import { Customer } from './customer.entity.js';

export enum ConsentPurpose {
  SERVICE = 'SERVICE',
  MARKETING = 'MARKETING',
  ANALYSIS = 'ANALYSIS',
  SHARING = 'SHARING',
}
registerEnumType(ConsentPurpose, {
  name: 'ConsentPurpose',
  description: 'What a customer consents to.',
  valuesConfig: {
    SERVICE: { description: 'Being written to about what they bought or asked.' },
    MARKETING: { description: 'Being offered things.' },
    ANALYSIS: { description: 'Having what they say and do analysed.' },
    SHARING: { description: 'Having their data passed on to partners.' },
  },
});

export enum ConsentChannel {
  EMAIL = 'EMAIL',
  PHONE = 'PHONE',
  SMS = 'SMS',
  MESSAGING = 'MESSAGING',
  SOCIAL = 'SOCIAL',
  MAIL = 'MAIL',
}
registerEnumType(ConsentChannel, {
  name: 'ConsentChannel',
  description: 'Over which channel.',
  valuesConfig: {
    EMAIL: { description: 'E-mail.' },
    PHONE: { description: 'Telephone calls.' },
    SMS: { description: 'Text messages.' },
    MESSAGING: { description: 'Messaging apps.' },
    SOCIAL: { description: 'Social networks.' },
    MAIL: { description: 'Letters.' },
  },
});

export enum ConsentState {
  GRANTED = 'GRANTED',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(ConsentState, {
  name: 'ConsentState',
  description: 'What was said.',
  valuesConfig: {
    GRANTED: { description: 'Yes.' },
    WITHDRAWN: { description: 'No, or no longer.' },
  },
});

@ObjectType({
  description:
    'What a customer said to one purpose on one channel at one time. Saying something else later adds another.',
  simpleResolvers: true,
})
@Entity('consents')
@Index('consents_customer_idx', ['organizationId', 'customerId', 'recordedAt'])
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'consents_customer_fkey',
  onDelete: 'CASCADE',
})
export class Consent {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'consents_pkey' })
  organizationId: string;

  @PublicId('consent')
  @Field(() => ID, { description: 'Id of the record.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'consents_pkey' })
  id: string;

  @Column('uuid')
  customerId: string;

  @Field(() => ConsentPurpose, { description: 'What for.' })
  @Column('text')
  purpose: ConsentPurpose;

  @Field(() => ConsentChannel, { description: 'Over which channel.' })
  @Column('text')
  channel: ConsentChannel;

  @Field(() => ConsentState, { description: 'What was said.' })
  @Column('text')
  state: ConsentState;

  @Field(() => String, { nullable: true, description: 'Where it was said, such as "sign-up form".' })
  @Column('text', { nullable: true })
  source: string | null;

  @Field(() => String, { nullable: true, description: 'What proves it, such as the id of a signed form.' })
  @Column('text', { nullable: true })
  evidence: string | null;

  @Field(() => DateTime, { description: 'When it was said.' })
  @Column('timestamptz', { default: () => 'now()' })
  recordedAt: string;
}
