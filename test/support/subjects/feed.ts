import { fixture, openFeedServer } from '../../../integrations/feed/test.server.js';
import type { Subject, SubjectKind, Trouble } from './subject.js';

async function openFeed(trouble?: Trouble): Promise<Subject> {
  const server = await openFeedServer();
  const url = server.serve('/feed', (_request, response) => {
    if (trouble === 'limited') response.writeHead(429, { 'retry-after': '7' }).end();
    else if (trouble === 'broken') response.writeHead(503).end();
    else if (trouble === 'malformed') response.end('<rss><channel><item><title>Hola');
    else if (trouble !== 'silent') response.end(fixture('posts-rss2.xml'));
  });
  if (trouble === 'gone') await server.close();
  return {
    connector: server.connector,
    source: { kind: 'FEED', query: url },
    calledElsewhere: 'A hub brings no posts: it only says that the feed has some.',
    reading: {
      beginning: null,
      posts: 2,
      isAtEnd: () => false,
      say: text =>
        void server.serve(
          '/feed',
          fixture('posts-rss2.xml').replace(
            '<item>',
            `<item><title>${text}</title><guid isPermaLink="false">say:1</guid><link>https://panaderia.example/say</link></item><item>`,
          ),
        ),
      edit: () => void server.serve('/feed', fixture('posts-rss2.xml').replace('Abrimos antes', 'Abrimos aún antes')),
    },
    close: async () => {
      if (trouble !== 'gone') await server.close();
    },
  };
}

export const feed: SubjectKind = { name: 'feed', open: openFeed };
