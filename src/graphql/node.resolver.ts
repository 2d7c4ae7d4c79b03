import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Permit, RequestContext } from '../modules/access/index.js';
import { AppError } from '../platform/errors.js';
import { Node } from '../platform/schema/index.js';

const MOST_IDS = 200;

@Resolver()
export class NodeResolver {
  @Permit('organization:read')
  @Query(() => Node, {
    nullable: true,
    description: 'Any record by its id, or nothing when there is none that you may see.',
  })
  node(@Arg('id', () => ID, { description: 'The id.' }) id: string, @Ctx() context: RequestContext) {
    return context.node(id);
  }

  @Permit('organization:read')
  @Query(() => [Node], {
    nullable: 'items',
    description: 'Any records by their ids, in the order of the ids; nothing for those you may not see.',
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'The ids, 200 at most.' }) ids: string[],
    @Ctx() context: RequestContext,
  ) {
    if (ids.length > MOST_IDS) throw new AppError('BAD_USER_INPUT', `At most ${MOST_IDS} ids are answered at once.`);
    return Promise.all(ids.map(id => context.node(id)));
  }
}
