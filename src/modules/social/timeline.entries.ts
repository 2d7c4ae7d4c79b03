import { Field, ObjectType } from 'type-graphql';
import { Reference } from '../../platform/schema/index.js';
import { visibleCondition } from '../access/index.js';
import { TimelineEntry, timelineSource } from '../customers/index.js';
import { SocialIdentity } from './identity.entity.js';
import { NETWORK_LABELS, Network } from './networks.js';
import { Post } from './post.entity.js';

/** What fits on one line of a screen. */
const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 120 ? line : `${line.slice(0, 119)}…`;
};

const labelOf = (network: Network): string => NETWORK_LABELS[network] ?? network;

@ObjectType({ implements: TimelineEntry, description: 'The customer said something.', simpleResolvers: true })
export class PostSaid extends TimelineEntry {
  @Field(() => Network, { description: 'Where.' })
  network: Network;
  @Reference(() => Post, 'postId', { nullable: true, description: 'The post.' })
  post?: Post;
}

interface Said {
  network: Network;
  text: string;
}

timelineSource<Said>({
  type: PostSaid,
  prefix: 'post',
  sql(viewer, parameters) {
    const rule = visibleCondition(viewer, 'POST', 'p', parameters);
    return `select p.occurred_at, p.id, jsonb_build_object('network', p.network, 'text', left(p.text, 200), 'postId', p.id) as detail
              from posts p
             where p.author_id in (select i.id from social_identities i where i.customer_id = k.parent)${rule ? ` and ${rule}` : ''}`;
  },
  summary: {
    en: ({ network, text }) =>
      text ? `On ${labelOf(network)}: ${short(text)}` : `Deleted post on ${labelOf(network)}`,
    es: ({ network, text }) =>
      text ? `En ${labelOf(network)}: ${short(text)}` : `Publicación borrada en ${labelOf(network)}`,
    pt: ({ network, text }) =>
      text ? `No ${labelOf(network)}: ${short(text)}` : `Publicação apagada no ${labelOf(network)}`,
  },
});

@ObjectType({
  implements: TimelineEntry,
  description: 'An identity was recognised as the customer.',
  simpleResolvers: true,
})
export class IdentityLinked extends TimelineEntry {
  @Reference(() => SocialIdentity, 'identityId', { nullable: true, description: 'The identity.' })
  identity?: SocialIdentity;
}

interface Linked {
  network: Network;
  handle: string;
}

timelineSource<Linked>({
  type: IdentityLinked,
  prefix: 'link',
  sql(viewer, parameters) {
    const rule = visibleCondition(viewer, 'IDENTITY', 'i', parameters);
    // A link that was ended was a mistake: the identity is no part of this customer's story.
    return `select l.linked_at as occurred_at, l.id, jsonb_build_object('network', i.network, 'handle', i.handle, 'identityId', i.id) as detail
              from identity_links l join social_identities i on i.organization_id = l.organization_id and i.id = l.identity_id
             where l.customer_id = k.parent and l.unlinked_at is null${rule ? ` and ${rule}` : ''}`;
  },
  summary: {
    en: ({ network, handle }) => `Linked to @${handle} on ${labelOf(network)}`,
    es: ({ network, handle }) => `Vinculado con @${handle} en ${labelOf(network)}`,
    pt: ({ network, handle }) => `Vinculado a @${handle} no ${labelOf(network)}`,
  },
});
