import { Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, Derived, Reference } from '../../platform/schema/index.js';
import type { RequestContext } from '../access/index.js';
import { Customer } from '../customers/index.js';
import { evidenceInWords, shownEvidence } from './evidence.rules.js';
import { SocialIdentity } from './identity.entity.js';
import { type Evidence, EvidenceKind, type EvidenceParameters, LinkMethod } from './linking.rules.js';

export enum LinkStatus {
  CONFIRMED = 'CONFIRMED',
  ENDED = 'ENDED',
}
registerEnumType(LinkStatus, {
  name: 'LinkStatus',
  description: 'Whether a link holds.',
  valuesConfig: { CONFIRMED: { description: 'It holds.' }, ENDED: { description: 'It held once; kept as history.' } },
});
registerEnumType(LinkMethod, {
  name: 'LinkMethod',
  description: 'How a link came about.',
  valuesConfig: {
    AUTOMATIC: { description: 'By exact proof, or by a likeness beyond reasonable doubt.' },
    MANUAL: { description: 'A person decided it.' },
    CLAIM: { description: 'The customer published a code on the identity.' },
  },
});
registerEnumType(EvidenceKind, {
  name: 'EvidenceKind',
  description: 'What a link, or the suggestion of one, rests on.',
  valuesConfig: {
    VERIFIED_EMAIL: { description: "The network vouches for an e-mail address that is the customer's." },
    VERIFIED_PHONE: { description: "The network vouches for a phone number that is the customer's." },
    PROFILE_LINK: { description: "The profile names the customer's own site." },
    CONFIRMED_CLAIM: { description: 'A code we gave the customer was published by the identity.' },
    MANUAL: { description: 'A person said so.' },
    NAME: { description: 'The names, of a person or a company, as they are shown and as handles are made of them.' },
    HANDLE: { description: 'The handle, against those the customer is known by.' },
    EMAIL: { description: 'E-mail addresses.' },
    PHONE: { description: 'Phone numbers.' },
    BIRTH_DATE: { description: 'When they were born, also as the digits of a handle tell it.' },
    PLACE: { description: 'Where they live.' },
    WORDS: { description: 'What they say of themselves.' },
    SITE: { description: 'Web sites.' },
    AVATAR: { description: 'Pictures, by their address.' },
    LANGUAGE: { description: 'Languages.' },
    POSTING_HOURS: { description: 'At what hours of the day they post.' },
    BORROWED_NAME: { description: 'That it says it is a parody, a fan or not official.' },
    RIVALS: { description: 'That other customers fit as well.' },
  },
});

@ObjectType({ description: 'One thing a link, or the suggestion of one, rests on.', simpleResolvers: true })
export class LinkEvidence implements Evidence {
  @Field(() => EvidenceKind, { description: 'What kind of proof.' })
  kind: EvidenceKind;
  @Derived((evidence: Evidence, context: RequestContext) => evidenceInWords(evidence, context.language))
  @Field({ description: "What was compared, in plain words of the reader's language." })
  detail: string;
  @Field(() => Float, { description: 'How much it says, in bits; negative where it speaks against.' })
  weight: number;
  code?: string;
  parameters?: EvidenceParameters;
}

@ObjectType({ description: 'That an identity is a customer: since when, and on what grounds.', simpleResolvers: true })
@Entity('identity_links')
@Index('identity_links_active_key', { synchronize: false })
@Index('identity_links_identity_idx', ['organizationId', 'identityId', 'linkedAt'])
@Index('identity_links_customer_idx', ['organizationId', 'customerId', 'linkedAt'])
@ForeignKey(() => SocialIdentity, ['organizationId', 'identityId'], ['organizationId', 'id'], {
  name: 'identity_links_identity_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'identity_links_customer_fkey',
})
export class IdentityLink {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'identity_links_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the link.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'identity_links_pkey' })
  id: string;

  @Column('uuid')
  identityId: string;

  @Column('uuid')
  customerId: string;

  @Field(() => LinkStatus, { description: 'Whether it holds.' })
  @Column('text', { select: false })
  status: LinkStatus;

  @Field(() => LinkMethod, { description: 'How it came about.' })
  @Column('text')
  method: LinkMethod;

  @Field(() => Float, { description: 'How sure it is, 0 to 1; exact proof and people are 1.' })
  @Column('real')
  confidence: number;

  @Derived(({ evidence }: IdentityLink, context: RequestContext) => shownEvidence(evidence, context))
  @Field(() => [LinkEvidence], { description: 'What it rests on, of what you may see.' })
  @Column('jsonb', { default: [] })
  evidence: LinkEvidence[];

  @Field({ description: 'Who made it, as in the audit log.' })
  @Column('text')
  linkedBy: string;

  @Field(() => DateTime, { description: 'Since when.' })
  @Column('timestamptz', { default: () => 'now()' })
  linkedAt: string;

  @Field(() => String, { nullable: true, description: 'Who ended it, as in the audit log.' })
  @Column('text', { nullable: true })
  unlinkedBy: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when; nothing while it holds.' })
  @Column('timestamptz', { nullable: true })
  unlinkedAt: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was ended.' })
  @Column('text', { nullable: true })
  unlinkReason: string | null;

  @Reference(() => Customer, 'customerId', {
    nullable: true,
    description: 'The customer; nothing when you may not see it.',
  })
  customer?: Customer;
}
