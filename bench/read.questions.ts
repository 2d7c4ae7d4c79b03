/** The three questions, asked of each server in its own words, and what their answers have in common. */
export const QUESTIONS = ['customers', 'customer360', 'posts'] as const;
export type Question = (typeof QUESTIONS)[number];

export const TITLES: Record<Question, string> = {
  customers: '50 customers, their identities, the last 10 posts of each',
  customer360: 'one customer 360',
  posts: '50 posts, author, the author’s customer',
};

export const OURS: Record<Question, string> = {
  customers: `query Customers($after: String) {
    customers(first: 50, after: $after) {
      edges { node {
        id kind displayName language tags createdAt
        identities {
          id network handle displayName followersCount
          posts(first: 10) { edges { node { id kind text language url occurredAt sentiment { label score } } } }
        }
      } }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  customer360: `query Customer360($id: ID!) {
    customer(id: $id) {
      id kind displayName givenName familyName language tags createdAt
      contactPoints { id kind value isPrimary }
      identities {
        id network handle displayName followersCount
        posts(first: 10) { edges { node { id kind text language url occurredAt sentiment { label score } } } }
        did: interactions(direction: FROM, first: 10) {
          edges { node { id kind occurredAt other: to { id network handle customer { id displayName } } } }
        }
        got: interactions(direction: TO, first: 10) {
          edges { node { id kind occurredAt other: from { id network handle customer { id displayName } } } }
        }
      }
    }
  }`,
  posts: `query Posts($after: String) {
    posts(first: 50, after: $after) {
      edges { node {
        id kind network text language url occurredAt sentiment { label score } priority { score }
        author { id handle displayName followersCount customer { id kind displayName } }
      } }
      pageInfo { hasNextPage endCursor }
    }
  }`,
};

const post = 'id: rowId kind text language url occurredAt sentimentLabel sentimentScore';
const identity = 'id: rowId network handle displayName followersCount';
const lastPosts = `posts: postsByOrganizationIdAndAuthorId(first: 10, orderBy: [OCCURRED_AT_DESC, PRIMARY_KEY_DESC]) { nodes { ${post} } }`;
const customerOf = 'customer: customerByOrganizationIdAndCustomerId';
const interactions = (name: string, end: string, other: string) =>
  `${name}: interactionsByOrganizationIdAnd${end}IdentityId(first: 10, orderBy: [OCCURRED_AT_DESC, PRIMARY_KEY_DESC]) {
     nodes { id: rowId kind occurredAt
       other: socialIdentityByOrganizationIdAnd${other}IdentityId { id: rowId network handle ${customerOf} { id: rowId displayName } } }
   }`;

/** The condition on the organisation is what lets its lists use their indexes, as row-level security does for ours. */
export const POSTGRAPHILE: Record<Question, string> = {
  customers: `query Customers($organization: UUID!, $after: Cursor) {
    customers: allCustomers(condition: { organizationId: $organization }, first: 50, after: $after, orderBy: [CREATED_AT_DESC, PRIMARY_KEY_DESC]) {
      nodes {
        id: rowId kind displayName language tags createdAt
        identities: socialIdentitiesByOrganizationIdAndCustomerId(orderBy: [FOLLOWERS_COUNT_DESC, PRIMARY_KEY_ASC]) { nodes { ${identity} ${lastPosts} } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  customer360: `query Customer360($organization: UUID!, $id: UUID!) {
    customer: customerByOrganizationIdAndRowId(organizationId: $organization, rowId: $id) {
      id: rowId kind displayName givenName familyName language tags createdAt
      contactPoints: contactPointsByOrganizationIdAndCustomerId { nodes { id: rowId kind value isPrimary } }
      identities: socialIdentitiesByOrganizationIdAndCustomerId(orderBy: [FOLLOWERS_COUNT_DESC, PRIMARY_KEY_ASC]) { nodes {
        ${identity} ${lastPosts}
        ${interactions('did', 'From', 'To')}
        ${interactions('got', 'To', 'From')}
      } }
    }
  }`,
  posts: `query Posts($organization: UUID!, $after: Cursor) {
    posts: allPosts(condition: { organizationId: $organization }, first: 50, after: $after, orderBy: [OCCURRED_AT_DESC, PRIMARY_KEY_DESC]) {
      nodes {
        ${post} network priorityScore
        author: socialIdentityByOrganizationIdAndAuthorId { id: rowId handle displayName followersCount ${customerOf} { id: rowId kind displayName } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`,
};
