import { Field, ObjectType } from 'type-graphql';
import { Reference } from '../../platform/schema/index.js';
import { type Viewer, visibleCondition } from '../access/index.js';
import { ConsentChannel, ConsentPurpose, ConsentState } from './consent.entity.js';
import { ContactPointKind } from './contact-point.entity.js';
import { Customer } from './customer.entity.js';
import { RelationKind } from './relation.entity.js';
import { short } from './timeline.rules.js';
import { TimelineEntry, timelineSource } from './timeline.sources.js';
import { channelWords, contactPointWords, purposeWords, relationWords, stateWords } from './timeline.words.js';

const unlessHidden = (field: string, sql: string) => (viewer: Viewer) =>
  viewer.isHidden('CUSTOMER', field) ? null : sql;

@ObjectType({
  implements: TimelineEntry,
  description: 'The customer was kept for the first time.',
  simpleResolvers: true,
})
export class CustomerCreated extends TimelineEntry {}

timelineSource({
  type: CustomerCreated,
  prefix: 'customer',
  sql: () => `select c.created_at as occurred_at, c.id, '{}'::jsonb as detail from customers c where c.id = k.parent`,
  summary: { en: () => 'Customer added', es: () => 'Cliente añadido', pt: () => 'Cliente adicionado' },
});

@ObjectType({ implements: TimelineEntry, description: 'A colleague wrote something down.', simpleResolvers: true })
export class NoteAdded extends TimelineEntry {
  @Field({ description: 'What the note says.' })
  text: string;
  @Field({ description: 'Who wrote it, as in the audit log.' })
  author: string;
}

timelineSource<NoteAdded>({
  type: NoteAdded,
  prefix: 'note',
  sql: unlessHidden(
    'notes',
    `select n.created_at as occurred_at, n.id, jsonb_build_object('text', n.text, 'author', n.author) as detail
       from notes n where n.customer_id = k.parent`,
  ),
  summary: {
    en: ({ text }) => `Note: ${short(text)}`,
    es: ({ text }) => `Nota: ${short(text)}`,
    pt: ({ text }) => `Nota: ${short(text)}`,
  },
});

@ObjectType({
  implements: TimelineEntry,
  description: 'The customer consented to something or withdrew it.',
  simpleResolvers: true,
})
export class ConsentRecorded extends TimelineEntry {
  @Field(() => ConsentPurpose, { description: 'What for.' })
  purpose: ConsentPurpose;
  @Field(() => ConsentChannel, { description: 'Over which channel.' })
  channel: ConsentChannel;
  @Field(() => ConsentState, { description: 'What was said.' })
  state: ConsentState;
}

const consentSummary =
  (language: 'en' | 'es' | 'pt') =>
  ({ purpose, channel, state }: ConsentRecorded): string =>
    `${stateWords[language][state]}: ${purposeWords[language][purpose]}, ${channelWords[language][channel]}`;

timelineSource<ConsentRecorded>({
  type: ConsentRecorded,
  prefix: 'consent',
  sql: () =>
    `select c.recorded_at as occurred_at, c.id, jsonb_build_object('purpose', c.purpose, 'channel', c.channel, 'state', c.state) as detail
       from consents c where c.customer_id = k.parent`,
  summary: { en: consentSummary('en'), es: consentSummary('es'), pt: consentSummary('pt') },
});

@ObjectType({ implements: TimelineEntry, description: 'A way to reach the customer was added.', simpleResolvers: true })
export class ContactPointAdded extends TimelineEntry {
  @Field(() => ContactPointKind, { description: 'What it is.' })
  contactKind: ContactPointKind;
  @Field({ description: 'The address or number.' })
  value: string;
}

const CONTACT_DETAIL = `jsonb_build_object('contactKind', p.kind, 'value', p.value) as detail from contact_points p where p.customer_id = k.parent`;

timelineSource<ContactPointAdded>({
  type: ContactPointAdded,
  prefix: 'contact',
  sql: unlessHidden('contactPoints', `select p.created_at as occurred_at, p.id, ${CONTACT_DETAIL}`),
  summary: {
    en: ({ contactKind, value }) => `New ${contactPointWords.en[contactKind]}: ${short(value)}`,
    es: ({ contactKind, value }) => `Contacto nuevo, ${contactPointWords.es[contactKind]}: ${short(value)}`,
    pt: ({ contactKind, value }) => `Novo contato, ${contactPointWords.pt[contactKind]}: ${short(value)}`,
  },
});

@ObjectType({
  implements: TimelineEntry,
  description: 'A way to reach the customer was proven to be theirs.',
  simpleResolvers: true,
})
export class ContactPointVerified extends TimelineEntry {
  @Field(() => ContactPointKind, { description: 'What it is.' })
  contactKind: ContactPointKind;
  @Field({ description: 'The address or number.' })
  value: string;
}

timelineSource<ContactPointVerified>({
  type: ContactPointVerified,
  prefix: 'contact',
  sql: unlessHidden(
    'contactPoints',
    `select p.verified_at as occurred_at, p.id, ${CONTACT_DETAIL} and p.verified_at is not null`,
  ),
  summary: {
    en: ({ contactKind, value }) => `Verified ${contactPointWords.en[contactKind]}: ${short(value)}`,
    es: ({ contactKind, value }) => `Contacto verificado, ${contactPointWords.es[contactKind]}: ${short(value)}`,
    pt: ({ contactKind, value }) => `Contato verificado, ${contactPointWords.pt[contactKind]}: ${short(value)}`,
  },
});

@ObjectType({
  implements: TimelineEntry,
  description: 'Something the customer likes was written down.',
  simpleResolvers: true,
})
export class PreferenceSet extends TimelineEntry {
  @Field({ description: 'What it is about.' })
  key: string;
  @Field({ description: 'What they like.' })
  value: string;
}

timelineSource<PreferenceSet>({
  type: PreferenceSet,
  prefix: 'preference',
  sql: () =>
    `select p.updated_at as occurred_at, p.id, jsonb_build_object('key', p.key, 'value', p.value) as detail
       from preferences p where p.customer_id = k.parent`,
  summary: {
    en: ({ key, value }) => `Prefers ${short(`${key}: ${value}`)}`,
    es: ({ key, value }) => `Prefiere ${short(`${key}: ${value}`)}`,
    pt: ({ key, value }) => `Prefere ${short(`${key}: ${value}`)}`,
  },
});

@ObjectType({ implements: TimelineEntry, description: 'The customer was tied to another one.', simpleResolvers: true })
export class CustomerRelated extends TimelineEntry {
  @Field(() => RelationKind, { description: 'How they stand to each other.' })
  relation: RelationKind;
  otherId: string;
  @Reference(() => Customer, 'otherId', { nullable: true, description: 'The customer at the other end.' })
  other?: Customer;
}

interface RelatedDetail {
  relation: RelationKind;
  fromName: string;
  toName: string;
}

const relatedSummary =
  (language: 'en' | 'es' | 'pt') =>
  ({ fromName, relation, toName }: RelatedDetail): string =>
    short(`${fromName}: ${relationWords[language][relation]} ${toName}`);

timelineSource<RelatedDetail>({
  type: CustomerRelated,
  prefix: 'relation',
  sql(viewer, parameters) {
    const visible = visibleCondition(viewer, 'CUSTOMER', 'other', parameters);
    return `select r.created_at as occurred_at, r.id,
                   jsonb_build_object('relation', r.kind, 'otherId', other.id,
                     'fromName', case when r.from_customer_id = k.parent then self.display_name else other.display_name end,
                     'toName', case when r.from_customer_id = k.parent then other.display_name else self.display_name end) as detail
              from customer_relations r
              join customers self on self.id = k.parent
              join customers other on other.id = case when r.from_customer_id = k.parent then r.to_customer_id else r.from_customer_id end
             where (r.from_customer_id = k.parent or r.to_customer_id = k.parent) and other.deleted_at is null${visible ? ` and ${visible}` : ''}`;
  },
  summary: { en: relatedSummary('en'), es: relatedSummary('es'), pt: relatedSummary('pt') },
});
