import { registerEnumType } from 'type-graphql';
import { Role, type Viewer } from '../../access/index.js';

export enum ArticleAudience {
  PUBLIC = 'PUBLIC',
  CUSTOMERS = 'CUSTOMERS',
  PARTNERS = 'PARTNERS',
  STAFF = 'STAFF',
}
registerEnumType(ArticleAudience, {
  name: 'ArticleAudience',
  description: 'For whom an article is; staff read all of them.',
  valuesConfig: {
    PUBLIC: { description: 'Everybody, also without signing in.' },
    CUSTOMERS: { description: 'Customers who are signed in.' },
    PARTNERS: { description: 'Partners.' },
    STAFF: { description: 'Staff only.' },
  },
});

export enum ArticleState {
  DRAFT = 'DRAFT',
  PUBLISHED = 'PUBLISHED',
  ARCHIVED = 'ARCHIVED',
}
registerEnumType(ArticleState, {
  name: 'ArticleState',
  description: 'Whether an article is read.',
  valuesConfig: {
    DRAFT: { description: 'It is written, and not shown in any language.' },
    PUBLISHED: { description: 'It is shown in one language at least.' },
    ARCHIVED: { description: 'It is kept, and neither shown nor written any more.' },
  },
});

/** What happened to an article, as its event says it. */
export enum ArticleChange {
  WRITTEN = 'WRITTEN',
  CHANGED = 'CHANGED',
  PUBLISHED = 'PUBLISHED',
  WITHDRAWN = 'WITHDRAWN',
  ARCHIVED = 'ARCHIVED',
  REOPENED = 'REOPENED',
}
registerEnumType(ArticleChange, {
  name: 'ArticleChange',
  description: 'What happened to an article.',
  valuesConfig: {
    WRITTEN: { description: 'A version was written; what is shown stays.' },
    CHANGED: { description: 'For whom it is, where it stands or whose it is changed.' },
    PUBLISHED: { description: 'A version is shown.' },
    WITHDRAWN: { description: 'It is shown no more, in one language or in all.' },
    ARCHIVED: { description: 'It was put away.' },
    REOPENED: { description: 'It was taken up again, as a draft.' },
  },
});

export enum ArticleReader {
  STAFF = 'STAFF',
  PARTNER = 'PARTNER',
  CUSTOMER = 'CUSTOMER',
  VISITOR = 'VISITOR',
}
registerEnumType(ArticleReader, {
  name: 'ArticleReader',
  description: 'What kind of reader somebody is.',
  valuesConfig: {
    STAFF: { description: 'A colleague.' },
    PARTNER: { description: 'A partner.' },
    CUSTOMER: { description: 'A customer who is signed in.' },
    VISITOR: { description: 'Somebody who did not sign in.' },
  },
});

export function readerKind(viewer: Viewer | null): ArticleReader {
  if (!viewer) return ArticleReader.VISITOR;
  if (viewer.role === Role.CUSTOMER) return ArticleReader.CUSTOMER;
  return viewer.role === Role.PARTNER ? ArticleReader.PARTNER : ArticleReader.STAFF;
}

export enum ArticleMatch {
  ALL_WORDS = 'ALL_WORDS',
  SIMILAR_TITLE = 'SIMILAR_TITLE',
  SOME_WORDS = 'SOME_WORDS',
}
registerEnumType(ArticleMatch, {
  name: 'ArticleMatch',
  description: 'How what was found fits what was looked for.',
  valuesConfig: {
    ALL_WORDS: { description: 'All its words are there, the last one at least as a beginning.' },
    SIMILAR_TITLE: {
      description: 'Nothing has all the words; the title is nearly that, as after a slip of the finger.',
    },
    SOME_WORDS: { description: 'Nothing has all the words; the rarest of them are there.' },
  },
});
