import { webmentionConnector } from '../../../integrations/webmention/connector.js';
import type { Subject, SubjectKind } from './subject.js';

/** What it is told are addresses of pages, which are read afterwards; their tests stand beside the adapter. */
async function openWebmention(): Promise<Subject> {
  return {
    connector: webmentionConnector(),
    source: { kind: 'ACCOUNT', query: 'https://panaderia.example/' },
    calledElsewhere: 'A call names a page that is still to be read; it brings no post itself.',
    close: async () => {},
  };
}

export const webmention: SubjectKind = { name: 'webmention', open: openWebmention };
