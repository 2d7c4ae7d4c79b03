import { expect } from '@jest/globals';
import type { Client } from './app.js';
import { errorsOf } from './ticketing.js';

const ARTICLE = 'number article { id slug state version }';
const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

/** What tests of the knowledge base do again and again, as one who writes. */
export function writingOf(client: Client) {
  /** The whole payload of a mutation whose input is named after it. */
  async function act(mutation: string, input: object, fields = ARTICLE, by = client, type = capital(mutation)) {
    const data = await by.data<Record<string, any>>(
      `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { ${fields} userErrors { field code message } } }`,
      { input },
    );
    return data[mutation];
  }

  async function done(mutation: string, input: object, fields?: string): Promise<any> {
    const payload = await act(mutation, input, fields);
    expect(errorsOf(payload)).toEqual([]);
    return payload;
  }

  return {
    act,
    done,
    /** Writes an article and publishes it in every language it is given in; answers its public id. */
    async publish(
      audience: string,
      texts: Record<string, { title: string; body: string; summary?: string; keywords?: string[] }>,
      more: object = {},
    ): Promise<string> {
      const [[language, text], ...others] = Object.entries(texts) as [string, object][] as [
        [string, object],
        ...[string, object][],
      ];
      const created = await done('createArticle', { audience, text: { language, ...text }, ...more });
      const articleId = created.article.id;
      for (const [other, said] of others)
        await done('writeArticle', { articleId, basedOn: 0, text: { language: other, ...said } });
      for (const shown of Object.keys(texts)) await done('publishArticle', { articleId, language: shown });
      return articleId;
    },
  };
}

export type Writing = ReturnType<typeof writingOf>;
