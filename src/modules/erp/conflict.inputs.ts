import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { InputProblem } from '../../platform/errors.js';
import {
  enumFilterOf,
  IdFilter,
  Json,
  MutationInput,
  MutationPayload,
  PageArgs,
  Reference,
  StringFilter,
  UserError,
} from '../../platform/schema/index.js';
import { ErpConflict, ErpConflictState, ErpResolution } from './conflict.entity.js';
import { ErpRecordKind } from './kinds.rules.js';
import { ErpRunState } from './run.entity.js';
import { ErpWrite, ErpWriteState } from './write.entity.js';

const KindFilter = enumFilterOf(ErpRecordKind, 'ErpRecordKind');
const ConflictStateFilter = enumFilterOf(ErpConflictState, 'ErpConflictState');
const WriteStateFilter = enumFilterOf(ErpWriteState, 'ErpWriteState');
const RunStateFilter = enumFilterOf(ErpRunState, 'ErpRunState');

@InputType({ description: 'Which conflicts; all conditions must hold.' })
export class ErpConflictFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By connection.' })
  connectionId?: IdFilter;
  @Field(() => KindFilter, { nullable: true, description: 'By kind of record.' })
  kind?: object;
  @Field(() => ConflictStateFilter, { nullable: true, description: 'By whether they wait.' })
  state?: object;
  @Field(() => StringFilter, { nullable: true, description: 'By field.' })
  field?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: "By the record's id in the ERP." })
  externalId?: StringFilter;
}

@ArgsType()
export class ErpConflictsArgs extends PageArgs {
  @Field(() => ErpConflictFilter, { nullable: true, description: 'Only conflicts like these.' })
  filter?: ErpConflictFilter;
}

@InputType({ description: 'Which writes; all conditions must hold.' })
export class ErpWriteFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By connection.' })
  connectionId?: IdFilter;
  @Field(() => KindFilter, { nullable: true, description: 'By kind of record.' })
  kind?: object;
  @Field(() => WriteStateFilter, { nullable: true, description: 'By how far they have come.' })
  state?: object;
  @Field(() => StringFilter, { nullable: true, description: 'By the number of an order or the id of a customer.' })
  key?: StringFilter;
}

@ArgsType()
export class ErpWritesArgs extends PageArgs {
  @Field(() => ErpWriteFilter, { nullable: true, description: 'Only writes like these.' })
  filter?: ErpWriteFilter;
}

@InputType({ description: 'Which runs; all conditions must hold.' })
export class ErpRunFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By connection.' })
  connectionId?: IdFilter;
  @Field(() => RunStateFilter, { nullable: true, description: 'By how they ended.' })
  state?: object;
}

@ArgsType()
export class ErpRunsArgs extends PageArgs {
  @Field(() => ErpRunFilter, { nullable: true, description: 'Only runs like these.' })
  filter?: ErpRunFilter;
}

@InputType({ description: 'A decision about a conflict.' })
export class ResolveErpConflictItem {
  @Field(() => ID, { description: 'The conflict.' })
  id: string;
  @Field(() => ErpResolution, { description: 'Who is right.' })
  resolution: ErpResolution;
  @Field(() => Json, { nullable: true, description: 'With VALUE: what holds on both sides.' })
  value?: unknown;
}

@InputType({ description: 'Decides a conflict.' })
export class ResolveErpConflictInput extends ResolveErpConflictItem {
  @Field(() => String, {
    nullable: true,
    description:
      'Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same.',
  })
  idempotencyKey?: string;
}

@InputType({ description: 'Decisions, up to 200.' })
export class ResolveErpConflictsInput extends MutationInput {
  @Field(() => [ResolveErpConflictItem], { description: 'Each is taken or refused by itself.' })
  items: ResolveErpConflictItem[];
}

@InputType({ description: 'Writes to try again, up to 200.' })
export class RetryErpWritesInput extends MutationInput {
  @Field(() => [ID], { description: 'Which.' })
  writeIds: string[];
}

@ObjectType({ description: 'A conflict after a decision.', simpleResolvers: true })
export class ErpConflictPayload extends MutationPayload {
  @Reference(() => ErpConflict, 'conflictId', { nullable: true, description: 'The conflict as it is now.' })
  conflict?: ErpConflict;
}

@ObjectType({ description: 'What became of one decision.', simpleResolvers: true })
export class ErpConflictResult {
  @Field(() => Int, { description: 'Place of the item in the input, from 0.' })
  index: number;
  @Reference(() => ErpConflict, 'conflictId', { nullable: true, description: 'The conflict, unless it was refused.' })
  conflict?: ErpConflict;
  @Field(() => [UserError], { description: 'Empty when it was done; paths begin inside the item.' })
  userErrors: InputProblem[];
}

@ObjectType({ description: 'What became of each decision.', simpleResolvers: true })
export class ErpConflictsPayload extends MutationPayload {
  @Field(() => [ErpConflictResult], { nullable: true, description: 'One answer an item, in the order of the input.' })
  results?: ErpConflictResult[];
}

@ObjectType({ description: 'What became of one write.', simpleResolvers: true })
export class ErpWriteResult {
  @Field(() => Int, { description: 'Place in the input, from 0.' })
  index: number;
  @Reference(() => ErpWrite, 'writeId', { nullable: true, description: 'The write, unless it was refused.' })
  write?: ErpWrite;
  @Field(() => [UserError], { description: 'Empty when it was done; paths begin inside the item.' })
  userErrors: InputProblem[];
}

@ObjectType({ description: 'What became of each write.', simpleResolvers: true })
export class ErpWritesPayload extends MutationPayload {
  @Field(() => [ErpWriteResult], { nullable: true, description: 'One answer an id, in the order of the input.' })
  results?: ErpWriteResult[];
}
