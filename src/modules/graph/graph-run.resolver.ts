import { Arg, Args, ArgsType, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { connectionOf, MutationInput, MutationPayload, PageArgs, Reference } from '../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../access/index.js';
import { GraphRun, GraphRunKind } from './graph-run.entity.js';
import { cancelRun, requestRun } from './run/graph-run.service.js';

const GraphRunConnection = connectionOf(GraphRun, 'GraphRun');

@ArgsType()
class GraphRunsArgs extends PageArgs {}

@InputType({ description: 'A run over the graph.' })
export class StartGraphRunInput extends MutationInput {
  @Field(() => GraphRunKind, { defaultValue: GraphRunKind.ANALYSIS, description: 'What it is to do.' })
  kind: GraphRunKind;
}

@InputType({ description: 'Which run is called off.' })
export class CancelGraphRunInput extends MutationInput {
  @Field(() => ID, { description: 'The run.' })
  id: string;
}

@ObjectType({ description: 'What became of starting or calling off a run.', simpleResolvers: true })
export class GraphRunPayload extends MutationPayload {
  @Reference(() => GraphRun, 'graphRunId', {
    nullable: true,
    description: 'The run. When one waited or was under way already, that one: there is one at a time.',
  })
  graphRun?: GraphRun;
}

@Resolver(() => GraphRun)
export class GraphRunResolver {
  @Permit('graph:read')
  @Query(() => GraphRun, { nullable: true, description: 'One run, or nothing when there is none of this id.' })
  graphRun(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<GraphRun | null> {
    return context.recordByPublicId(GraphRun, id);
  }

  @Permit('graph:read')
  @Query(() => GraphRunConnection, {
    description:
      'Runs over the whole graph, the latest first, and how far each one is. They are started by themselves, too.',
  })
  graphRuns(@Args(() => GraphRunsArgs) args: GraphRunsArgs, @Ctx() context: RequestContext) {
    return context.page(GraphRun, args);
  }

  @Permit('graph:manage')
  @Mutation(() => GraphRunPayload, { description: 'Works the graph out now, without waiting for its turn.' })
  startGraphRun(
    @Arg('input', () => StartGraphRunInput, { description: 'What to do.' }) input: StartGraphRunInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'startGraphRun', input, tx => requestRun(tx, input.kind));
  }

  @Permit('graph:manage')
  @Mutation(() => GraphRunPayload, { description: 'Calls a run off; what was there before it still holds.' })
  cancelGraphRun(
    @Arg('input', () => CancelGraphRunInput, { description: 'Which run.' }) input: CancelGraphRunInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'cancelGraphRun', input, tx => cancelRun(tx, input.id));
  }
}
