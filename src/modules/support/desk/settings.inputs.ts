import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { MutationInput, MutationPayload } from '../../../platform/schema/index.js';

@ObjectType({ description: 'How tickets are worked on in the organisation.', simpleResolvers: true })
export class DeskSettings {
  @Field(() => Int, { description: 'For how many seconds what a person answers can be taken back.' })
  undoSeconds: number;
}

@InputType({ description: 'How tickets are to be worked on; what is left out stays.' })
export class UpdateDeskSettingsInput extends MutationInput {
  @Field(() => Int, { nullable: true, description: 'For how many seconds an answer can be taken back, 0 to 60.' })
  undoSeconds?: number | null;
}

@ObjectType({ description: 'The settings after they were changed.', simpleResolvers: true })
export class DeskSettingsPayload extends MutationPayload {
  @Field(() => DeskSettings, { nullable: true, description: 'As they are now.' })
  settings?: DeskSettings;
}
