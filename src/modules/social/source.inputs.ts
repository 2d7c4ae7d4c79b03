import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  connectionOf,
  enumFilterOf,
  IdFilter,
  Json,
  MutationInput,
  MutationPayload,
  orderInputOf,
  PageArgs,
  Reference,
  StringFilter,
} from '../../platform/schema/index.js';
import { Network } from './networks.js';
import { NetworkFilter } from './post.inputs.js';
import { Source, SourceGap, SourceKind, SourceState } from './source.entity.js';

export enum SourceOrderField {
  CREATED_AT = 'CREATED_AT',
  LAST_EVENT_AT = 'LAST_EVENT_AT',
  LAST_SUCCESS_AT = 'LAST_SUCCESS_AT',
}
registerEnumType(SourceOrderField, {
  name: 'SourceOrderField',
  description: 'What sources are ordered by.',
  valuesConfig: {
    CREATED_AT: { description: 'When they were added.' },
    LAST_EVENT_AT: { description: 'When they last brought something.' },
    LAST_SUCCESS_AT: { description: 'When they were last read without a problem.' },
  },
});
export const SourceOrder = orderInputOf(SourceOrderField, 'Source');
export const SourceConnection = connectionOf(Source, 'Source');
export const SourceGapConnection = connectionOf(SourceGap, 'SourceGap');

const SourceKindFilter = enumFilterOf(SourceKind, 'SourceKind');
const SourceStateFilter = enumFilterOf(SourceState, 'SourceState');

@InputType({ description: 'Conditions on a source; all must hold.' })
export class SourceFilter {
  @Field(() => IdFilter, { nullable: true, description: 'Its id.' })
  id?: IdFilter;
  @Field(() => SourceKindFilter, { nullable: true, description: 'What it follows.' })
  kind?: object;
  @Field(() => SourceStateFilter, { nullable: true, description: 'How it fares.' })
  state?: object;
  @Field(() => NetworkFilter, { nullable: true, description: 'The network it is on.' })
  network?: object;
  @Field(() => IdFilter, { nullable: true, description: 'The account through which it is read.' })
  accountId?: IdFilter;
  @Field(() => StringFilter, { nullable: true, description: 'The handle, words or address it follows.' })
  query?: StringFilter;
  @Field(() => [SourceFilter], { nullable: true, description: 'All of these hold.' })
  and?: SourceFilter[];
  @Field(() => [SourceFilter], { nullable: true, description: 'At least one of these holds.' })
  or?: SourceFilter[];
  @Field(() => SourceFilter, { nullable: true, description: 'This does not hold.' })
  not?: SourceFilter;
}

@ArgsType()
export class SourcesArgs extends PageArgs {
  @Field(() => SourceFilter, { nullable: true, description: 'Which ones.' })
  filter?: SourceFilter;
  @Field(() => [SourceOrder], { nullable: true, description: 'In which order; the oldest first unless said.' })
  orderBy?: InstanceType<typeof SourceOrder>[];
}

@InputType({ description: 'What is to be followed.' })
export class CreateSourceInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'The account through which it is read, where one is needed.' })
  accountId?: string | null;
  @Field(() => SourceKind, { description: 'What it follows.' })
  kind: SourceKind;
  @Field({ description: "The account's handle, the words, or the feed's address." })
  query: string;
  @Field(() => Network, { nullable: true, description: "The network it is on; the account's unless given." })
  network?: Network | null;
  @Field(() => String, {
    nullable: true,
    description: "Name of the adapter that is to read it; the network's own unless given.",
  })
  connector?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: 'How often it is asked for something new, in seconds: 15 to 86,400; 300 unless given.',
  })
  intervalSeconds?: number | null;
  @Field(() => Json, {
    nullable: true,
    description: 'What the adapter lets be set, as an object; see its page in the documentation.',
  })
  settings?: unknown;
}

@InputType({ description: 'Which source it is about.' })
export class SourceInput extends MutationInput {
  @Field(() => ID, { description: 'The source.' })
  id: string;
}

@ObjectType({ description: 'A source after it was changed.', simpleResolvers: true })
export class SourcePayload extends MutationPayload {
  @Reference(() => Source, 'sourceId', { nullable: true, description: 'The source.' })
  source?: Source;
}

@ObjectType({ description: 'How a source was found.', simpleResolvers: true })
export class CheckSourcePayload extends MutationPayload {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it could be read just now; its `problem` says why not.',
  })
  ok?: boolean;
  @Reference(() => Source, 'sourceId', { nullable: true, description: 'The source.' })
  source?: Source;
}

@ObjectType({ description: 'Which source was removed.', simpleResolvers: true })
export class RemoveSourcePayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the source that is no longer there.' })
  removedSourceId?: string;
}
