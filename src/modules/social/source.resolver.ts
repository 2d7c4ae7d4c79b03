import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../access/index.js';
import type { Connecting } from './accounts/connecting.js';
import type { ChannelDirectory } from './channel.directory.js';
import { checkSource, lentBy } from './source.check.js';
import { Source, SourceGap } from './source.entity.js';
import {
  CheckSourcePayload,
  CreateSourceInput,
  RemoveSourcePayload,
  SourceConnection,
  SourceGapConnection,
  SourceInput,
  SourcePayload,
  SourcesArgs,
} from './source.inputs.js';
import { lagSeconds, waysToRead } from './source.rules.js';
import { createSource, pauseSource, pollSourceNow, recordCheck, removeSource, resumeSource } from './source.service.js';

@Resolver(() => Source)
export class SourceResolver {
  constructor(
    private readonly channels: ChannelDirectory,
    private readonly connecting: Connecting,
  ) {}

  @Permit('channels:read')
  @Query(() => SourceConnection, { description: 'What is followed, and how it fares.' })
  sources(@Args(() => SourcesArgs) args: SourcesArgs, @Ctx() context: RequestContext) {
    return context.page(Source, args);
  }

  @Permit('channels:read')
  @Query(() => Source, { nullable: true, description: 'One source, or nothing when there is none that you may see.' })
  source(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Source | null> {
    return context.recordByPublicId(Source, id);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'How late it is: seconds since it was last read without a problem, beyond its interval (a minute for a stream); 0 when all is well, nothing before the first reading, while it is paused, and where only the network calls us.',
  })
  lagSeconds(@Root() source: Source): number | null {
    return lagSeconds(source, waysToRead(this.channels, source), new Date());
  }

  @FieldResolver(() => SourceGapConnection, {
    description: 'When it is known to have missed something, the latest first.',
  })
  gaps(@Root() source: Source, @Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return context.pageOf(SourceGap, { name: 'source.gaps', condition: 't.source_id = k.parent' }, source.id, args);
  }

  @Permit('channels:manage')
  @Mutation(() => SourcePayload, { description: 'Follows an account, words or a feed from now on.' })
  async createSource(
    @Arg('input', () => CreateSourceInput, { description: 'What is to be followed.' }) input: CreateSourceInput,
    @Ctx() context: RequestContext,
  ) {
    const lent = await lentBy(context, this.connecting, input.accountId);
    return mutate(context, 'createSource', input, tx => createSource(tx, context.viewer, this.channels, input, lent));
  }

  @Permit('channels:manage')
  @Mutation(() => SourcePayload, { description: 'Stops reading a source until it is resumed.' })
  pauseSource(
    @Arg('input', () => SourceInput, { description: 'Which source.' }) input: SourceInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'pauseSource', input, tx => pauseSource(tx, context.viewer, input.id));
  }

  @Permit('channels:manage')
  @Mutation(() => SourcePayload, { description: 'Reads a source again, from where it was.' })
  resumeSource(
    @Arg('input', () => SourceInput, { description: 'Which source.' }) input: SourceInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'resumeSource', input, tx => resumeSource(tx, context.viewer, input.id));
  }

  @Permit('channels:manage')
  @Mutation(() => RemoveSourcePayload, { description: 'Follows something no longer; what it brought stays.' })
  removeSource(
    @Arg('input', () => SourceInput, { description: 'Which source.' }) input: SourceInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeSource', input, tx => removeSource(tx, context.viewer, input.id));
  }

  @Permit('channels:manage')
  @Mutation(() => SourcePayload, { description: 'Asks for what is new without waiting for the interval to pass.' })
  pollSourceNow(
    @Arg('input', () => SourceInput, { description: 'Which source.' }) input: SourceInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'pollSourceNow', input, tx => pollSourceNow(tx, context.viewer, this.channels, input.id));
  }

  @Permit('channels:manage')
  @Mutation(() => CheckSourcePayload, {
    description: 'Tries whether a source can be read, within 10 seconds, and keeps what it finds.',
  })
  async checkSource(
    @Arg('input', () => SourceInput, { description: 'Which source.' }) input: SourceInput,
    @Ctx() context: RequestContext,
  ) {
    const problem = await checkSource(context, this.channels, this.connecting, input.id);
    return mutate(context, 'checkSource', input, tx => recordCheck(tx, context.viewer, input.id, problem));
  }
}
