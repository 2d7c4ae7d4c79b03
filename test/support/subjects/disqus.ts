import { disqusConnector } from '../../../integrations/disqus/connector.js';
import { KEY, openStubDisqus } from '../../../integrations/disqus/test.server.js';
import type { Subject, SubjectKind, Trouble } from './subject.js';

async function openDisqus(trouble?: Trouble): Promise<Subject> {
  const stub = await openStubDisqus();
  const question = stub.add({ message: 'El pan llegó duro 😞' });
  stub.add({ message: 'A mí también', parent: Number(question.id), isApproved: false });
  if (trouble && trouble !== 'gone') stub.misbehave(trouble);
  if (trouble === 'gone') await stub.close();
  return {
    connector: disqusConnector({ api: stub.api }),
    source: { kind: 'ACCOUNT', query: 'panaderia', credentials: { apiKey: KEY, accessToken: 'moderator' } },
    reading: {
      beginning: null,
      posts: 2,
      isAtEnd: () => false,
      edit: () => {
        question.message = '<p>El pan llegó duro, dos veces</p>';
      },
    },
    close: async () => {
      if (trouble !== 'gone') await stub.close();
    },
  };
}

export const disqus: SubjectKind = { name: 'disqus', open: openDisqus };
