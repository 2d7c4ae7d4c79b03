import { Field, Int, ObjectType } from 'type-graphql';
import type { LoaderDefinition } from '../../../platform/loaders.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { audiencesOf, type RequestContext } from '../../access/index.js';
import { ArticleText } from './article-text.entity.js';
import { ArticleTranslation } from './article-translation.entity.js';
import { ArticleUse } from './article-use.entity.js';
import { ArticleVersion } from './article-version.entity.js';
import type { ArticleLanguage } from './query.rules.js';

/** The published text of each article (stored ids) in a language, or else in the organisation's own, or in any. */
export function textOfArticle(
  language: ArticleLanguage,
): [LoaderDefinition<RequestContext, string, ArticleText | null>, string] {
  return [
    {
      name: 'article.text',
      async batch(context, ids) {
        const rows = await context.read<ArticleText>(
          `select distinct on (t.article_id) ${columnsOf(ArticleText)}, t.language <> $2 as "isOtherLanguage"
             from article_texts t
            where t.article_id = any ($1::uuid[]) and t.audience = any ($3::text[])
            order by t.article_id, t.language = $2 desc, t.language = (select left(o.default_language, 2) from organizations o) desc, t.language`,
          [ids, language, audiencesOf(context.viewer)],
        );
        const byArticle = new Map(rows.map(row => [row.articleId, row]));
        return ids.map(id => byArticle.get(id) ?? null);
      },
    },
    language,
  ];
}

/** The languages each article (stored ids) is published in. */
export const languagesOfArticle: LoaderDefinition<RequestContext, string, string[]> = {
  name: 'article.languages',
  async batch(context, ids) {
    const rows = await context.read<{ id: string; languages: string[] }>(
      `select article_id as id, array_agg(language order by language) as languages from article_texts
        where article_id = any ($1::uuid[]) and audience = any ($2::text[]) group by article_id`,
      [ids, audiencesOf(context.viewer)],
    );
    const byArticle = new Map(rows.map(row => [row.id, row.languages]));
    return ids.map(id => byArticle.get(id) ?? []);
  },
};

/** The translations of each article (stored ids); nobody but those who write sees them. */
export const translationsOfArticle: LoaderDefinition<RequestContext, string, ArticleTranslation[]> = {
  name: 'article.translations',
  async batch(context, ids) {
    if (!context.viewer.may('knowledge:write')) return ids.map(() => []);
    const rows = await context.read<ArticleTranslation>(
      `select ${columnsOf(ArticleTranslation)} from article_translations t where t.article_id = any ($1::uuid[]) order by t.language`,
      [ids],
    );
    const byArticle = Map.groupBy(rows, ({ articleId }) => articleId);
    return ids.map(id => byArticle.get(id) ?? []);
  },
};

interface VersionKey {
  articleId: string;
  language: string;
  number: number;
}

export const versionOfTranslation: LoaderDefinition<RequestContext, VersionKey, ArticleVersion | null> = {
  name: 'article.version',
  cacheKey: ({ articleId, language, number }) => `${articleId} ${language} ${number}`,
  async batch(context, keys) {
    const rows = await context.read<ArticleVersion>(
      `select ${columnsOf(ArticleVersion)} from unnest($1::uuid[], $2::text[], $3::integer[]) as k(article_id, language, number)
         join article_versions t on t.article_id = k.article_id and t.language = k.language and t.number = k.number`,
      [keys.map(key => key.articleId), keys.map(key => key.language), keys.map(key => key.number)],
    );
    const known = new Map(rows.map(row => [`${row.articleId} ${row.language} ${row.number}`, row]));
    return keys.map(({ articleId, language, number }) => known.get(`${articleId} ${language} ${number}`) ?? null);
  },
};

/** The latest versions of each translation, the latest first. */
export function versionsOfTranslation(
  most: number,
  before: number | null,
): [LoaderDefinition<RequestContext, Pick<VersionKey, 'articleId' | 'language'>, ArticleVersion[]>, string] {
  return [
    {
      name: 'article.versions',
      cacheKey: ({ articleId, language }) => `${articleId} ${language}`,
      async batch(context, keys) {
        const rows = await context.read<ArticleVersion>(
          `select ${columnsOf(ArticleVersion)} from unnest($1::uuid[], $2::text[]) as k(article_id, language)
            cross join lateral (select * from article_versions v where v.article_id = k.article_id and v.language = k.language
                                   and v.number < coalesce($4, v.number + 1) order by v.number desc limit $3) t
            order by t.number desc`,
          [keys.map(key => key.articleId), keys.map(key => key.language), most, before],
        );
        const byKey = Map.groupBy(rows, row => `${row.articleId} ${row.language}`);
        return keys.map(({ articleId, language }) => byKey.get(`${articleId} ${language}`) ?? []);
      },
    },
    `${most} ${before}`,
  ];
}

@ObjectType({ description: 'How an article is read, and whether it helps.', simpleResolvers: true })
export class ArticleStatistics {
  @Field(() => Int, { description: 'How often it was opened.' })
  views: number;
  @Field(() => Int, { description: 'How many readers it helped.' })
  helpful: number;
  @Field(() => Int, { description: 'How many it did not help.' })
  unhelpful: number;
  @Field(() => Int, { description: 'In how many tickets it was part of the answer.' })
  uses: number;
}

export const statisticsOfArticle: LoaderDefinition<RequestContext, string, ArticleStatistics> = {
  name: 'article.statistics',
  async batch(context, ids) {
    const rows = await context.read<ArticleStatistics & { id: string }>(
      `select k.id, coalesce((select sum(v.views) from article_views v where v.article_id = k.id), 0)::integer as views, f.helpful, f.unhelpful,
              (select count(*) from article_uses u where u.article_id = k.id)::integer as uses
         from unnest($1::uuid[]) as k(id)
        cross join lateral (select count(*) filter (where helpful)::integer as helpful, count(*) filter (where not helpful)::integer as unhelpful
                              from article_feedback f where f.article_id = k.id) f`,
      [ids],
    );
    const byArticle = new Map(rows.map(row => [row.id, row]));
    return ids.map(id => byArticle.get(id)!);
  },
};

/** Articles that were part of the answer in each ticket (stored ids), the first one first. */
export const usesOfTicket: LoaderDefinition<RequestContext, string, ArticleUse[]> = {
  name: 'ticket.articleUses',
  async batch(context, ids) {
    if (!context.viewer.may('support:read')) return ids.map(() => []);
    const rows = await context.read<ArticleUse>(
      `select ${columnsOf(ArticleUse)} from article_uses t where t.ticket_id = any ($1::uuid[]) order by t.used_at, t.id`,
      [ids],
    );
    const byTicket = Map.groupBy(rows, ({ ticketId }) => ticketId);
    return ids.map(id => byTicket.get(id) ?? []);
  },
};
