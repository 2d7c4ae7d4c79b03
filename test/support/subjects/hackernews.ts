import { hackerNewsConnector } from '../../../integrations/hackernews/connector.js';
import { startJson } from '../json-server.js';
import type { Subject, SubjectKind, Trouble } from './subject.js';

async function openHackerNews(trouble?: Trouble): Promise<Subject> {
  const second = Math.floor(Date.now() / 1000) - 600;
  const hits = [
    {
      objectID: '102',
      created_at_i: second + 60,
      author: 'joao',
      comment_text: 'I <i>like</i> it &amp; more',
      parent_id: 101,
      story_id: 101,
    },
    {
      objectID: '101',
      created_at_i: second,
      author: 'marisol',
      title: 'Show HN: Olivar 🥖',
      url: 'https://olivar.example',
      story_id: 101,
    },
  ];
  const server = await startJson(
    ({ path }) => (path === '/search_by_date' ? { hits, nbPages: 1 } : undefined),
    trouble,
  );
  if (trouble === 'gone') await server.close();
  return {
    connector: hackerNewsConnector({ searchOrigin: server.origin, itemOrigin: server.origin }),
    source: { kind: 'KEYWORD', query: 'olivar' },
    reading: { beginning: { second: second - 600 }, posts: 2, isAtEnd: () => false },
    close: async () => {
      if (trouble !== 'gone') await server.close();
    },
  };
}

export const hackernews: SubjectKind = { name: 'hackernews', open: openHackerNews };
