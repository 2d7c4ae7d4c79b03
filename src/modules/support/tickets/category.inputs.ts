import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import {
  connectionOf,
  IdFilter,
  MutationInput,
  MutationPayload,
  PageArgs,
  Reference,
} from '../../../platform/schema/index.js';
import { TicketCategory } from './ticket-category.entity.js';

export const TicketCategoryConnection = connectionOf(TicketCategory, 'TicketCategory');

@InputType({ description: 'Which categories; all conditions must hold.' })
export class TicketCategoryFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By the category they are a part of.' })
  parentId?: IdFilter;
  @Field(() => Boolean, { nullable: true, description: 'Whether new tickets may have them.' })
  isActive?: boolean;
}

@ArgsType()
export class TicketCategoriesArgs extends PageArgs {
  @Field(() => TicketCategoryFilter, { nullable: true, description: 'Only these.' })
  filter?: TicketCategoryFilter;
}

@InputType({ description: 'A name in one language.' })
export class LocalNameInput {
  @Field({ description: 'The language: en, es or pt.' })
  language: string;
  @Field({ description: 'The name, up to 100 characters.' })
  name: string;
}

@InputType()
abstract class TicketCategoryFields extends MutationInput {
  @Field(() => [LocalNameInput], {
    nullable: true,
    description: 'What it is called in other languages; replaces what was there.',
  })
  names?: LocalNameInput[] | null;
  @Field(() => ID, { nullable: true, description: 'The category it is a part of.' })
  parentId?: string | null;
}

@InputType({ description: 'Makes a category.' })
export class CreateTicketCategoryInput extends TicketCategoryFields {
  @Field({ description: 'What it is called, up to 100 characters; no two have one name.' })
  name: string;
}

@InputType({ description: 'Changes a category; what is left out stays.' })
export class UpdateTicketCategoryInput extends TicketCategoryFields {
  @Field(() => ID, { description: 'The category.' })
  id: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What it is called, up to 100 characters.' })
  name?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether new tickets may have it; those that have it keep it.',
  })
  isActive?: boolean | null;
}

@ObjectType({ description: 'A category after it was changed.', simpleResolvers: true })
export class TicketCategoryPayload extends MutationPayload {
  @Reference(() => TicketCategory, 'categoryId', { nullable: true, description: 'The category.' })
  category?: TicketCategory;
}
