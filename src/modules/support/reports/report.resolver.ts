import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Node } from '../../../platform/schema/index.js';
import { Permit, RequestContext } from '../../access/index.js';
import { supportReport } from './report.queries.js';
import { SupportReport, SupportReportArgs, SupportReportRow } from './report.types.js';

@Resolver(() => SupportReportRow)
export class SupportReportResolver {
  @Permit('support:read')
  @Query(() => SupportReport, {
    description:
      'Volumes, backlog, times and rates of tickets by interval and part, in the days of the organisation. Times are by the calendar; `slaReport` has those of business hours.',
  })
  supportReport(
    @Args(() => SupportReportArgs) args: SupportReportArgs,
    @Ctx() context: RequestContext,
  ): Promise<SupportReport> {
    return supportReport(context, args);
  }

  @FieldResolver(() => Node, {
    nullable: true,
    description: 'The record the key is of: a team, a member, a queue, a category or a code, where you may see it.',
  })
  group(@Root() { key }: SupportReportRow, @Ctx() context: RequestContext): Promise<object | null> {
    return key?.includes('_') ? context.node(key) : Promise.resolve(null);
  }
}
