import type { RequestContext } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import type { Post } from '../../social/index.js';
import type { Ticket } from '../tickets/ticket.entity.js';
import { TicketType } from '../tickets/ticket.states.rules.js';
import { lastWordsOf, openTicketsOf, weightOf } from './contact-screen.loaders.js';
import { ContactRisk, type Standing } from './contact-screen.types.js';

const A_DAY_MS = 86_400_000;
const MANY = 3;
const BITTER = -0.3;
/** Above 95 in 100 customers. */
const INFLUENTIAL = 95;

/** How a customer stands with us, from what was read of it: nothing more is asked of the database than its lists already are. */
export async function standingOf(context: RequestContext, customerId: string): Promise<Standing> {
  const [customer, open, words, weight] = await Promise.all([
    context.recordById<Customer>(Customer, customerId),
    context.load(openTicketsOf, customerId),
    context.load(lastWordsOf, customerId),
    context.load(weightOf, customerId),
  ]);
  const mood = moodOf(words);
  const spoken = words.find(({ language }) => language !== 'und')?.language;
  return {
    openTicketCount: open.count,
    openOpportunityCount: weight.openOpportunityCount,
    mood,
    preferredLanguage: customer?.language ?? spoken ?? null,
    isVip:
      customer && !context.isHidden('CUSTOMER', 'tags')
        ? customer.tags.some(tag => tag.trim().toLowerCase() === 'vip')
        : null,
    risks: risksOf({ ...open, mood, percentile: weight.percentile, now: Date.now() }),
  };
}

function moodOf(words: readonly Pick<Post, 'sentimentScore'>[]): number | null {
  if (words.length === 0) return null;
  return words.reduce((sum, { sentimentScore }) => sum + sentimentScore, 0) / words.length;
}

/** Pure: what to be careful about, from the open tickets, how the last words felt, and the percentile of influence. */
export function risksOf({
  count,
  tickets,
  mood,
  percentile,
  now,
}: {
  count: number;
  tickets: readonly Pick<Ticket, 'slaBreachedAt' | 'waitingSince' | 'type' | 'reopenedCount'>[];
  mood: number | null;
  percentile: number | null;
  now: number;
}): ContactRisk[] {
  const found: [ContactRisk, boolean][] = [
    [ContactRisk.BREACHED, tickets.some(({ slaBreachedAt }) => slaBreachedAt !== null)],
    [
      ContactRisk.WAITING,
      tickets.some(({ waitingSince }) => waitingSince !== null && now - Date.parse(waitingSince) > A_DAY_MS),
    ],
    [ContactRisk.COMPLAINT, tickets.some(({ type }) => type === TicketType.COMPLAINT)],
    [ContactRisk.REOPENED, tickets.some(({ reopenedCount }) => reopenedCount > 0)],
    [ContactRisk.MANY_OPEN, count >= MANY],
    [ContactRisk.UNHAPPY, mood !== null && mood <= BITTER],
    [ContactRisk.INFLUENTIAL, percentile !== null && percentile >= INFLUENTIAL],
  ];
  return found.filter(([, holds]) => holds).map(([risk]) => risk);
}
