import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs, type RecordClass } from '../../platform/schema/index.js';
import { RequestContext } from '../access/index.js';
import { Customer } from './customer.entity.js';
import { timelinePage } from './timeline.loaders.js';
import { TimelineEntry } from './timeline.sources.js';

import './timeline.entries.js';
import './timeline.merges.js';

const TimelineEntryConnection = connectionOf(TimelineEntry as unknown as RecordClass<TimelineEntry>, 'TimelineEntry');

@Resolver(() => Customer)
export class TimelineResolver {
  @FieldResolver(() => TimelineEntryConnection, { description: 'What happened with it, the newest first.' })
  timeline(@Root() customer: Customer, @Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return timelinePage(context, customer.id, args);
  }
}
