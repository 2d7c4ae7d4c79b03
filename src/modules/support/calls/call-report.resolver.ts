import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { Permit, RequestContext } from '../../access/index.js';
import { callReport } from './call-report.queries.js';
import { CallReport, CallReportArgs } from './call-report.types.js';

@Resolver()
export class CallReportResolver {
  @Permit('support:read')
  @Query(() => CallReport, {
    description: 'How the calls of some days went: service level, calls given up, waiting and handling times.',
  })
  callReport(@Args(() => CallReportArgs) args: CallReportArgs, @Ctx() context: RequestContext): Promise<CallReport> {
    return callReport(context, args);
  }
}
