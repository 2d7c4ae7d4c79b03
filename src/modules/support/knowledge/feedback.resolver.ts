import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { usesOfTicket } from './article.loaders.js';
import { ArticleFeedback } from './article-feedback.entity.js';
import { ArticleUse } from './article-use.entity.js';
import {
  ArticleFeedbackArgs,
  ArticleFeedbackConnection,
  RateArticleInput,
  RateArticlePayload,
  UseArticleInput,
  UseArticlePayload,
} from './feedback.inputs.js';
import { rateArticle } from './feedback.service.js';
import { useArticle } from './use.service.js';

@Resolver()
export class ArticleFeedbackResolver {
  @Permit('knowledge:read')
  @Mutation(() => RateArticlePayload, {
    description: 'Says whether an article helped, once a reader and version; who says it again has changed their mind.',
  })
  rateArticle(
    @Arg('input', () => RateArticleInput, { description: 'What you think.' }) input: RateArticleInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'rateArticle', input, tx => rateArticle(tx, context.viewer, input, context.language));
  }

  @Permit('knowledge:write')
  @Query(() => ArticleFeedbackConnection, { description: 'What readers thought of articles, the latest first.' })
  articleFeedback(@Args(() => ArticleFeedbackArgs) args: ArticleFeedbackArgs, @Ctx() context: RequestContext) {
    return context.page(ArticleFeedback, args);
  }

  @Permit('tickets:work')
  @Mutation(() => UseArticlePayload, {
    description: 'Notes that an article is part of the answer in a ticket; it is counted once a ticket.',
  })
  useArticle(
    @Arg('input', () => UseArticleInput, { description: 'Which, and where.' }) input: UseArticleInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'useArticle', input, tx => useArticle(tx, context.viewer, input));
  }
}

@Resolver(() => Ticket)
export class TicketArticlesResolver {
  @FieldResolver(() => [ArticleUse], {
    description: 'Articles that were part of the answer, the first one first; for staff.',
  })
  articleUses(@Root() ticket: Ticket, @Ctx() context: RequestContext): Promise<ArticleUse[]> {
    return context.load(usesOfTicket, ticket.id);
  }
}
