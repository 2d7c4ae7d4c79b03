import { Ctx, Query, Resolver } from 'type-graphql';
import type { EventFeed } from '../events/index.js';
import { Permit, RequestContext } from '../modules/access/index.js';
import type { StreamHub } from './hub.js';

@Resolver()
export class FeedResolver {
  constructor(
    private readonly feed: Pick<EventFeed, 'now'> | null,
    private readonly hub: Pick<StreamHub, 'cursorOf'> | null,
  ) {}

  @Permit('organization:read')
  @Query(() => String, {
    description:
      'The present end of the event feed: subscribe with it as `after` and nothing from this moment on is missed, even if you connect later.',
  })
  async feedCursor(@Ctx() context: RequestContext): Promise<string> {
    return this.hub!.cursorOf(context.viewer.organizationId, await this.feed!.now());
  }
}
