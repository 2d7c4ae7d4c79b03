import { Arg, Args, Ctx, Field, FieldResolver, Float, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { connectionOf, DateTime, PageArgs, Reference } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import {
  RemoveOpportunityCompetitorInput,
  RemoveOpportunityContactInput,
  SetOpportunityCompetitorInput,
  SetOpportunityContactInput,
} from './belonging.inputs.js';
import {
  removeOpportunityCompetitor,
  removeOpportunityContact,
  setOpportunityCompetitor,
  setOpportunityContact,
} from './belonging.service.js';
import { Opportunity } from './opportunity.entity.js';
import { competitorsOf, contactsOf, historyPage, linesOf, staysOf } from './opportunity.loaders.js';
import { OpportunityPayload } from './opportunity.payloads.js';
import { OpportunityCompetitor } from './opportunity-competitor.entity.js';
import { OpportunityContact } from './opportunity-contact.entity.js';
import { OpportunityLine } from './opportunity-line.entity.js';
import { OpportunityRevision } from './opportunity-revision.entity.js';
import { rotsAt } from './rot.rules.js';
import { Stage } from './stage.entity.js';

const OpportunityRevisionConnection = connectionOf(OpportunityRevision, 'OpportunityRevision');

@ObjectType({ description: 'How long an opportunity was in a stage without leaving it.', simpleResolvers: true })
export class StageStay {
  stageId: string;
  @Reference(() => Stage, 'stageId', { description: 'The stage.' })
  stage?: Stage;
  @Field(() => DateTime, { description: 'When it entered.' })
  enteredAt: string;
  @Field(() => DateTime, { nullable: true, description: 'When it left; nothing while it is there.' })
  leftAt: string | null;
  @Field(() => Float, { description: 'How many days it was there, so far.' })
  days: number;
}

@Resolver(() => Opportunity)
export class OpportunityBelongingResolver {
  @FieldResolver(() => [OpportunityContact], {
    description: 'Who has a part in the decision, first whom to speak to first.',
  })
  contacts(@Root() { id }: Opportunity, @Ctx() context: RequestContext): Promise<OpportunityContact[]> {
    return context.load(contactsOf, id);
  }

  @FieldResolver(() => [OpportunityCompetitor], { description: 'Competitors who want to sell it, too.' })
  competitors(@Root() { id }: Opportunity, @Ctx() context: RequestContext): Promise<OpportunityCompetitor[]> {
    return context.load(competitorsOf, id);
  }

  @FieldResolver(() => [OpportunityLine], { description: 'What may be bought.' })
  products(@Root() { id }: Opportunity, @Ctx() context: RequestContext): Promise<OpportunityLine[]> {
    return context.load(linesOf, id);
  }

  @FieldResolver(() => OpportunityRevisionConnection, {
    description: 'What it was like from each change to the next, the latest first.',
  })
  history(@Root() { id }: Opportunity, @Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return historyPage(context, id, args);
  }

  @FieldResolver(() => [StageStay], {
    description: 'The stages it went through, in order, and how long it was in each.',
  })
  stageHistory(@Root() { id }: Opportunity, @Ctx() context: RequestContext): Promise<StageStay[]> {
    return context.load(staysOf, id);
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'When it will have been, or was, in its stage for too long; nothing where that does not matter.',
  })
  async rotsAt(@Root() opportunity: Opportunity, @Ctx() context: RequestContext): Promise<string | null> {
    return rotsAt(opportunity, await context.recordById<Stage>(Stage, opportunity.stageId));
  }

  @FieldResolver(() => Boolean, { description: 'Whether it is in its stage for too long.' })
  async isRotten(@Root() opportunity: Opportunity, @Ctx() context: RequestContext): Promise<boolean> {
    const at = rotsAt(opportunity, await context.recordById<Stage>(Stage, opportunity.stageId));
    return at !== null && Date.parse(at) <= Date.now();
  }

  @Permit('sales:write')
  @Mutation(() => OpportunityPayload, { description: 'Says who has what part in a decision to buy.' })
  setOpportunityContact(
    @Arg('input', () => SetOpportunityContactInput, { description: 'Who, and which part.' })
    input: SetOpportunityContactInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'setOpportunityContact', input, tx => setOpportunityContact(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => OpportunityPayload, { description: 'Takes somebody out of a decision to buy.' })
  removeOpportunityContact(
    @Arg('input', () => RemoveOpportunityContactInput, { description: 'Whom.' }) input: RemoveOpportunityContactInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeOpportunityContact', input, tx =>
      removeOpportunityContact(tx, context.viewer, input),
    );
  }

  @Permit('sales:write')
  @Mutation(() => OpportunityPayload, { description: 'Says that a competitor wants to sell it, too.' })
  setOpportunityCompetitor(
    @Arg('input', () => SetOpportunityCompetitorInput, { description: 'Which.' }) input: SetOpportunityCompetitorInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'setOpportunityCompetitor', input, tx =>
      setOpportunityCompetitor(tx, context.viewer, input),
    );
  }

  @Permit('sales:write')
  @Mutation(() => OpportunityPayload, { description: 'Says that a competitor does not want to sell it after all.' })
  removeOpportunityCompetitor(
    @Arg('input', () => RemoveOpportunityCompetitorInput, { description: 'Which.' })
    input: RemoveOpportunityCompetitorInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeOpportunityCompetitor', input, tx =>
      removeOpportunityCompetitor(tx, context.viewer, input),
    );
  }
}
