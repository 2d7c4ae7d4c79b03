import { Field, ObjectType } from 'type-graphql';
import { Derived, Money, moneyOf, Reference } from '../../../platform/schema/index.js';
import { visibleCondition } from '../../access/index.js';
import { TimelineEntry, timelineSource } from '../../customers/index.js';
import { writeMoney } from './money.words.js';
import { Quote } from './quote.entity.js';

interface Quoted {
  number: string;
  amount: string;
  currency: string;
}

const total = () => Derived(({ amount, currency }: Quoted) => moneyOf(amount, currency));

@ObjectType({ implements: TimelineEntry, description: 'A quote was sent to the customer.', simpleResolvers: true })
export class QuoteSent extends TimelineEntry {
  @Field({ description: 'Its number.' })
  number: string;
  @total()
  @Field(() => Money, { nullable: true, description: 'What was to be paid.' })
  total?: Money;
  @Reference(() => Quote, 'quoteId', { nullable: true, description: 'The quote.' })
  quote?: Quote;
}

@ObjectType({ implements: TimelineEntry, description: 'The customer accepted a quote.', simpleResolvers: true })
export class QuoteAccepted extends TimelineEntry {
  @Field({ description: 'Its number.' })
  number: string;
  @total()
  @Field(() => Money, { nullable: true, description: 'What is to be paid.' })
  total?: Money;
  @Reference(() => Quote, 'quoteId', { nullable: true, description: 'The quote.' })
  quote?: Quote;
}

@ObjectType({ implements: TimelineEntry, description: 'The customer declined a quote.', simpleResolvers: true })
export class QuoteDeclined extends TimelineEntry {
  @Field({ description: 'Its number.' })
  number: string;
  @total()
  @Field(() => Money, { nullable: true, description: 'What would have been to be paid.' })
  total?: Money;
  @Reference(() => Quote, 'quoteId', { nullable: true, description: 'The quote.' })
  quote?: Quote;
}

const WORDS = {
  sent_at: { type: QuoteSent, en: 'sent', es: 'enviado', pt: 'enviado' },
  accepted_at: { type: QuoteAccepted, en: 'accepted', es: 'aceptado', pt: 'aceito' },
  rejected_at: { type: QuoteDeclined, en: 'declined', es: 'rechazado', pt: 'recusado' },
} as const;

for (const [column, { type, en, es, pt }] of Object.entries(WORDS)) {
  timelineSource<Quoted>({
    type,
    prefix: 'quote',
    sql(viewer, parameters) {
      const rule = visibleCondition(viewer, 'QUOTE', 'q', parameters);
      return `select q.${column} as occurred_at, q.id,
                     jsonb_build_object('quoteId', q.id, 'number', q.number, 'amount', q.total::text, 'currency', q.currency) as detail
                from quotes q where q.customer_id = k.parent and q.${column} is not null${rule ? ` and ${rule}` : ''}`;
    },
    summary: {
      en: ({ number, amount, currency }) => `Quote ${number} ${en}: ${writeMoney(amount, currency, 'en')}`,
      es: ({ number, amount, currency }) => `Presupuesto ${number} ${es}: ${writeMoney(amount, currency, 'es')}`,
      pt: ({ number, amount, currency }) => `Orçamento ${number} ${pt}: ${writeMoney(amount, currency, 'pt')}`,
    },
  });
}
