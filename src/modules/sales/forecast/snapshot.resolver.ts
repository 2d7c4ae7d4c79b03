import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import {
  CalendarDate,
  connectionOf,
  MutationInput,
  MutationPayload,
  PageArgs,
  Reference,
} from '../../../platform/schema/index.js';
import { mutate, Permit, publicActor, RequestContext } from '../../access/index.js';
import { requireAmounts } from './forecast.queries.js';
import { ForecastPeriod, UnconvertedAmount } from './forecast.types.js';
import { ForecastInterval } from './period.rules.js';
import { ForecastSnapshot } from './snapshot.entity.js';
import { linesPage, saidForecasts } from './snapshot.loaders.js';
import { takeSnapshot } from './snapshot.service.js';
import { ForecastSnapshotLine } from './snapshot-line.entity.js';

const ForecastSnapshotConnection = connectionOf(ForecastSnapshot, 'ForecastSnapshot');
const ForecastSnapshotLineConnection = connectionOf(ForecastSnapshotLine, 'ForecastSnapshotLine');

@ArgsType()
class ForecastSnapshotsArgs extends PageArgs {}

@InputType({ description: 'A snapshot of what is said now.' })
export class TakeForecastSnapshotInput extends MutationInput {
  @Field({ description: 'What it is called, up to 200 characters.' })
  label: string;
  @Field(() => CalendarDate, {
    nullable: true,
    description: 'A day in its first period; this quarter begins it unless said.',
  })
  from?: string | null;
  @Field(() => CalendarDate, {
    nullable: true,
    description: 'A day in its last period; the end of the third quarter from this one unless said.',
  })
  to?: string | null;
  @Field(() => ForecastInterval, { defaultValue: ForecastInterval.MONTH, description: 'How long its periods are.' })
  period: ForecastInterval;
}

@ObjectType({ description: 'What became of taking a snapshot.', simpleResolvers: true })
export class ForecastSnapshotPayload extends MutationPayload {
  @Reference(() => ForecastSnapshot, 'snapshotId', { nullable: true, description: 'The snapshot.' })
  forecastSnapshot?: ForecastSnapshot;
}

@Resolver(() => ForecastSnapshot)
export class ForecastSnapshotResolver {
  @Permit('sales:read')
  @Query(() => ForecastSnapshot, {
    nullable: true,
    description: 'One snapshot, or nothing when there is none of this id.',
  })
  forecastSnapshot(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ForecastSnapshot | null> {
    return context.recordByPublicId(ForecastSnapshot, id);
  }

  @Permit('sales:read')
  @Query(() => ForecastSnapshotConnection, {
    description: 'What was said at earlier moments, the latest first. One is taken each week.',
  })
  forecastSnapshots(@Args(() => ForecastSnapshotsArgs) args: ForecastSnapshotsArgs, @Ctx() context: RequestContext) {
    return context.page(ForecastSnapshot, args);
  }

  @Permit('sales:manage')
  @Mutation(() => ForecastSnapshotPayload, {
    description:
      'Keeps for good what is said now of the whole organisation. Who reads it sees of it only what it may see.',
  })
  takeForecastSnapshot(
    @Arg('input', () => TakeForecastSnapshotInput, { description: 'Of which days, and its name.' })
    input: TakeForecastSnapshotInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'takeForecastSnapshot', input, tx => takeSnapshot(tx, input));
  }

  @FieldResolver(() => String, { description: 'Who took it: an actor, as the audit log has it.' })
  takenBy(@Root() { takenBy }: ForecastSnapshot): string {
    return publicActor(takenBy);
  }

  @FieldResolver(() => [ForecastPeriod], {
    description:
      'What was said of each period, of the opportunities and targets the viewer may see. The statistical forecast is of everything, and told to who sees everything.',
  })
  async periods(@Root() snapshot: ForecastSnapshot, @Ctx() context: RequestContext): Promise<ForecastPeriod[]> {
    requireAmounts(context.viewer);
    return (await context.load(saidForecasts, snapshot)).periods;
  }

  @FieldResolver(() => [UnconvertedAmount], {
    description: 'What was in none of these sums because its currency had no exchange rate.',
  })
  async unconverted(@Root() snapshot: ForecastSnapshot, @Ctx() context: RequestContext): Promise<UnconvertedAmount[]> {
    requireAmounts(context.viewer);
    return (await context.load(saidForecasts, snapshot)).unconverted;
  }

  @FieldResolver(() => ForecastSnapshotLineConnection, {
    description: 'What was said of each opportunity that the viewer may see, those that close first first.',
  })
  lines(
    @Root() { id }: ForecastSnapshot,
    @Args(() => ForecastSnapshotsArgs) args: ForecastSnapshotsArgs,
    @Ctx() context: RequestContext,
  ) {
    requireAmounts(context.viewer);
    return linesPage(context, id, args);
  }
}
