import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { type Problems, report, requiredLine, requiredText } from '../../../platform/input.rules.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { cleanLine } from '../../../platform/text.js';
import { type Viewer, visibleId } from '../../access/index.js';
import { Article } from './article.entity.js';
import type { ArticleTextInput } from './article.inputs.js';
import { type ArticleChange, ArticleState } from './article-enums.entity.js';
import { tangleOf } from './markdown.rules.js';
import { LANGUAGES } from './query.rules.js';

const MOST_KEYWORDS = 30;

export interface WrittenText {
  language: string;
  title: string;
  summary: string;
  body: string;
  keywords: string[];
}

/**
 * Held before any article by whoever changes what is shown: triggers hold it to count words when an article is already held, and
 * somebody with several of them would wait for one who waits for them.
 */
export const holdWords = (tx: Tx): Promise<unknown> =>
  tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`article words ${tx.scope.organizationId}`]);

/** The article behind a public id, held for a change. */
export async function lockArticle(
  tx: Tx,
  viewer: Viewer,
  id: string,
  { version, field = 'articleId' }: { version?: number | null; field?: string } = {},
): Promise<Article> {
  const articleId = await visibleId(tx, viewer, Article, id, field);
  const [article] = await tx.query<Article>(
    `select ${columnsOf(Article)} from articles t where t.organization_id = $1 and t.id = $2 for update`,
    [tx.scope.organizationId, articleId],
  );
  if (version != null && version !== article!.version) throw staleVersion('article', article!.version);
  return article!;
}

/** Throws for what is kept, and written no more. */
export function requireOpen(article: Article): void {
  if (article.state === ArticleState.ARCHIVED)
    throw invalid('articleId', 'It is archived: reopen it first.', 'NOT_ALLOWED');
}

export function cleanLanguage(problems: Problems, field: string, language: string): string {
  const found = LANGUAGES.find(known => known === language);
  return found ?? report(problems, field, `It is one of ${LANGUAGES.join(', ')}.`) ?? 'en';
}

/** What was written, as it is kept; everything that is wrong with it is reported below `path`. */
export function cleanArticleText(problems: Problems, path: string, given: ArticleTextInput): WrittenText {
  const at = (field: string) => `${path}.${field}`;
  const summary = cleanLine(given.summary ?? '');
  if (summary.length > 500) report(problems, at('summary'), 'It has at most 500 characters.', 'TOO_LONG');
  const keywords = [...new Set((given.keywords ?? []).map(word => cleanLine(word)).filter(Boolean))];
  if (keywords.length > MOST_KEYWORDS)
    report(problems, at('keywords'), `There are at most ${MOST_KEYWORDS} of them.`, 'TOO_LONG');
  if (keywords.some(word => word.length > 60))
    report(problems, at('keywords'), 'Each has at most 60 characters.', 'TOO_LONG');
  const body = requiredText(problems, at('body'), given.body, 100_000);
  const tangle = tangleOf(body);
  if (tangle) report(problems, at('body'), tangle);
  return {
    language: cleanLanguage(problems, at('language'), given.language),
    title: requiredLine(problems, at('title'), given.title, 200),
    summary,
    body,
    keywords,
  };
}

/** That an article changed, for itself and for whoever listens. */
export async function tellArticle(
  tx: Tx,
  articleId: string,
  change: keyof typeof ArticleChange,
  language?: string | null,
): Promise<void> {
  const data = { change, ...(language ? { language } : {}) };
  await recordEvents(tx, [{ type: 'article.changed', subjectId: articleId, data }]);
}
