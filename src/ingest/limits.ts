import type pg from 'pg';
import { nextMonth, observeBucket, reserveSpending, settleSpending, takeFromBucket } from '../modules/social/index.js';
import type { Outbound } from '../platform/outbound.js';
import { ConnectorError, type Costs, type Limits } from './connector.js';
import { type ChannelUse, FREE, type ServicesFor } from './context.js';

/** Who waited for the same reset comes back within so long after it. */
const SPREAD_MS = 5000;

/** What adapters' calls go through, limits and budgets kept in PostgreSQL, so that all processes share them. */
export function channelServices(pool: pg.Pool, outbound: Outbound): ServicesFor {
  return use => ({ outbound, limits: limitsOf(pool, use), costs: costsOf(pool, use) });
}

function limitsOf(pool: pg.Pool, use: ChannelUse): Limits {
  return {
    async take(bucket) {
      const resetsAt = await takeFromBucket(pool, use, bucket, { keep: use.purpose === 'read' });
      if (!resetsAt) return;
      const retryAt = new Date(resetsAt.getTime() + Math.random() * SPREAD_MS);
      const message = `The network's limit for ${bucket} is used up for now.`;
      throw new ConnectorError({ class: 'rate', message, retryAt, scope: 'endpoint' });
    },
    observe: (bucket, reading) => observeBucket(pool, use, bucket, reading),
  };
}

/** Without an account there is nobody to bill. */
function costsOf(pool: pg.Pool, { organizationId, accountId }: ChannelUse): Costs {
  if (!accountId) return FREE;
  const account = { organizationId, accountId };
  return {
    async reserve({ unit, most, microsEach }) {
      const now = new Date();
      const reservation = await reserveSpending(pool, account, most * microsEach, now);
      if (!reservation) {
        const message =
          "The account's budget for this month is used up. It goes on next month, or when the budget is raised.";
        throw new ConnectorError({ class: 'quota', message, retryAt: nextMonth(now), scope: 'account' });
      }
      let isSettled = false;
      return {
        async settle(units) {
          if (isSettled) return;
          isSettled = true;
          await settleSpending(pool, account, reservation, { unit, units, micros: units * microsEach });
        },
      };
    },
  };
}
