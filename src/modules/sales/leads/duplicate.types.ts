import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Derived, Reference } from '../../../platform/schema/index.js';
import type { Language, RequestContext } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Lead } from './lead.entity.js';

export enum LeadDuplicateCode {
  SAME_EMAIL = 'SAME_EMAIL',
  SAME_PHONE = 'SAME_PHONE',
  SAME_IDENTITY = 'SAME_IDENTITY',
}
registerEnumType(LeadDuplicateCode, {
  name: 'LeadDuplicateCode',
  description: 'Why a lead may be somebody we know.',
  valuesConfig: {
    SAME_EMAIL: { description: 'They have the same e-mail address.' },
    SAME_PHONE: { description: 'They have the same telephone number.' },
    SAME_IDENTITY: { description: 'They are the same identity on a network.' },
  },
});

const WORDS: Record<Language, Record<LeadDuplicateCode, string>> = {
  en: {
    SAME_EMAIL: 'The same e-mail address',
    SAME_PHONE: 'The same telephone number',
    SAME_IDENTITY: 'The same identity on a network',
  },
  es: {
    SAME_EMAIL: 'El mismo correo electrónico',
    SAME_PHONE: 'El mismo teléfono',
    SAME_IDENTITY: 'La misma identidad en una red',
  },
  pt: {
    SAME_EMAIL: 'O mesmo e-mail',
    SAME_PHONE: 'O mesmo telefone',
    SAME_IDENTITY: 'A mesma identidade em uma rede',
  },
};

@ObjectType({ description: 'Why a lead may be somebody we know.', simpleResolvers: true })
export class LeadDuplicateReason {
  @Field(() => LeadDuplicateCode, { description: 'The reason, for programs.' })
  code: LeadDuplicateCode;
  @Derived(({ code }: { code: LeadDuplicateCode }, { language }: RequestContext) => WORDS[language][code])
  @Field({ description: "The reason in plain words, in the reader's language." })
  explanation: string;
}

@ObjectType({ description: 'Somebody we know whom a lead may be: a customer, or another lead.', simpleResolvers: true })
export class LeadDuplicate {
  customerId?: string;
  leadId?: string;
  @Reference(() => Customer, 'customerId', { nullable: true, description: 'The customer it may be.' })
  customer?: Customer;
  @Reference(() => Lead, 'leadId', { nullable: true, description: 'The lead it may be.' })
  lead?: Lead;
  @Field({
    description: 'Whether it certainly is: a customer whose primary or verified address, or whose identity, it has.',
  })
  isCertain: boolean;
  @Field(() => [LeadDuplicateReason], { description: 'Why.' })
  reasons: { code: LeadDuplicateCode }[];
}

@InputType({ description: 'A lead that is about to be kept, as far as it is known.' })
export class LeadDuplicatesInput {
  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  email?: string | null;
  @Field(() => String, { nullable: true, description: "Telephone number; without its country in the organisation's." })
  phone?: string | null;
  @Field(() => ID, { nullable: true, description: 'Who they are on a network.' })
  identityId?: string | null;
}
