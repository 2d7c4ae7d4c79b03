import { wordpressConnector } from '../../../integrations/wordpress/connector.js';
import { openStubBlog, PASSWORD } from '../../../integrations/wordpress/test.server.js';
import { type ParentPost, PostKind } from '../../../src/ingest/connector.js';
import { textOfHtml } from '../../../src/platform/html.text.js';
import type { Subject, SubjectKind, Trouble } from './subject.js';

async function openWordPress(trouble?: Trouble): Promise<Subject> {
  const blog = await openStubBlog();
  const question = blog.add({ text: 'El pan llegó duro 😞 ¿me lo cambian?' });
  blog.add({
    text: 'A mí también',
    parent: 1,
    status: 'hold',
    author_name: 'Ana',
    author_email: 'ana@customer.example',
  });
  blog.add({ text: 'Perdón, ahora mismo.', parent: 1, author: 1, author_name: 'bakery' });
  if (trouble && trouble !== 'gone') blog.misbehave(trouble);
  if (trouble === 'gone') await blog.close();
  const guid = `${blog.url}/?p=1`;
  const parent: ParentPost = {
    ref: { id: `${guid}#comment-1`, url: question.link },
    kind: PostKind.COMMENT,
    author: { displayName: 'Carla' },
    own: false,
    text: question.content.raw,
    occurredAt: new Date(`${question.date_gmt}Z`),
    replyTo: { post: '1', comment: '1', guid, status: 'approved' },
  };
  return {
    connector: wordpressConnector(),
    source: {
      kind: 'ACCOUNT',
      query: blog.url,
      settings: { username: 'bakery' },
      credentials: { applicationPassword: PASSWORD },
    },
    reading: {
      beginning: null,
      posts: 4,
      isAtEnd: () => false,
      edit: () => {
        question.content = { rendered: '<p>El pan llegó duro, dos veces</p>', raw: 'El pan llegó duro, dos veces' };
      },
    },
    sending: {
      command: { kind: 'reply', visibility: 'public', parent },
      refused: {
        parent: { ...parent, replyability: { public: false, private: false, reason: 'COMMENTS_CLOSED' } },
        code: 'COMMENTS_CLOSED',
      },
      sent: async () =>
        blog.comments
          .filter(each => each.author === 1 && each.id > 3 && each.status !== 'trash')
          .map(each => ({ id: `${guid}#comment-${each.id}`, text: textOfHtml(each.content.raw) })),
      misbehave: how => blog.misbehave(how, 'writing'),
    },
    close: async () => {
      if (trouble !== 'gone') await blog.close();
    },
  };
}

export const wordpress: SubjectKind = { name: 'wordpress', open: openWordPress };
