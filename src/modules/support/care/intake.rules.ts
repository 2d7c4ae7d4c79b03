import type { Network, PostKind } from '../../social/index.js';
import type { TicketChannel } from '../tickets/ticket.states.rules.js';
import { foldText, holdsPhrase } from './folding.rules.js';

/** What a rule asks of a post; an empty list or null asks nothing. Ids are stored ones. */
export interface IntakeConditions {
  channels: TicketChannel[];
  networks: Network[];
  kinds: PostKind[];
  accountIds: string[];
  sourceIds: string[];
  wordsAny: string[];
  wordsAll: string[];
  wordsNone: string[];
  languages: string[];
  /** From -1 to 1: only posts that feel worse than this. */
  sentimentBelow: number | null;
  /** From 0 to 100. */
  priorityAtLeast: number | null;
  followersAtLeast: number | null;
  isCustomer: boolean | null;
  customerTags: string[];
}

/** A post as rules look at it. */
export interface IntakeFacts {
  channel: TicketChannel;
  network: Network;
  kind: PostKind;
  accountId: string | null;
  sourceId: string | null;
  title: string | null;
  text: string;
  language: string;
  sentimentScore: number;
  priorityScore: number;
  followersCount: number | null;
  isCustomer: boolean;
  customerTags: string[];
}

export type IntakeCondition = keyof IntakeConditions;

const primary = (language: string): string => language.toLowerCase().split('-', 1)[0]!;

/** Each condition with whether a post meets it; in the order in which they are cheap. */
const TESTS: Record<IntakeCondition, (rule: IntakeConditions, facts: IntakeFacts, text: () => string) => boolean> = {
  channels: (rule, { channel }) => rule.channels.length === 0 || rule.channels.includes(channel),
  networks: (rule, { network }) => rule.networks.length === 0 || rule.networks.includes(network),
  kinds: (rule, { kind }) => rule.kinds.length === 0 || rule.kinds.includes(kind),
  accountIds: (rule, { accountId }) =>
    rule.accountIds.length === 0 || (accountId !== null && rule.accountIds.includes(accountId)),
  sourceIds: (rule, { sourceId }) =>
    rule.sourceIds.length === 0 || (sourceId !== null && rule.sourceIds.includes(sourceId)),
  languages: (rule, { language }) =>
    rule.languages.length === 0 || rule.languages.some(wanted => primary(wanted) === primary(language)),
  sentimentBelow: (rule, { sentimentScore }) => rule.sentimentBelow === null || sentimentScore < rule.sentimentBelow,
  priorityAtLeast: (rule, { priorityScore }) => rule.priorityAtLeast === null || priorityScore >= rule.priorityAtLeast,
  followersAtLeast: (rule, { followersCount }) =>
    rule.followersAtLeast === null || (followersCount ?? 0) >= rule.followersAtLeast,
  isCustomer: (rule, { isCustomer }) => rule.isCustomer === null || rule.isCustomer === isCustomer,
  customerTags: (rule, { customerTags }) => {
    if (rule.customerTags.length === 0) return true;
    const own = new Set(customerTags.map(foldText));
    return rule.customerTags.some(tag => own.has(foldText(tag)));
  },
  wordsAny: ({ wordsAny }, _facts, text) =>
    wordsAny.length === 0 || wordsAny.some(word => holdsPhrase(text(), foldText(word))),
  wordsAll: ({ wordsAll }, _facts, text) => wordsAll.every(word => holdsPhrase(text(), foldText(word))),
  wordsNone: ({ wordsNone }, _facts, text) => !wordsNone.some(word => holdsPhrase(text(), foldText(word))),
};
const CONDITIONS = Object.keys(TESTS) as IntakeCondition[];

/** The first condition of a rule that a post does not meet; null when it meets all. */
export function unmetCondition(rule: IntakeConditions, facts: IntakeFacts): IntakeCondition | null {
  let folded: string | undefined;
  const text = () => (folded ??= foldText(`${facts.title ?? ''}\n${facts.text}`));
  return CONDITIONS.find(condition => !TESTS[condition](rule, facts, text)) ?? null;
}

/** The first of the rules, in their order, that takes a post. */
export const ruleFor = <Rule extends IntakeConditions>(rules: readonly Rule[], facts: IntakeFacts): Rule | undefined =>
  rules.find(rule => unmetCondition(rule, facts) === null);

/** What a rule asks for, by name. */
export const askedConditions = (rule: IntakeConditions): IntakeCondition[] =>
  CONDITIONS.filter(condition => {
    const asked = rule[condition];
    return Array.isArray(asked) ? asked.length > 0 : asked !== null;
  });

const LONGEST_SUBJECT = 200;
const ANSWER_PREFIX = /^\s*(?:(?:re|rv|res|sv|aw|fwd?|enc)\s*:\s*)+/i;

/** What a ticket is about: the title without what mail programs put before it, else the first words of the text. */
export function subjectOf({ title, text }: Pick<IntakeFacts, 'title' | 'text'>, otherwise: string): string {
  const named = (title ?? '').replace(ANSWER_PREFIX, '').replace(/\s+/g, ' ').trim();
  const said = named || text.trim().split('\n', 1)[0]!.replace(/\s+/g, ' ').trim();
  if (said.length <= LONGEST_SUBJECT) return said || otherwise;
  return `${said
    .slice(0, LONGEST_SUBJECT - 1)
    .toWellFormed()
    .replace(/\s\S{0,30}$/u, '')}…`;
}

/** A text with `{{name}}` filled in; what it does not know stays away. */
export const fillIn = (template: string, values: Record<string, string>): string =>
  template.replace(/\{\{\s*(\w+)\s*\}\}/g, (_whole, name: string) => values[name] ?? '').trim();
