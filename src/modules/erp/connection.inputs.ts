import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime, MutationInput, MutationPayload, Reference } from '../../platform/schema/index.js';
import { ErpProblem, ErpSystem } from './connection.entity.js';
import { ErpRecordKind } from './kinds.rules.js';

@ObjectType({ description: 'Something to give when an ERP is connected.', simpleResolvers: true })
export class ErpAdapterField {
  @Field({ description: 'Under which name it is given.' })
  name: string;
  @Field({ description: 'What people call it.' })
  label: string;
  @Field({ description: 'Whether it is a secret: sealed, and never shown again.' })
  secret: boolean;
  @Field({ description: 'Whether an ERP cannot be connected without it.' })
  required: boolean;
  @Field(() => String, { nullable: true, description: 'What it is, and where to find it.' })
  help?: string | undefined;
}

@ObjectType({ description: 'A way to reach an ERP.', simpleResolvers: true })
export class ErpAdapter {
  @Field({ description: 'Name of the adapter, as `connectErp` takes it.' })
  adapter: string;
  @Field({ description: 'What people call it.' })
  label: string;
  @Field(() => [ErpAdapterField], { description: 'What to give when an ERP is connected.' })
  fields: ErpAdapterField[];
  @Field(() => [ErpRecordKind], { description: 'What it can read.' })
  reads: ErpRecordKind[];
  @Field(() => [ErpRecordKind], { description: 'What it can write.' })
  writes: ErpRecordKind[];
}

export enum ErpFieldRuleKind {
  OURS = 'OURS',
  THEIRS = 'THEIRS',
  NEWEST = 'NEWEST',
  ASK = 'ASK',
}
registerEnumType(ErpFieldRuleKind, {
  name: 'ErpFieldRuleKind',
  description: 'Who is right about a field that both sides changed to different things.',
  valuesConfig: {
    OURS: { description: 'What is kept here.' },
    THEIRS: { description: 'What the ERP has.' },
    NEWEST: { description: 'Whoever changed the record last; where that is not known, a person.' },
    ASK: { description: 'A person: it becomes a conflict. So it is unless said.' },
  },
});

@ObjectType({ description: 'Who is right about a field.', simpleResolvers: true })
export class ErpFieldRule {
  @Field(() => ErpRecordKind, { description: 'PRODUCT or CUSTOMER; of the other kinds the ERP has the word.' })
  kind: ErpRecordKind;
  @Field({ description: 'The field.' })
  field: string;
  @Field(() => ErpFieldRuleKind, { description: 'Who is right.' })
  rule: ErpFieldRuleKind;
}

@ObjectType({ description: 'How far a kind of record is in step.', simpleResolvers: true })
export class ErpKindStatus {
  @Field(() => ErpRecordKind, { description: 'The kind.' })
  kind: ErpRecordKind;
  @Field(() => DateTime, { nullable: true, description: 'When it was last read.' })
  syncedAt: string | null;
  @Field(() => Int, { description: 'How many records the ERP has told, the same one counted each time.' })
  readCount: number;
  @Field(() => Int, { description: 'How many of its records are known to be one of ours.' })
  linkedCount: number;
  @Field(() => Int, { description: 'How many were read and wait for something they name, or were refused.' })
  waitingCount: number;
  @Field(() => Int, { description: 'How many fields somebody must decide on.' })
  conflictCount: number;
  @Field(() => Boolean, { description: 'Whether it is being read again from the beginning.' })
  replaying: boolean;
  @Field(() => ErpProblem, { nullable: true, description: 'Why it could not be read the last time.' })
  problem: object | null;
}

@ObjectType({
  description: 'Something that was read from an ERP and is not kept, or only in part.',
  simpleResolvers: true,
})
export class ErpWaitingRecord {
  @Field(() => ErpRecordKind, { description: 'What it is.' })
  kind: ErpRecordKind;
  @Field({ description: 'Its id in the ERP.' })
  externalId: string;
  @Field(() => ErpRecordKind, { nullable: true, description: 'What kind of record it waits for.' })
  missingKind: ErpRecordKind | null;
  @Field(() => String, { nullable: true, description: 'The id, in the ERP, of what it waits for.' })
  missingId: string | null;
  @Field(() => String, { nullable: true, description: 'What is wrong with it, where it waits for nothing.' })
  problem: string | null;
  @Field(() => DateTime, { description: 'Since when it waits.' })
  createdAt: string;
}

@InputType({ description: 'A value and the name of the field it is for; see `erpAdapters`.' })
export class ErpValueInput {
  @Field({ description: 'Name of the field.' })
  name: string;
  @Field({ description: 'What it is to be.' })
  value: string;
}

@InputType()
abstract class GivenErpInput extends MutationInput {
  @Field(() => [ErpValueInput], { nullable: true, description: 'What is shown: addresses, names, a mapping.' })
  settings?: ErpValueInput[] | null;
  @Field(() => [ErpValueInput], { nullable: true, description: 'What nobody is ever shown again: passwords, tokens.' })
  secrets?: ErpValueInput[] | null;
  @Field(() => Int, { nullable: true, description: 'How often it is read, in minutes, 1 to 1,440; 5 unless said.' })
  intervalMinutes?: number | null;
}

@InputType({ description: 'An ERP to connect.' })
export class ConnectErpInput extends GivenErpInput {
  @Field({ description: 'The adapter; see `erpAdapters`.' })
  adapter: string;
  @Field({ description: 'What to call it; the organisation has one of that name.' })
  name: string;
}

@InputType({ description: 'What to change of a connection; what is left out stays.' })
export class UpdateErpConnectionInput extends GivenErpInput {
  @Field(() => ID, { description: 'The connection.' })
  id: string;
  @Field(() => String, { nullable: true, description: 'What to call it.' })
  name?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
}

@InputType({ description: 'Names a connection.' })
export class ErpConnectionIdInput extends MutationInput {
  @Field(() => ID, { description: 'The connection.' })
  id: string;
}

@InputType({ description: 'What is read again from the beginning.' })
export class ReplayErpInput extends MutationInput {
  @Field(() => ID, { description: 'The connection.' })
  id: string;
  @Field(() => [ErpRecordKind], { nullable: true, description: 'Which kinds; all of them unless said.' })
  kinds?: ErpRecordKind[] | null;
}

@InputType({ description: 'What would be read.' })
export class DryRunErpInput extends MutationInput {
  @Field(() => ID, { description: 'The connection.' })
  id: string;
  @Field(() => [ErpRecordKind], { nullable: true, description: 'Which kinds; all of them unless said.' })
  kinds?: ErpRecordKind[] | null;
}

@InputType({ description: 'Who is right about a field.' })
export class ErpFieldRuleInput {
  @Field(() => ErpRecordKind, { description: 'PRODUCT or CUSTOMER.' })
  kind: ErpRecordKind;
  @Field({
    description:
      'The field: of a product sku, name, description, kind, unit, taxPercent, isActive; of a customer kind, name, email, phone, taxId, language, address.',
  })
  field: string;
  @Field(() => ErpFieldRuleKind, { description: 'Who is right.' })
  rule: ErpFieldRuleKind;
}

@InputType({ description: 'Who is right, field by field.' })
export class SetErpFieldRulesInput extends MutationInput {
  @Field(() => ID, { description: 'The connection.' })
  id: string;
  @Field(() => [ErpFieldRuleInput], { description: 'All rules there are to be; a field without one is asked about.' })
  rules: ErpFieldRuleInput[];
}

@ObjectType({ description: 'A connection after it was changed.', simpleResolvers: true })
export class ErpConnectionPayload extends MutationPayload {
  @Reference(() => ErpSystem, 'connectionId', { nullable: true, description: 'The connection as it is now.' })
  connection?: ErpSystem;
}

@ObjectType({ description: 'What was removed.', simpleResolvers: true })
export class RemoveErpPayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the connection that is no more.' })
  removedConnectionId?: string;
}

export enum ErpEffect {
  CREATED = 'CREATED',
  CHANGED = 'CHANGED',
  UNCHANGED = 'UNCHANGED',
  WAITING = 'WAITING',
  CONFLICT = 'CONFLICT',
  REFUSED = 'REFUSED',
}
registerEnumType(ErpEffect, {
  name: 'ErpEffect',
  description: 'What becomes of a record of an ERP.',
  valuesConfig: {
    CREATED: { description: 'It is kept for the first time.' },
    CHANGED: { description: 'It changes something here.' },
    UNCHANGED: { description: 'It is known as it is.' },
    WAITING: { description: 'It waits for something it names.' },
    CONFLICT: { description: 'Somebody must decide about a field of it.' },
    REFUSED: { description: 'It cannot be kept as it is.' },
  },
});

@ObjectType({ description: 'What would become of one record.', simpleResolvers: true })
export class ErpDryRunItem {
  @Field(() => ErpRecordKind, { description: 'What it is.' })
  kind: ErpRecordKind;
  @Field({ description: 'Its id in the ERP.' })
  externalId: string;
  @Field({ description: 'What it is called.' })
  label: string;
  @Field(() => ErpEffect, { description: 'What would become of it.' })
  effect: ErpEffect;
  @Field(() => [String], { description: 'Fields that would be taken over, or be in conflict.' })
  fields: string[];
  @Field(() => String, { nullable: true, description: 'What is wrong with it, or missing.' })
  problem?: string | null;
}

@ObjectType({ description: 'What a reading would do.', simpleResolvers: true })
export class DryRunErpPayload extends MutationPayload {
  @Field(() => [ErpDryRunItem], {
    nullable: true,
    description: 'Records that would do something, 500 at most; those that are known as they are, are left out.',
  })
  items?: ErpDryRunItem[];
  @Field(() => Int, { nullable: true, description: 'How many records are known as they are.' })
  unchanged?: number;
  @Field(() => Int, { nullable: true, description: 'How many records would be written to the ERP.' })
  outgoing?: number;
  @Field(() => Boolean, { nullable: true, description: 'Whether the ERP has more than was looked at.' })
  isPartial?: boolean;
  @Field(() => String, { nullable: true, description: 'Why the ERP was not read to the end.' })
  problem?: string | null;
}
