/** What the demo prints and opens in GraphiQL. */
export const DEMO_QUERY = `query Inbox {
  posts(filter: { kind: { eq: MENTION } }, orderBy: [{ field: PRIORITY, direction: DESC }], first: 5) {
    totalCount
    edges {
      node {
        network
        text
        language
        occurredAt
        sentiment { label score words { word weight } }
        priority { score reasons { code explanation } }
        author { handle followersCount customer { displayName preferences { key value } } }
      }
    }
  }
}`;

export const DEMO_SUBSCRIPTION = `subscription Live {
  postReceived {
    cursor
    post {
      network
      text
      sentiment { label }
      author { handle customer { displayName } }
      priority { score }
    }
  }
}`;
