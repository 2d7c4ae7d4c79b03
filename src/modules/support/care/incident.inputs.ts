import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import {
  connectionOf,
  enumFilterOf,
  IdFilter,
  Json,
  MutationInput,
  MutationPayload,
  PageArgs,
  Reference,
} from '../../../platform/schema/index.js';
import { Network, ReplyVisibility } from '../../social/index.js';
import { Incident, IncidentStage, IncidentStatus } from './incident.entity.js';

export const IncidentConnection = connectionOf(Incident, 'Incident');

const IncidentStatusFilter = enumFilterOf(IncidentStatus, 'IncidentStatus');
const IncidentStageFilter = enumFilterOf(IncidentStage, 'IncidentStage');

@InputType({ description: 'Which incidents.' })
export class IncidentFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;
  @Field(() => IncidentStatusFilter, { nullable: true, description: 'By where they stand.' })
  status?: object;
  @Field(() => IncidentStageFilter, { nullable: true, description: 'By whether they are more than a guess.' })
  stage?: object;
  @Field(() => [IncidentFilter], { nullable: true, description: 'All of these must hold.' })
  and?: IncidentFilter[];
  @Field(() => [IncidentFilter], { nullable: true, description: 'At least one of these must hold.' })
  or?: IncidentFilter[];
  @Field(() => IncidentFilter, { nullable: true, description: 'This must not hold.' })
  not?: IncidentFilter;
}

@ArgsType()
export class IncidentsArgs extends PageArgs {
  @Field(() => IncidentFilter, { nullable: true, description: 'Only incidents like these.' })
  filter?: IncidentFilter;
}

@InputType()
abstract class IncidentFields extends MutationInput {
  @Field(() => [String], { nullable: true, description: 'Posts with any of these words or phrases join it.' })
  words?: string[] | null;
  @Field(() => [Network], { nullable: true, description: 'Only posts on these networks join it.' })
  networks?: Network[] | null;
  @Field(() => Json, {
    nullable: true,
    description: 'What those who speak of it are answered, by language ("en", "es", "pt").',
  })
  answers?: unknown;
}

@InputType({ description: 'Opens an incident by hand.' })
export class OpenIncidentInput extends IncidentFields {
  @Field({ description: 'What it is called.' })
  title: string;
  @Field(() => [ID], {
    nullable: true,
    description: 'Posts it begins with, up to 200; what they have in common, later ones are compared with.',
  })
  postIds?: string[] | null;
}

@InputType({ description: 'Changes an incident; what is left out stays.' })
export class UpdateIncidentInput extends IncidentFields {
  @Field(() => ID, { description: 'The incident.' })
  id: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What it is called.' })
  title?: string | null;
}

@InputType({ description: 'Names an incident.' })
export class IncidentInput extends MutationInput {
  @Field(() => ID, { description: 'The incident.' })
  id: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
}

@InputType({ description: 'Answers everybody who speaks of an incident, each once.' })
export class AnswerIncidentInput extends IncidentInput {
  @Field(() => ReplyVisibility, {
    description: 'Who can read it; what was said to us alone is answered to its author alone in any case.',
  })
  visibility: ReplyVisibility;
}

@InputType({ description: 'Names an incident and posts.' })
export class IncidentPostsInput extends MutationInput {
  @Field(() => ID, { description: 'The incident.' })
  id: string;
  @Field(() => [ID], { description: 'The posts, up to 200.' })
  postIds: string[];
}

@InputType({ description: 'Takes a ticket out of its incident.' })
export class RemoveTicketFromIncidentInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
}

@ObjectType({ description: 'An incident after it was changed.', simpleResolvers: true })
export class IncidentPayload extends MutationPayload {
  @Reference(() => Incident, 'incidentId', { nullable: true, description: 'The incident.' })
  incident?: Incident;
}

@ObjectType({ description: 'How far the answering of an incident is.', simpleResolvers: true })
export class IncidentProgress {
  @Field(() => Int, { description: 'How many people spoke of it.' })
  people: number;
  @Field(() => Int, { description: 'How many of them are still to be answered.' })
  waiting: number;
  @Field(() => Int, { description: 'How many answers were put on their way.' })
  answered: number;
  @Field(() => Int, { description: 'How many could not be answered, because their channel does not let us.' })
  refused: number;
}
