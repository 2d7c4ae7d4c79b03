import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { Permit, RequestContext } from '../../access/index.js';
import { requireAmounts } from './forecast.queries.js';
import { forecast } from './forecast.service.js';
import { Forecast, ForecastArgs } from './forecast.types.js';

@Resolver()
export class ForecastResolver {
  @Permit('sales:read')
  @Query(() => Forecast, {
    description:
      'What was and is expected to be won in each period: by people, by what history says of stages, and by the past alone.',
  })
  salesForecast(@Args(() => ForecastArgs) args: ForecastArgs, @Ctx() context: RequestContext): Promise<Forecast> {
    const { viewer, run } = context;
    requireAmounts(viewer);
    return forecast({ run, viewer, organizationId: viewer.organizationId }, args);
  }
}
