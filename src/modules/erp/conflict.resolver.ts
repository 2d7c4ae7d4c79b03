import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { connectionOf } from '../../platform/schema/index.js';
import { eachItem, mutate, Permit, RequestContext } from '../access/index.js';
import { ErpConflict } from './conflict.entity.js';
import {
  ErpConflictPayload,
  ErpConflictsArgs,
  ErpConflictsPayload,
  ErpRunsArgs,
  ErpWritesArgs,
  ErpWritesPayload,
  ResolveErpConflictInput,
  ResolveErpConflictsInput,
  RetryErpWritesInput,
} from './conflict.inputs.js';
import { resolveErpConflict, retryErpWrite, type WritesOf } from './conflict.service.js';
import type { ErpDesk } from './desk.js';
import { ErpRun } from './run.entity.js';
import { ErpWrite } from './write.entity.js';
import { queueWriting } from './write.queue.js';

export const ErpConflictConnection = connectionOf(ErpConflict, 'ErpConflict');
export const ErpWriteConnection = connectionOf(ErpWrite, 'ErpWrite');
export const ErpRunConnection = connectionOf(ErpRun, 'ErpRun');

@Resolver()
export class ErpConflictResolver {
  constructor(private readonly desk: ErpDesk) {}

  private get writesOf(): WritesOf {
    return (adapter, settings) => this.desk.handles(adapter, settings).writes;
  }

  @Permit('erp:read')
  @Query(() => ErpConflictConnection, {
    description: 'Fields on which an ERP and we disagree, and how it was decided; the latest first.',
  })
  erpConflicts(@Args(() => ErpConflictsArgs) args: ErpConflictsArgs, @Ctx() context: RequestContext) {
    return context.page(ErpConflict, args);
  }

  @Permit('erp:read')
  @Query(() => ErpWriteConnection, { description: 'What goes out to ERPs, and how far it has come; the latest first.' })
  erpWrites(@Args(() => ErpWritesArgs) args: ErpWritesArgs, @Ctx() context: RequestContext) {
    return context.page(ErpWrite, args);
  }

  @Permit('erp:read')
  @Query(() => ErpRunConnection, {
    description: 'Readings of ERPs in which there was something to do, of the last 30 days; the latest first.',
  })
  erpRuns(@Args(() => ErpRunsArgs) args: ErpRunsArgs, @Ctx() context: RequestContext) {
    return context.page(ErpRun, args);
  }

  @Permit('erp:resolve')
  @Mutation(() => ErpConflictPayload, { description: 'Decides a conflict, once.' })
  resolveErpConflict(
    @Arg('input', () => ResolveErpConflictInput, { description: 'The decision.' }) input: ResolveErpConflictInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'resolveErpConflict', input, tx =>
      resolveErpConflict(tx, context.viewer, input, this.writesOf),
    );
  }

  @Permit('erp:resolve')
  @Mutation(() => ErpConflictsPayload, { description: 'Decides up to 200 conflicts, each by itself.' })
  resolveErpConflicts(
    @Arg('input', () => ResolveErpConflictsInput, { description: 'The decisions.' }) input: ResolveErpConflictsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'resolveErpConflicts', input, async tx => ({
      results: await eachItem(tx, input.items, item => resolveErpConflict(tx, context.viewer, item, this.writesOf)),
    }));
  }

  @Permit('erp:resolve')
  @Mutation(() => ErpWritesPayload, { description: 'Has up to 200 writes that failed or wait tried again at once.' })
  retryErpWrites(
    @Arg('input', () => RetryErpWritesInput, { description: 'Which.' }) input: RetryErpWritesInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'retryErpWrites', input, async tx => {
      const results = await eachItem(tx, input.writeIds, id => retryErpWrite(tx, id));
      for (const connectionId of new Set(results.flatMap(result => result.connectionId ?? [])))
        await queueWriting(tx, connectionId);
      return { results };
    });
  }
}
