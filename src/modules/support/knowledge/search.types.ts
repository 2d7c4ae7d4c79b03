import { ArgsType, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  connectionOf,
  DateTime,
  DateTimeFilter,
  enumFilterOf,
  MutationInput,
  orderInputOf,
  PageArgs,
  Reference,
  StringFilter,
} from '../../../platform/schema/index.js';
import { Article } from './article.entity.js';
import { ArticleMatch, ArticleReader } from './article-enums.entity.js';
import { MissedSearch } from './missed-search.entity.js';
import type { ExcerptText } from './query.rules.js';

@ObjectType({ description: 'A piece of a text that is quoted.', simpleResolvers: true })
export class ExcerptPart implements ExcerptText {
  @Field({ description: 'The piece; plain text.' })
  text: string;
  @Field({ description: 'Whether it is what was looked for.' })
  isMatch: boolean;
}

/** What is told of an article that was found, whoever looked for it. */
@ObjectType({ simpleResolvers: true })
export abstract class FoundArticle {
  @Field({ description: 'Its name in addresses.' })
  slug: string;
  @Field({ description: 'The language it is told in: en, es or pt.' })
  language: string;
  @Field({ description: 'Whether that is another one than was asked for, because there is none in that.' })
  isOtherLanguage: boolean;
  @Field({ description: 'The title.' })
  title: string;
  @Field({ description: 'What it is about; empty when nobody said.' })
  summary: string;
  @Field(() => [ExcerptPart], { description: 'Where in the text the words stand.' })
  excerpt: ExcerptPart[];
  @Field(() => ArticleMatch, { description: 'How it fits.' })
  match: ArticleMatch;
}

@ObjectType({ simpleResolvers: true })
export abstract class FoundPage {
  @Field(() => String, { nullable: true, description: 'To be given as `after` for the next page.' })
  endCursor: string | null;
  @Field({ description: 'Whether there is one.' })
  hasNextPage: boolean;
}

@ObjectType({ description: 'An article that was found.', simpleResolvers: true })
export class ArticleHit extends FoundArticle {
  articleId: string;
  @Reference(() => Article, 'articleId', { nullable: true, description: 'The article.' })
  article?: Article;
}

@ObjectType({ description: 'A page of articles that were found, the best first.', simpleResolvers: true })
export class ArticleSearch extends FoundPage {
  @Field(() => [ArticleHit], { description: 'The articles.' })
  nodes: ArticleHit[];
}

@ArgsType()
export class ArticleSearchArgs {
  @Field({ description: 'What is looked for; the last word may be the beginning of one.' })
  query: string;
  @Field(() => String, {
    nullable: true,
    description: 'The language: en, es or pt; yours unless said. Articles in others come after.',
  })
  language?: string | null;
  @Field(() => Int, { nullable: true, defaultValue: 10, description: 'How many, 1 to 50.' })
  first: number;
  @Field(() => String, { nullable: true, description: 'The end of the page before.' })
  after?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Whether it is still being typed: then it is not counted among what is looked for.',
  })
  whileTyping: boolean;
}

@ObjectType({ description: 'An article that may answer a ticket.', simpleResolvers: true })
export class ArticleSuggestion {
  articleId: string;
  @Reference(() => Article, 'articleId', { nullable: true, description: 'The article.' })
  article?: Article;
  @Field({ description: 'The language it is told in: en, es or pt.' })
  language: string;
  @Field({ description: 'The title.' })
  title: string;
  @Field({ description: 'What it is about; empty when nobody said.' })
  summary: string;
  @Field({ description: 'Whether the customer may read it; what is not is for you alone.' })
  isShareable: boolean;
  @Field(() => Float, { description: 'How well it fits, beside the others.' })
  score: number;
}

@InputType({ description: 'That an article was opened.' })
export class ViewArticleInput extends MutationInput {
  @Field(() => ID, { description: 'The article.' })
  articleId: string;
  @Field(() => String, { nullable: true, description: 'What was looked for when it was found.' })
  query?: string | null;
  @Field(() => String, { nullable: true, description: 'In which language it was looked for; yours unless said.' })
  language?: string | null;
}

const MissedSearchReaderFilter = enumFilterOf(ArticleReader, 'ArticleReader');
export const MissedSearchConnection = connectionOf(MissedSearch, 'MissedSearch');

enum MissedSearchOrderField {
  SEARCHES = 'SEARCHES',
  LAST_AT = 'LAST_AT',
}
registerEnumType(MissedSearchOrderField, {
  name: 'MissedSearchOrderField',
  description: 'What searches are ordered by.',
  valuesConfig: {
    SEARCHES: { description: 'How often they were made.' },
    LAST_AT: { description: 'When they were last made.' },
  },
});
const MissedSearchOrder = orderInputOf(MissedSearchOrderField, 'MissedSearch');

@InputType({ description: 'Which searches; all conditions must hold.' })
class MissedSearchFilter {
  @Field(() => StringFilter, { nullable: true, description: 'By language.' })
  language?: StringFilter;
  @Field(() => MissedSearchReaderFilter, { nullable: true, description: 'By who searched.' })
  readerKind?: object;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they were last made.' })
  lastAt?: DateTimeFilter;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether nothing was found; otherwise what was found was never opened.',
  })
  foundNothing?: boolean;
}

@ArgsType()
export class MissedSearchesArgs extends PageArgs {
  @Field(() => MissedSearchFilter, { nullable: true, description: 'Only these.' })
  filter?: MissedSearchFilter;
  @Field(() => [MissedSearchOrder], {
    nullable: true,
    description: 'In this order; the most frequent first unless said.',
  })
  orderBy?: InstanceType<typeof MissedSearchOrder>[];
}

@ArgsType()
export class ArticleReportArgs {
  @Field(() => DateTime, { description: 'From this moment on; views by whole days.' })
  from: string;
  @Field(() => DateTime, { description: 'Up to this moment, itself not included.' })
  to: string;
  @Field(() => Int, { nullable: true, defaultValue: 20, description: 'How many articles, 1 to 200.' })
  first: number;
}

@ObjectType({ description: 'How one article was read in a period.', simpleResolvers: true })
export class ArticleReportRow {
  articleId: string;
  @Reference(() => Article, 'articleId', { nullable: true, description: 'The article.' })
  article?: Article;
  @Field(() => Int, { description: 'How often it was opened.' })
  views: number;
  @Field(() => Int, { description: 'How many readers it helped.' })
  helpful: number;
  @Field(() => Int, { description: 'How many it did not help.' })
  unhelpful: number;
  @Field(() => Float, {
    nullable: true,
    description: 'Percent that it helped, of those who said; nothing when nobody did.',
  })
  helpfulPercent: number | null;
  @Field(() => Int, { description: 'In how many tickets it was part of the answer.' })
  uses: number;
  @Field(() => Int, {
    description:
      'How often customers who were signed in read it, once a day each, and 24 hours have passed since; of visitors it is not known.',
  })
  customerReads: number;
  @Field(() => Int, { description: 'After how many of these the customer opened no ticket within 24 hours.' })
  deflected: number;
  @Field(() => Float, {
    nullable: true,
    description: 'Percent of the reads of customers that were followed by no ticket; nothing without such a read.',
  })
  deflectionPercent: number | null;
}

@ArgsType()
export class SelfServiceReportArgs {
  @Field(() => DateTime, { description: 'From this moment on.' })
  from: string;
  @Field(() => DateTime, { description: 'Up to this moment, itself not included.' })
  to: string;
}

@ObjectType({ description: 'How many customers found help by themselves, in a period.', simpleResolvers: true })
export class SelfServiceReport {
  @Field(() => Int, { description: 'How many customers read articles while signed in.' })
  readers: number;
  @Field(() => Int, { description: 'How many customers had tickets that were opened in it, whatever the channel.' })
  customersWithTickets: number;
  @Field(() => Float, {
    nullable: true,
    description:
      'The self-service score as support teams define it (users of the help centre to users with tickets): `readers` by `customersWithTickets`; nothing when nobody had a ticket.',
  })
  score: number | null;
  @Field(() => Int, {
    description: 'How often a customer read an article, once a day each, of reads since which 24 hours have passed.',
  })
  reads: number;
  @Field(() => Int, { description: 'After how many of these it opened no ticket within 24 hours.' })
  deflected: number;
  @Field(() => Float, { nullable: true, description: 'Percent of the reads that were; nothing without any.' })
  deflectionPercent: number | null;
}
