import { Args, ArgsType, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../../events/index.js';
import { publicId } from '../../../platform/ids.js';
import { Reference } from '../../../platform/schema/index.js';
import { Permit } from '../../access/index.js';
import { surveyResponseRecord } from './records.js';
import { SurveyResponseFilter } from './survey.inputs.js';
import { SurveyResponse } from './survey-response.entity.js';

@ObjectType({ description: 'A customer answered a survey, or changed the answer.', simpleResolvers: true })
export class SurveyResponseEvent {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Field(() => ID, { description: 'Id of the answer.' })
  responseId: string;
  @Reference(() => SurveyResponse, 'storedResponseId', { nullable: true, description: 'The answer as it is now.' })
  response?: SurveyResponse;
}

defineStream({
  field: 'surveyAnswered',
  types: ['survey.answered'],
  record: surveyResponseRecord,
  root: ({ subjectId }, cursor) => ({
    cursor,
    responseId: publicId('survey_response', subjectId),
    storedResponseId: subjectId,
  }),
});

@ArgsType()
class SurveyStreamArgs {
  @Field(() => SurveyResponseFilter, { nullable: true, description: 'Only answers like these.' })
  filter?: SurveyResponseFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@Resolver()
export class SurveyStreamResolver {
  @Permit('tickets:read')
  @Subscription(() => SurveyResponseEvent, {
    subscribe: overSocket,
    description: 'Answers to surveys about tickets you may see, as they are given.',
  })
  surveyAnswered(
    @Root() event: SurveyResponseEvent,
    @Args(() => SurveyStreamArgs) _args: SurveyStreamArgs,
  ): SurveyResponseEvent {
    return event;
  }
}
