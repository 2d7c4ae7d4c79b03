import { discourseConnector } from '../../../integrations/discourse/connector.js';
import { delivery as deliveryOf, KEY, openStubForum } from '../../../integrations/discourse/test.server.js';
import { type ParentPost, PostKind } from '../../../src/ingest/connector.js';
import type { Subject, SubjectKind, Trouble } from './subject.js';

const SECRET = 'agreed-secret';

async function openDiscourse(trouble?: Trouble): Promise<Subject> {
  const forum = await openStubForum();
  const question = forum.add({ raw: '¿Tenéis pan sin gluten? 🥖' });
  const second = forum.add({ raw: 'Eso, ¿y de centeno?', username: 'ana', user_id: 21, name: 'Ana' });
  const answer = forum.add({ raw: 'Sí, los martes.', username: 'bakery', user_id: 1, reply_to_post_number: 1 });
  if (trouble && trouble !== 'gone') forum.misbehave(trouble);
  if (trouble === 'gone') await forum.close();
  const host = forum.url.replace('http://', '');
  const parent: ParentPost = {
    ref: { id: `${host}/t/7/2`, url: forum.url + second.post_url },
    kind: PostKind.COMMENT,
    author: { id: `${host}/u/21`, handle: 'ana' },
    own: false,
    text: second.raw,
    occurredAt: new Date(second.created_at),
    replyTo: { topicId: '7', postNumber: 2, title: 'Pan sin gluten' },
  };
  const edited = { ...question, raw: '¿Tenéis pan sin gluten y sin leche?', cooked: '<p>…</p>', version: 2 };
  const delivery = (event: string, post: object, secret: string, id?: string) =>
    deliveryOf(event, post, secret, id, forum.url);
  const created = delivery('post_created', question, SECRET);
  return {
    connector: discourseConnector(),
    source: { kind: 'ACCOUNT', query: forum.url, settings: { username: 'bakery' }, credentials: { apiKey: KEY } },
    reading: {
      beginning: null,
      posts: 3,
      isAtEnd: () => false,
      edit: () => {
        question.raw = edited.raw;
        question.cooked = `<p>${edited.raw}</p>`;
        question.version = 2;
        second.deleted_at = new Date().toISOString();
      },
    },
    hooks: {
      secret: SECRET,
      deliveries: [
        created,
        delivery('post_created', second, SECRET, '2'),
        delivery('post_created', answer, SECRET, '3'),
        delivery('post_edited', edited, SECRET, '4'),
        delivery('post_destroyed', { ...second, deleted_at: second.updated_at }, SECRET, '5'),
      ],
      posts: 3,
      edited: 1,
      deleted: 1,
      own: 1,
      forged: [
        delivery('post_created', question, 'a-strangers'),
        { ...created, body: Buffer.from(created.body.toString().replace('gluten', 'harina')) },
        { ...created, headers: { ...created.headers, 'x-discourse-event-signature': undefined } },
      ],
    },
    sending: {
      command: { kind: 'reply', visibility: 'public', parent },
      refused: { parent: { ...parent, replyTo: { ...parent.replyTo, private: true } }, code: 'NOT_POSSIBLE' },
      sent: async () =>
        forum.posts
          .filter(each => each.user_id === 1 && each.id > 3 && !each.deleted_at)
          .map(each => ({ id: `${host}/t/${each.topic_id}/${each.post_number}`, text: each.raw })),
      misbehave: how => forum.misbehave(how, 'writing'),
    },
    close: async () => {
      if (trouble !== 'gone') await forum.close();
    },
  };
}

export const discourse: SubjectKind = { name: 'discourse', open: openDiscourse };
