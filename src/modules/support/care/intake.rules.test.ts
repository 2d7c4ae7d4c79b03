import { expect, test } from '@jest/globals';
import { Network, PostKind } from '../../social/index.js';
import { TicketChannel, TicketStatus } from '../tickets/ticket.states.rules.js';
import { fateIn, numbersIn } from './filing.rules.js';
import { foldText, holdsPhrase } from './folding.rules.js';
import {
  askedConditions,
  fillIn,
  type IntakeConditions,
  type IntakeFacts,
  ruleFor,
  subjectOf,
  unmetCondition,
} from './intake.rules.js';

const facts: IntakeFacts = {
  channel: TicketChannel.EMAIL,
  network: Network.EMAIL,
  kind: PostKind.DIRECT_MESSAGE,
  accountId: 'a',
  sourceId: null,
  title: 'Devolución',
  text: 'Quiero devolver el pan.',
  language: 'es',
  sentimentScore: -0.4,
  priorityScore: 50,
  followersCount: null,
  isCustomer: true,
  customerTags: ['VIP'],
};
const rule = (given: Partial<IntakeConditions> = {}): IntakeConditions => ({
  channels: [],
  networks: [],
  kinds: [],
  accountIds: [],
  sourceIds: [],
  wordsAny: [],
  wordsAll: [],
  wordsNone: [],
  languages: [],
  sentimentBelow: null,
  priorityAtLeast: null,
  followersAtLeast: null,
  isCustomer: null,
  customerTags: [],
  ...given,
});

test.each<[Partial<IntakeConditions>, string | null]>([
  [{}, null],
  [{ channels: [TicketChannel.SMS] }, 'channels'],
  [{ networks: [Network.EMAIL], kinds: [PostKind.DIRECT_MESSAGE] }, null],
  [{ accountIds: ['b'] }, 'accountIds'],
  [{ sourceIds: ['s'] }, 'sourceIds'],
  [{ wordsAny: ['DEVOLUCION', 'cambio'] }, null],
  [{ wordsAny: ['devol'] }, 'wordsAny'],
  [{ wordsAll: ['pan', 'devolver'] }, null],
  [{ wordsAll: ['pan', 'vino'] }, 'wordsAll'],
  [{ wordsNone: ['pan'] }, 'wordsNone'],
  [{ languages: ['es-MX'] }, null],
  [{ languages: ['pt'] }, 'languages'],
  [{ sentimentBelow: -0.3 }, null],
  [{ sentimentBelow: -0.4 }, 'sentimentBelow'],
  [{ priorityAtLeast: 50 }, null],
  [{ followersAtLeast: 1 }, 'followersAtLeast'],
  [{ isCustomer: false }, 'isCustomer'],
  [{ customerTags: ['vip'] }, null],
  [{ customerTags: ['gold'] }, 'customerTags'],
])('a rule that asks for %j is kept from the post by %s', (asked, unmet) => {
  expect(unmetCondition(rule(asked), facts)).toBe(unmet);
  expect(askedConditions(rule(asked))).toEqual(expect.arrayContaining(Object.keys(asked)));
});

test('the first rule that takes a post decides', () => {
  const [no, first, second] = [rule({ isCustomer: false }), rule({ languages: ['es'] }), rule()];
  expect(ruleFor([no, first, second], facts)).toBe(first);
  expect(ruleFor([no], facts)).toBeUndefined();
});

test('a word is no part of another one, and a hashtag is found', () => {
  expect(holdsPhrase(foldText('La PANDEMIA'), 'pan')).toBe(false);
  expect(holdsPhrase(foldText('¡Pan!'), 'pan')).toBe(true);
  expect(holdsPhrase(foldText('mal #PanDuro hoy'), '#panduro')).toBe(true);
});

test('a ticket is about the title without its prefixes, or else the first line', () => {
  expect(subjectOf({ title: 'Re: RV: Pan  duro', text: 'x' }, 'y')).toBe('Pan duro');
  expect(subjectOf({ title: null, text: 'Hola\nadiós' }, 'y')).toBe('Hola');
  expect(subjectOf({ title: ' ', text: '' }, 'y')).toBe('y');
  expect(subjectOf({ title: null, text: 'pan '.repeat(100) }, 'y').length).toBeLessThanOrEqual(200);
});

test('what a template does not know stays away', () => {
  expect(fillIn('{{author}}: {{ subject }} {{nothing}}', { author: 'Eva', subject: 'Pan' })).toBe('Eva: Pan');
});

test('numbers are read of subjects only in their full form', () => {
  expect(numbersIn('Re: t-2026-0012 y T-2026-00345, no T-26-1 ni XT-2026-0001')).toEqual([
    'T-2026-0012',
    'T-2026-00345',
  ]);
  expect(numbersIn(null)).toEqual([]);
});

test('what is said in a closed ticket follows it up in time; what we or machines say stays in it', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  const closed = { id: 't', status: TicketStatus.CLOSED, closedAt: '2026-11-10T12:00:00Z' };
  const said = { own: false, auto: false, now, days: 10 };
  expect(fateIn(closed, said)).toBe('FOLLOW_UP');
  expect(fateIn(closed, { ...said, days: 9 })).toBe('ELSEWHERE');
  expect(fateIn(closed, { ...said, days: null })).toBe('ELSEWHERE');
  expect(fateIn(closed, { ...said, own: true })).toBe('JOIN');
  expect(fateIn(closed, { ...said, auto: true })).toBe('JOIN');
  expect(fateIn({ ...closed, status: TicketStatus.SOLVED }, said)).toBe('JOIN');
});
