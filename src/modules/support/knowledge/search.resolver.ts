import { Arg, Args, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { requireSize } from '../../../platform/paging/index.js';
import { audiencesOf, mutate, Permit, RequestContext, Role, visibleId } from '../../access/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { Article } from './article.entity.js';
import { ArticlePayload } from './article.inputs.js';
import { readerKind } from './article-enums.entity.js';
import { MissedSearch } from './missed-search.entity.js';
import { excerptOf, languageAsked } from './query.rules.js';
import { articleReport, selfServiceReport } from './report.queries.js';
import { findArticles, MOST_HITS, rememberSearch } from './search.queries.js';
import {
  ArticleReportArgs,
  ArticleReportRow,
  ArticleSearch,
  ArticleSearchArgs,
  ArticleSuggestion,
  MissedSearchConnection,
  MissedSearchesArgs,
  SelfServiceReport,
  SelfServiceReportArgs,
  ViewArticleInput,
} from './search.types.js';
import { suggestArticles } from './suggestion.queries.js';
import { countView } from './view.service.js';

const MOST_SUGGESTED = 20;

@Resolver()
export class ArticleSearchResolver {
  @Permit('knowledge:read')
  @Query(() => ArticleSearch, {
    description:
      'Looks for articles that you may read, whatever their accents and capitals. It is counted, not by whom.',
  })
  async searchArticles(
    @Args(() => ArticleSearchArgs) { query, first, after, whileTyping, ...args }: ArticleSearchArgs,
    @Ctx() context: RequestContext,
  ): Promise<ArticleSearch> {
    requireSize(first, MOST_HITS);
    const language = languageAsked(args.language, context.language);
    const { viewer, run, options } = context;
    const search = { query, language, audiences: audiencesOf(viewer), first, after: after ?? null };
    const { hits, ...page } = await findArticles(run, options.seal, search);
    if (!after && !whileTyping) {
      const isFound = hits.some(({ match }) => match === 'ALL_WORDS');
      const searched = { query, language, reader: readerKind(viewer), isFound };
      await rememberSearch(options.database, context.scope, searched);
    }
    return { ...page, nodes: hits.map(({ headline, ...hit }) => ({ ...hit, excerpt: excerptOf(headline) })) };
  }

  @Permit('tickets:work')
  @Query(() => [ArticleSuggestion], {
    description:
      'Articles that may answer a ticket, for while a reply is typed; those that its customer may read first.',
  })
  async suggestArticles(
    @Arg('ticketId', () => ID, { description: 'The ticket.' }) ticketId: string,
    @Arg('text', () => String, { nullable: true, description: 'What is typed so far.' }) text: string | null,
    @Arg('language', () => String, {
      nullable: true,
      description: "The language: en, es or pt; the ticket's, or else yours, unless said.",
    })
    language: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 5, description: `How many, 1 to ${MOST_SUGGESTED}.` })
    first: number,
    @Ctx() context: RequestContext,
  ): Promise<ArticleSuggestion[]> {
    requireSize(first, MOST_SUGGESTED);
    const ticket = await context.recordByPublicId<Ticket>(Ticket, ticketId);
    if (!ticket) return [];
    const asked = languageAsked(language ?? ticket.language, context.language);
    return suggestArticles(context, ticket, { text: text ?? '', language: asked, first });
  }

  @Permit('knowledge:read')
  @Mutation(() => ArticlePayload, {
    description:
      'Notes that an article was opened, so that one sees what is read, and by which search it was found. Of a customer who is signed in it is kept for 400 days which one read when last, to see who found help alone.',
  })
  viewArticle(
    @Arg('input', () => ViewArticleInput, { description: 'Which, and how it was found.' }) input: ViewArticleInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'viewArticle', input, async tx => {
      const articleId = await visibleId(tx, context.viewer, Article, input.articleId, 'articleId');
      const language = languageAsked(input.language, context.language);
      const { viewer } = context;
      const customerId = viewer.role === Role.CUSTOMER ? viewer.customerId : null;
      await countView(tx, articleId, { query: input.query ?? null, language, reader: readerKind(viewer), customerId });
      return { articleId };
    });
  }

  @Permit('knowledge:write')
  @Query(() => MissedSearchConnection, {
    description: 'What was looked for and not found, or found and never opened: what is to be written next.',
  })
  missedSearches(@Args(() => MissedSearchesArgs) args: MissedSearchesArgs, @Ctx() context: RequestContext) {
    return context.page(MissedSearch, args);
  }

  @Permit('support:read')
  @Query(() => [ArticleReportRow], {
    description: 'How articles were read in a period, those that answered most tickets first.',
  })
  articleReport(
    @Args(() => ArticleReportArgs) args: ArticleReportArgs,
    @Ctx() context: RequestContext,
  ): Promise<ArticleReportRow[]> {
    requireSize(args.first, 200);
    return articleReport(context, args);
  }

  @Permit('support:read')
  @Query(() => SelfServiceReport, {
    description:
      'How many customers found help in the knowledge base without a ticket, of those who read while signed in: of visitors it is not known who they are.',
  })
  selfServiceReport(
    @Args(() => SelfServiceReportArgs) args: SelfServiceReportArgs,
    @Ctx() context: RequestContext,
  ): Promise<SelfServiceReport> {
    return selfServiceReport(context, args);
  }
}
