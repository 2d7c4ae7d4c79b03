import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { requireSize } from '../../../platform/paging/index.js';
import { subnetOf } from '../../../platform/subnet.js';
import { Permit, RequestContext, withUserErrors } from '../../access/index.js';
import type { Entrance } from '../portal/entrance.js';
import { countTries } from '../portal/tally.service.js';
import { RateArticlePayload, RatePublicArticleInput } from './feedback.inputs.js';
import { noSuchArticle, ratePublicArticle } from './feedback.service.js';
import {
  PublicArticle,
  PublicArticleArgs,
  PublicArticleHeading,
  PublicArticleSearch,
  PublicArticleSearchArgs,
  PublicArticlesArgs,
} from './public-article.types.js';
import { excerptOf, languageAsked } from './query.rules.js';
import { MOST_HITS } from './search.queries.js';
import { Visit } from './visitor.service.js';

/** So often an address says what it thinks, of all the articles of one organisation, in an hour. */
const MOST_RATINGS = 30;
const HOUR_SECONDS = 3600;

/** So often it reads of one organisation in a minute: a site that shows our articles asks for all its visitors. */
const MOST_READS = 600;
const MINUTE_SECONDS = 60;

/** The knowledge base for who did not sign in. */
@Resolver()
export class PublicArticleResolver {
  constructor(private readonly entrance: Entrance) {}

  /** Of who asks there, to be told apart and not to be known again. */
  private readerOf({ options }: RequestContext, { scope }: Visit): string {
    return this.entrance.digest(`article reader ${scope.organizationId} ${subnetOf(options.clientIp ?? '')}`);
  }

  /** Throws RATE_LIMITED. */
  private async visit(context: RequestContext, organization: string): Promise<Visit | null> {
    const { database, requestId } = context.options;
    const there = await Visit.to(database, organization, requestId);
    if (!there) return null;
    const subject = `reading ${this.readerOf(context, there)}`;
    await countTries(database, there.scope, [{ subject, most: MOST_READS, seconds: MINUTE_SECONDS }]);
    return there;
  }

  @Permit('PUBLIC')
  @Query(() => PublicArticle, {
    nullable: true,
    description: 'One article that is for everybody, or nothing when there is none. It is counted as opened.',
  })
  async publicArticle(
    @Args(() => PublicArticleArgs) { organization, slug, language, query }: PublicArticleArgs,
    @Ctx() context: RequestContext,
  ): Promise<PublicArticle | null> {
    const there = await this.visit(context, organization);
    return there?.open(slug, languageAsked(language, context.language), query ?? null) ?? null;
  }

  @Permit('PUBLIC')
  @Query(() => [PublicArticleHeading], {
    description:
      'The articles of an organisation that are for everybody, by category, then by title. Where there are `first`, there may be more: ask again with the `cursor` of the last one as `after`.',
  })
  async publicArticles(
    @Args(() => PublicArticlesArgs) { organization, language, first, after }: PublicArticlesArgs,
    @Ctx() context: RequestContext,
  ): Promise<PublicArticleHeading[]> {
    requireSize(first, 200);
    const there = await this.visit(context, organization);
    const asked = { language: languageAsked(language, context.language), first, after: after ?? null };
    return there?.articles(context.options.seal, asked) ?? [];
  }

  @Permit('PUBLIC')
  @Query(() => PublicArticleSearch, {
    description: 'Looks for articles that are for everybody, whatever their accents and capitals.',
  })
  async searchPublicArticles(
    @Args(() => PublicArticleSearchArgs) {
      organization,
      query,
      first,
      after,
      whileTyping,
      ...args
    }: PublicArticleSearchArgs,
    @Ctx() context: RequestContext,
  ): Promise<PublicArticleSearch> {
    requireSize(first, MOST_HITS);
    const there = await this.visit(context, organization);
    if (!there) return { nodes: [], endCursor: null, hasNextPage: false };
    const language = languageAsked(args.language, context.language);
    const search = { query, language, first, after: after ?? null, isCounted: !whileTyping };
    const { hits, ...page } = await there.search(context.options.seal, search);
    return { ...page, nodes: hits.map(({ headline, ...hit }) => ({ ...hit, excerpt: excerptOf(headline) })) };
  }

  @Permit('PUBLIC')
  @Mutation(() => RateArticlePayload, {
    description: `Says whether a public article helped; ${MOST_RATINGS} times an hour from one address.`,
  })
  ratePublicArticle(
    @Arg('input', () => RatePublicArticleInput, { description: 'What you think.' }) input: RatePublicArticleInput,
    @Ctx() context: RequestContext,
  ) {
    return withUserErrors(async () => {
      const there = await this.visit(context, input.organization);
      if (!there) throw noSuchArticle();
      const { database } = context.options;
      const reader = this.readerOf(context, there);
      await countTries(database, there.scope, [
        { subject: `rating ${reader}`, most: MOST_RATINGS, seconds: HOUR_SECONDS },
      ]);
      return database.write(there.scope, tx => ratePublicArticle(tx, input, `visitor:${reader}`, context.language));
    });
  }
}
