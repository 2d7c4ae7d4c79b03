import { quarterOf } from '../demo/index.js';

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

/** The quarters there are, and what was said of the last one when it was a month old: to be judged by what came of it. */
export function demoForecast(now: Date): string {
  const day = (moment: Date) => moment.toISOString().slice(0, 10);
  const quarter = (at: number) => quarterOf(now, at);
  const last = new Date(quarter(0).getTime() - 86_400_000);
  const end = new Date(quarter(-1).getTime() - 86_400_000);
  const asOf = new Date(quarter(1).getTime() + 30 * 86_400_000);
  return `query Forecast {
  quarters: salesForecast(from: "${day(quarter(2))}", to: "${day(end)}", period: QUARTER) {
    periods { start end target { amount } won { amount } committed { amount } weighted { amount } bestCase { amount } }
  }
  saidThen: salesForecast(from: "${day(quarter(1))}", to: "${day(last)}", period: QUARTER, asOf: "${asOf.toISOString()}") {
    periods { start end won { amount } committed { amount } weighted { amount } bestCase { amount } }
  }
  changes: forecastChanges(from: "${day(quarter(1))}", to: "${day(last)}", since: "${asOf.toISOString()}") {
    before { weighted { amount } }
    after { weighted { amount } }
    reasons { reason count difference { weighted { amount } } }
  }
}`;
}

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

export const DEMO_DESK = `query Desk {
  tickets(filter: { isOpen: true }, orderBy: [{ field: NEXT_DUE, direction: ASC }], first: 5) {
    totalCount
    edges {
      node {
        number
        subject
        status
        priority
        channel
        customer { displayName }
        identity { network handle }
        assignee { name }
        sla { firstResponseDueAt resolutionDueAt breached }
        messages(first: 10) { edges { node { kind channel visibility text occurredAt } } }
      }
    }
  }
}

subscription Tickets {
  ticketChanged {
    cursor
    change
    ticket { number subject status assignee { name } sla { firstResponseDueAt } }
  }
}`;
