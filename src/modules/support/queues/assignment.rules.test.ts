import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TicketChannel, TicketPriority, TicketType } from '../tickets/ticket.states.rules.js';
import {
  type AssignmentRules,
  type Candidate,
  fits,
  isEligible,
  loadOf,
  nextAssignee,
  type QueueConditions,
  type SortedTicket,
  speaks,
} from './assignment.rules.js';

const ticketOf = (given: Partial<SortedTicket> = {}): SortedTicket => ({
  channel: TicketChannel.EMAIL,
  network: 'EMAIL',
  categoryIds: [],
  type: null,
  priority: TicketPriority.NORMAL,
  language: null,
  customerTags: [],
  ...given,
});
const candidateOf = (id: string, given: Partial<Candidate> = {}): Candidate => ({
  id,
  isPresent: true,
  skills: {},
  languages: [],
  load: {},
  capacities: {},
  lastTurn: null,
  ...given,
});
const rulesOf = (given: Partial<AssignmentRules> = {}): AssignmentRules => ({
  strategy: 'ROUND_ROBIN',
  capacity: null,
  languageRequired: false,
  skills: [],
  ...given,
});
const anything: QueueConditions = {
  channels: [],
  networks: [],
  categoryIds: [],
  types: [],
  priorities: [],
  customerTags: [],
  languages: [],
};

describe('a queue', () => {
  test('without conditions takes everything, and each list it has must fit', () => {
    expect(fits(anything, ticketOf())).toBe(true);
    expect(fits({ ...anything, channels: ['EMAIL', 'CALL'] }, ticketOf())).toBe(true);
    expect(fits({ ...anything, channels: ['CALL'] }, ticketOf())).toBe(false);
    expect(fits({ ...anything, networks: ['EMAIL'] }, ticketOf({ network: null }))).toBe(false);
    expect(fits({ ...anything, types: ['COMPLAINT'] }, ticketOf({ type: TicketType.COMPLAINT }))).toBe(true);
    expect(
      fits({ ...anything, types: ['COMPLAINT'], channels: ['CALL'] }, ticketOf({ type: TicketType.COMPLAINT })),
    ).toBe(false);
    expect(fits({ ...anything, customerTags: ['vip'] }, ticketOf({ customerTags: ['new', 'vip'] }))).toBe(true);
    expect(fits({ ...anything, categoryIds: ['above'] }, ticketOf({ categoryIds: ['own', 'above'] }))).toBe(true);
    expect(fits({ ...anything, languages: ['es'] }, ticketOf({ language: 'es-AR' }))).toBe(true);
    expect(fits({ ...anything, languages: ['es'] }, ticketOf({ language: 'est' }))).toBe(false);
  });
});

test('who speaks a language speaks it in every region, and nobody speaks no language', () => {
  expect(speaks(['es'], 'es-AR')).toBe(true);
  expect(speaks(['pt-BR'], 'pt')).toBe(true);
  expect(speaks(['pt-BR'], 'pt-PT')).toBe(false);
  expect(speaks(['es'], null)).toBe(false);
});

const count = fc.integer({ min: 0, max: 5 });
const languages = fc.uniqueArray(fc.constantFrom('es', 'pt', 'en-GB'));
const people: fc.Arbitrary<Candidate[]> = fc
  .array(
    fc.record({
      isPresent: fc.boolean(),
      skills: fc.dictionary(fc.constantFrom('ovens', 'dough'), fc.integer({ min: 1, max: 5 }), {
        noNullPrototype: true,
      }),
      languages,
      load: fc.record({ EMAIL: count, CHAT: count }),
      capacities: fc.oneof(fc.constant({}), fc.record({ EMAIL: count })),
      lastTurn: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 50 })),
    }),
    { maxLength: 8 },
  )
  .map(all => all.map((one, at) => candidateOf(`member ${at}`, one)));
const rules: fc.Arbitrary<AssignmentRules> = fc.record({
  strategy: fc.constantFrom('ROUND_ROBIN' as const, 'LEAST_BUSY' as const),
  capacity: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 8 })),
  languageRequired: fc.boolean(),
  skills: fc.uniqueArray(
    fc.record({
      skillId: fc.constantFrom('ovens', 'dough'),
      minLevel: fc.integer({ min: 1, max: 5 }),
      isRequired: fc.boolean(),
    }),
    { selector: skill => skill.skillId },
  ),
});
const tickets = fc
  .record({
    language: fc.constantFrom(null, 'es-AR', 'pt', 'en-US'),
    channel: fc.constantFrom(TicketChannel.EMAIL, TicketChannel.CHAT),
  })
  .map(ticketOf);

test('nobody absent, full, or without what is required is ever given a ticket, and somebody is when anybody can', () => {
  fc.assert(
    fc.property(people, rules, tickets, (candidates, asked, ticket) => {
      const next = nextAssignee(candidates, asked, ticket);
      const able = candidates.filter(candidate => isEligible(candidate, asked, ticket));
      expect(next === null).toBe(able.length === 0);
      if (!next) return;
      expect(next.isPresent).toBe(true);
      if (asked.capacity !== null) expect(loadOf(next)).toBeLessThan(asked.capacity);
      const most = next.capacities[ticket.channel];
      if (most !== undefined) expect(next.load[ticket.channel] ?? 0).toBeLessThan(most);
      if (asked.languageRequired && ticket.language) expect(speaks(next.languages, ticket.language)).toBe(true);
      for (const { skillId, minLevel, isRequired } of asked.skills) {
        if (isRequired) expect(next.skills[skillId] ?? 0).toBeGreaterThanOrEqual(minLevel);
      }
    }),
  );
});

test('the answer depends on nobody’s place in the list', () => {
  fc.assert(
    fc.property(people, rules, tickets, (candidates, asked, ticket) => {
      expect(nextAssignee([...candidates].reverse(), asked, ticket)).toEqual(nextAssignee(candidates, asked, ticket));
    }),
  );
});

test('who speaks the language goes before who does not, whatever their turn and load', () => {
  fc.assert(
    fc.property(people, rules, tickets, (candidates, asked, ticket) => {
      const next = nextAssignee(candidates, asked, ticket);
      const speaker = candidates.some(one => isEligible(one, asked, ticket) && speaks(one.languages, ticket.language));
      if (next && speaker) expect(speaks(next.languages, ticket.language)).toBe(true);
    }),
  );
});

test('among equals the least busy is one with least to do', () => {
  fc.assert(
    fc.property(people, tickets, (candidates, ticket) => {
      const equal = candidates.map(one => ({ ...one, languages: [] }));
      const asked = rulesOf({ strategy: 'LEAST_BUSY' });
      const next = nextAssignee(equal, asked, ticket);
      const loads = equal.filter(one => isEligible(one, asked, ticket)).map(loadOf);
      if (next) expect(loadOf(next)).toBe(Math.min(...loads));
    }),
  );
});

test('in turn, nobody has two tickets more than another who was there all the time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 40 }), (members, openings) => {
      const candidates = Array.from({ length: members }, (_, at) => candidateOf(`member ${at}`));
      for (let turn = 1; turn <= openings; turn++) {
        const next = nextAssignee(candidates, rulesOf(), ticketOf())!;
        next.lastTurn = turn;
        (next.load as Record<string, number>)['EMAIL'] = (next.load.EMAIL ?? 0) + 1;
      }
      const loads = candidates.map(loadOf);
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
    }),
  );
});

test('a queue whose tickets are taken by hand gives them to nobody', () => {
  expect(nextAssignee([candidateOf('ana')], rulesOf({ strategy: 'MANUAL' }), ticketOf())).toBeNull();
});
