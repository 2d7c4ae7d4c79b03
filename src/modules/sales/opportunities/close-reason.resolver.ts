import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { connectionOf } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { CloseReason } from './close-reason.entity.js';
import {
  createCloseReason,
  createCompetitor,
  removeCloseReason,
  removeCompetitor,
  updateCloseReason,
  updateCompetitor,
} from './close-reason.service.js';
import { Competitor } from './competitor.entity.js';
import {
  CloseReasonsArgs,
  CompetitorsArgs,
  CreateCloseReasonInput,
  CreateCompetitorInput,
  RemoveCloseReasonInput,
  RemoveCompetitorInput,
  UpdateCloseReasonInput,
  UpdateCompetitorInput,
} from './pipeline.inputs.js';
import { CloseReasonPayload, CompetitorPayload } from './pipeline.payloads.js';

const CloseReasonConnection = connectionOf(CloseReason, 'CloseReason');
const CompetitorConnection = connectionOf(Competitor, 'Competitor');

@Resolver()
export class CloseReasonResolver {
  @Permit('sales:read')
  @Query(() => CloseReasonConnection, { description: 'Reasons for which opportunities are won or lost.' })
  closeReasons(@Args(() => CloseReasonsArgs) args: CloseReasonsArgs, @Ctx() context: RequestContext) {
    return context.page(CloseReason, args);
  }

  @Permit('sales:manage')
  @Mutation(() => CloseReasonPayload, { description: 'Keeps a reason for which opportunities are won or lost.' })
  createCloseReason(
    @Arg('input', () => CreateCloseReasonInput, { description: 'The reason.' }) input: CreateCloseReasonInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createCloseReason', input, tx => createCloseReason(tx, input));
  }

  @Permit('sales:manage')
  @Mutation(() => CloseReasonPayload, { description: 'Changes a reason.' })
  updateCloseReason(
    @Arg('input', () => UpdateCloseReasonInput, { description: 'Which, and how.' }) input: UpdateCloseReasonInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateCloseReason', input, tx => updateCloseReason(tx, input));
  }

  @Permit('sales:manage')
  @Mutation(() => CloseReasonPayload, { description: 'Removes a reason; one that was given is only given no more.' })
  removeCloseReason(
    @Arg('input', () => RemoveCloseReasonInput, { description: 'Which.' }) input: RemoveCloseReasonInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeCloseReason', input, tx => removeCloseReason(tx, input.id));
  }
}

@Resolver()
export class CompetitorResolver {
  @Permit('sales:read')
  @Query(() => Competitor, { nullable: true, description: 'One competitor, or nothing when there is none.' })
  competitor(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId(Competitor, id);
  }

  @Permit('sales:read')
  @Query(() => CompetitorConnection, { description: 'Others who sell what we sell.' })
  competitors(@Args(() => CompetitorsArgs) args: CompetitorsArgs, @Ctx() context: RequestContext) {
    return context.page(Competitor, args);
  }

  @Permit('sales:write')
  @Mutation(() => CompetitorPayload, { description: 'Keeps a competitor.' })
  createCompetitor(
    @Arg('input', () => CreateCompetitorInput, { description: 'Who it is.' }) input: CreateCompetitorInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createCompetitor', input, tx => createCompetitor(tx, input));
  }

  @Permit('sales:write')
  @Mutation(() => CompetitorPayload, { description: 'Changes a competitor.' })
  updateCompetitor(
    @Arg('input', () => UpdateCompetitorInput, { description: 'Which, and how.' }) input: UpdateCompetitorInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateCompetitor', input, tx => updateCompetitor(tx, input));
  }

  @Permit('sales:manage')
  @Mutation(() => CompetitorPayload, { description: 'Removes a competitor that no opportunity has to do with.' })
  removeCompetitor(
    @Arg('input', () => RemoveCompetitorInput, { description: 'Which.' }) input: RemoveCompetitorInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeCompetitor', input, tx => removeCompetitor(tx, input.id));
  }
}
