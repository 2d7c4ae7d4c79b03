import { Args, ArgsType, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { AppError } from '../../../platform/errors.js';
import { isCalendarDay } from '../../../platform/input.rules.js';
import { moneyOf, PageArgs } from '../../../platform/schema/index.js';
import { Permit, RequestContext } from '../../access/index.js';
import { changesPage } from './changes.loaders.js';
import type { ExplainedChange } from './changes.queries.js';
import { explainChanges } from './changes.queries.js';
import type { Contribution } from './changes.rules.js';
import {
  ForecastChange,
  type ForecastChangeKind,
  ForecastChangePage,
  ForecastChanges,
  ForecastChangesArgs,
  type ForecastSums,
} from './changes.types.js';
import { ownCurrency, requireAmounts } from './forecast.queries.js';
import { momentOf } from './forecast.service.js';
import { ForecastSnapshot } from './snapshot.entity.js';

@ArgsType()
class ChangedOpportunitiesArgs extends PageArgs {}

type ShownChange = ForecastChange & { changes: ExplainedChange[]; currency: string };

const shown = (sums: Contribution, currency: string): ForecastSums =>
  Object.fromEntries(
    Object.entries(sums).map(([name, amount]) => [name, moneyOf(amount.toFixed(), currency)]),
  ) as unknown as ForecastSums;

@Resolver(() => ForecastChange)
export class ForecastChangesResolver {
  @Permit('sales:read')
  @Query(() => ForecastChanges, {
    description:
      'What of a forecast changed since a moment or a snapshot, and why, of the opportunities the viewer may see.',
  })
  async forecastChanges(
    @Args(() => ForecastChangesArgs) args: ForecastChangesArgs,
    @Ctx() context: RequestContext,
  ): Promise<ForecastChanges> {
    const { viewer, run } = context;
    const { from, to } = args;
    requireAmounts(viewer);
    if (!isCalendarDay(from) || !isCalendarDay(to) || to < from)
      throw new AppError('BAD_USER_INPUT', '`from` and `to` are days, and `to` is not before `from`.');
    if ((args.since == null) === (args.snapshotId == null))
      throw new AppError('BAD_USER_INPUT', 'Either `since` or `snapshotId` is given.');
    const snapshot = args.snapshotId ? await context.recordByPublicId(ForecastSnapshot, args.snapshotId) : null;
    const since = snapshot ? snapshot.takenAt : momentOf(args.since, 'since');
    if (since === null) throw new AppError('NOT_FOUND');
    const { organizationId } = viewer;
    const currency = await ownCurrency(run, organizationId);
    const valuing = { viewer, organizationId, asOf: momentOf(args.asOf, 'asOf'), currency, filter: args };
    const told = await explainChanges(run, valuing, {
      days: { start: from, end: to },
      since,
      // What a snapshot said in another currency says nothing of sums in this one.
      snapshotId: snapshot?.currency === currency ? snapshot.id : null,
    });
    return {
      currency,
      since,
      before: shown(told.before, currency),
      after: shown(told.after, currency),
      reasons: told.reasons.map(
        ({ reason, by, changes }): ShownChange => ({
          reason: reason as ForecastChangeKind,
          count: changes.length,
          difference: shown(by, currency),
          changes,
          currency,
        }),
      ),
    };
  }

  @FieldResolver(() => ForecastChangePage, {
    description: 'The opportunities, those that change most first; `count` says how many there are.',
  })
  async opportunities(
    @Root() change: ShownChange,
    @Args(() => ChangedOpportunitiesArgs) args: ChangedOpportunitiesArgs,
    @Ctx() context: RequestContext,
  ) {
    const page = await changesPage(context, change.changes, args);
    const edges = page.edges.map(({ opportunityId, cursor, by }) => ({
      opportunityId,
      cursor,
      difference: shown(by, change.currency),
    }));
    return { edges, pageInfo: page };
  }
}
