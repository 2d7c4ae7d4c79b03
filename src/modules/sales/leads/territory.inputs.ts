import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  IdFilter,
  MutationInput,
  MutationPayload,
  orderInputOf,
  PageArgs,
  Reference,
  StringFilter,
} from '../../../platform/schema/index.js';
import { Territory } from './territory.entity.js';

export enum TerritoryOrderField {
  NAME = 'NAME',
  CREATED_AT = 'CREATED_AT',
}
registerEnumType(TerritoryOrderField, {
  name: 'TerritoryOrderField',
  description: 'What territories are ordered by.',
  valuesConfig: {
    NAME: { description: 'Their name.' },
    CREATED_AT: { description: 'When they were made.' },
  },
});
const TerritoryOrder = orderInputOf(TerritoryOrderField, 'Territory');

@InputType({ description: 'Which territories; all conditions must hold.' })
export class TerritoryFilter {
  @Field(() => StringFilter, { nullable: true, description: 'By name.' })
  name?: StringFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the territory they are a part of.' })
  parentTerritoryId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the team that sells there.' })
  teamId?: IdFilter;
}

@ArgsType()
export class TerritoriesArgs extends PageArgs {
  @Field(() => TerritoryFilter, { nullable: true, description: 'Only these.' })
  filter?: TerritoryFilter;
  @Field(() => [TerritoryOrder], { nullable: true, description: 'In this order; by name unless said.' })
  orderBy?: InstanceType<typeof TerritoryOrder>[];
}

@InputType()
abstract class TerritoryFields extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'The territory it is a part of.' })
  parentTerritoryId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that sells there.' })
  teamId?: string | null;
  @Field(() => [String], { nullable: true, description: 'Countries, ISO 3166-1 with two letters.' })
  countries?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'What postal codes begin with.' })
  postalPrefixes?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Languages, BCP 47; es is also es-AR.' })
  languages?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Industries.' })
  industries?: string[] | null;
}

@InputType({ description: 'Makes a territory.' })
export class CreateTerritoryInput extends TerritoryFields {
  @Field({ description: 'What it is called; one territory is called so.' })
  name: string;
}

@InputType({ description: 'Changes a territory; what is left out stays.' })
export class UpdateTerritoryInput extends TerritoryFields {
  @Field(() => ID, { description: 'The territory.' })
  id: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What it is called.' })
  name?: string | null;
}

@InputType({ description: 'Names a territory.' })
export class TerritoryIdInput extends MutationInput {
  @Field(() => ID, { description: 'The territory.' })
  id: string;
}

@ObjectType({ description: 'A territory after it was changed.', simpleResolvers: true })
export class TerritoryPayload extends MutationPayload {
  @Reference(() => Territory, 'territoryId', { nullable: true, description: 'The territory.' })
  territory?: Territory;
}

@ObjectType({ description: 'What was removed.', simpleResolvers: true })
export class RemoveTerritoryPayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the territory that is no more.' })
  removedId?: string;
}
