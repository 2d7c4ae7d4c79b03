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

export const DEMO_STORY = `query Story {
  customers(filter: { displayName: { eq: "Dolores Valdecasas Ibarra" } }) {
    edges {
      node {
        id
        displayName
        influence { score percentile distinctEngagers reasons }
        influences(first: 10) {
          totalCount
          edges { share kinds node { displayName } evidence { kind post { text } } }
        }
        identities { network handle link { method evidence { detail } } }
        linkSuggestions(first: 5) {
          edges { node { id confidence identity { network handle displayName bio } evidence { kind detail weight } } }
        }
        posts(filter: { network: { eq: BLUESKY } }, first: 5) {
          edges { node { id occurredAt text sentiment { label } } }
        }
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
