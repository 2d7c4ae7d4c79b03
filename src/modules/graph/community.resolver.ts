import { Arg, Args, ArgsType, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { OrderInput } from '../../platform/paging/index.js';
import { connectionOf, PageArgs } from '../../platform/schema/index.js';
import { type Language, type ListOfParent, Permit, RequestContext } from '../access/index.js';
import { SocialIdentity } from '../social/index.js';
import { Community, wordsFor } from './community.entity.js';
import { visibleSizeOfCommunity } from './community.loaders.js';
import { seesEverybody, seesEverything } from './sight.rules.js';

const CommunityConnection = connectionOf(Community, 'Community');
const CommunityMemberConnection = connectionOf(SocialIdentity, 'CommunityMember');

const MEMBERS = {
  name: 'community.members',
  condition: 'true',
  from: `lateral (select n.*, x.score from identity_influence x
           join social_identities n on n.organization_id = x.organization_id and n.id = x.identity_id
          where x.community_id = k.parent) t`,
  orders: { SCORE: { sql: 't.score', type: 'double precision', nullable: false } },
  defaultOrder: [{ field: 'SCORE', direction: 'DESC' }],
} satisfies ListOfParent;

const WORDS_IN_NAME = 3;

const people = (count: number, language: Language): string =>
  `${count} ${{ en: 'people', es: 'personas', pt: 'pessoas' }[language]}`;

const sizeFor = ({ id, size }: Community, context: RequestContext): number | Promise<number> =>
  seesEverything(context.viewer) ? size : context.load(visibleSizeOfCommunity, id);

const BY_ID: OrderInput[] = [{ field: 'ID', direction: 'DESC' }];

@ArgsType()
class CommunitiesArgs extends PageArgs {}

@Resolver(() => Community)
export class CommunityResolver {
  @Permit('graph:read')
  @Query(() => Community, {
    nullable: true,
    description: 'One community, or nothing when there is none of this id with a member you may see.',
  })
  community(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Community | null> {
    return context.recordByPublicId(Community, id);
  }

  @Permit('graph:read')
  @Query(() => CommunityConnection, {
    description:
      'Communities of the last run of which you may see a member, the largest first; in no telling order for who may not see everybody.',
  })
  communities(@Args(() => CommunitiesArgs) args: CommunitiesArgs, @Ctx() context: RequestContext) {
    // Order and cursors would tell how large they are.
    return context.page(Community, seesEverybody(context.viewer) ? args : { ...args, orderBy: BY_ID });
  }

  @FieldResolver(() => String, {
    description:
      'What its members say more often than others do; how many they are where nothing sets them apart, or you may not read it.',
  })
  async name(@Root() community: Community, @Ctx() context: RequestContext): Promise<string> {
    const words = wordsFor(community, context);
    if (words.length > 0) return words.slice(0, WORDS_IN_NAME).join(' · ');
    return people(await sizeFor(community, context), context.language);
  }

  @FieldResolver(() => Int, { description: 'How many identities belong to it, of those you may see.' })
  size(@Root() community: Community, @Ctx() context: RequestContext): number | Promise<number> {
    return sizeFor(community, context);
  }

  @FieldResolver(() => CommunityMemberConnection, {
    description: 'Its members whom you may see, the most influential first.',
  })
  members(@Root() community: Community, @Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return context.pageOf(SocialIdentity, MEMBERS, community.id, args);
  }
}
