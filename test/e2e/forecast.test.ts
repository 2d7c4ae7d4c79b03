import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { type Pipeline, plantPipeline } from '../support/sales.js';
import { statementsOf } from '../support/statements.js';

let app: TestApp;
let organization: TestOrganization;
let owner: Client;
let pipeline: Pipeline;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(() => app.close());
beforeEach(async () => {
  organization = await app.organization();
  owner = await organization.as('OWNER');
  pipeline = await plantPipeline(app, organization);
});

const FORECAST = `query ($from: Date!, $to: Date!, $period: ForecastInterval! = MONTH, $ownerId: ID, $teamId: ID, $pipelineId: ID, $asOf: DateTime) {
  salesForecast(from: $from, to: $to, period: $period, ownerId: $ownerId, teamId: $teamId, pipelineId: $pipelineId, asOf: $asOf) {
    currency method statisticalReason
    backtest { error { amount } naiveError { amount } mase periods }
    periods { start end won { amount currency } committed { amount } bestCase { amount } weighted { amount } target { amount }
      statistical { expected { amount } low { amount } high { amount } level } }
    unconverted { subject currency amount { amount currency } count }
    undated { amount { amount } count } overdue { amount { amount } count } } }`;

const forecast = async (variables: object, client = owner) =>
  (await client.data(FORECAST, { from: '2026-01-01', to: '2026-01-31', ...variables })).salesForecast;

/** `won committed bestCase weighted` of each period. */
const sums = ({ periods }: { periods: Record<string, any>[] }) =>
  periods.map(period => ['won', 'committed', 'bestCase', 'weighted'].map(name => period[name].amount).join(' '));

describe('a forecast', () => {
  test('adds up what was won, is committed, may be won at best, and what history makes likely', async () => {
    await pipeline.keep({ at: '2025-11-01T10:00:00Z', amount: '100' }, { at: '2026-01-10T10:00:00Z', stage: 'won' });
    await pipeline.keep({ at: '2025-11-01T10:00:00Z', amount: '1000', closes: '2026-01-20', category: 'COMMITTED' });
    await pipeline.keep({ at: '2025-11-01T10:00:00Z', amount: '10', closes: '2026-01-31', stage: 'offer' });
    await pipeline.keep({ at: '2025-11-01T10:00:00Z', amount: '5', closes: '2026-01-31', category: 'OMITTED' });
    await pipeline.keep({ at: '2025-11-01T10:00:00Z', amount: '7', closes: '2026-02-01' });
    await pipeline.keep({ at: '2025-11-01T10:00:00Z', amount: '3' });
    await pipeline.keep({ at: '2025-11-01T10:00:00Z', amount: '9', stage: 'lost', closes: '2026-01-31' });
    const answer = await forecast({});
    // The only closed one that ever was new was won: (10 × 0.2 + 1) / (10 + 1) of 1000.
    expect(sums(answer)).toEqual(['100.00 1100.00 1110.00 377.73']);
    expect(answer.periods[0]).toMatchObject({
      start: '2026-01-01',
      end: '2026-01-31',
      target: null,
      statistical: null,
    });
    expect(answer.undated).toEqual({ amount: { amount: '3.00' }, count: 1 });
    const weeks = await forecast({ from: '2026-01-07', to: '2026-01-20', period: 'WEEK' });
    expect(weeks.periods.map(({ start }: { start: string }) => start)).toEqual([
      '2026-01-05',
      '2026-01-12',
      '2026-01-19',
    ]);
    const quarter = await forecast({ period: 'QUARTER' });
    expect(quarter.periods).toMatchObject([
      { start: '2026-01-01', end: '2026-03-31', won: { amount: '100.00', currency: 'EUR' } },
    ]);
  });

  test('as of a moment says what was known then, also of what was closed and set since', async () => {
    const id = await pipeline.keep(
      { at: '2025-11-01T10:00:00Z', amount: '100', closes: '2026-01-15', category: 'COMMITTED' },
      { at: '2025-12-10T10:00:00Z', amount: '80' },
      { at: '2026-01-10T10:00:00Z', stage: 'lost' },
    );
    await pipeline.keep({ at: '2025-11-01T10:00:00Z', amount: '7' }, { at: '2026-01-05T23:30:00Z', stage: 'won' });
    const at = async (asOf?: string) => sums(await forecast({ asOf }));
    expect(await at('2025-11-15T00:00:00Z')).toEqual(['0.00 100.00 100.00 20.00']);
    expect(await at('2025-12-15T00:00:00Z')).toEqual(['0.00 80.00 80.00 16.00']);
    // What was in the stage and won since makes it likelier: (10 × 0.2 + 1) / 11 of 80.
    expect(await at('2026-01-09T00:00:00Z')).toEqual(['7.00 87.00 87.00 28.82']);
    expect(await at()).toEqual(['7.00 7.00 7.00 7.00']);
    await pipeline.change(id, { at: '2026-02-01T10:00:00Z', stage: 'won' });
    await pipeline.change(id, { at: '2026-03-01T10:00:00Z', amount: '90' });
    const february = { from: '2026-02-01', to: '2026-02-01' };
    expect(sums(await forecast({ ...february, asOf: '2026-02-02T00:00:00Z' }))).toEqual(['80.00 80.00 80.00 80.00']);
    expect(sums(await forecast({ ...february, asOf: '2026-03-02T00:00:00Z' }))).toEqual(sums(await forecast(february)));
    const future = await owner.send(FORECAST, { from: '2026-01-01', to: '2026-01-31', asOf: '2999-01-01T00:00:00Z' });
    expect(future.errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });

  test('turns other currencies into the own one by the day, and tells what it cannot', async () => {
    for (const [currency, day, rate] of [
      ['USD', '2026-01-01', '0.9'],
      ['USD', '2026-01-20', '0.5'],
    ])
      await app.app.database.system.query(
        'insert into exchange_rates (organization_id, currency, valid_from, rate) values ($1, $2, $3, $4)',
        [organization.id, currency, day, rate],
      );
    const won = (currency: string, amount: string, at: string) =>
      pipeline.keep({ at: '2025-11-01T10:00:00Z', currency, amount }, { at, stage: 'won' });
    await won('USD', '10.05', '2026-01-19T10:00:00Z');
    await won('USD', '10.05', '2026-01-20T10:00:00Z');
    await won('USD', '10.05', '2025-12-31T10:00:00Z');
    await won('CHF', '5', '2026-01-20T10:00:00Z');
    await won('CHF', '6', '2026-01-20T10:00:00Z');
    // 9.045 and 5.025 to the coin, a half up.
    const answer = await forecast({});
    expect(answer.periods[0].won).toEqual({ amount: '14.08', currency: 'EUR' });
    expect(answer.unconverted).toEqual([
      { subject: 'OPPORTUNITY', currency: 'CHF', amount: { amount: '11.00', currency: 'CHF' }, count: 2 },
    ]);
    const december = await forecast({ from: '2025-12-01', to: '2025-12-31' });
    expect(december.unconverted).toMatchObject([{ currency: 'USD', count: 1 }]);
  });

  test('counts for nobody what they may not see, in totals and in odds alike', async () => {
    const [ana, luis, eva] = [
      await organization.member('Ana'),
      await organization.member('Luis'),
      await organization.member('Eva'),
    ];
    const { system } = app.app.database;
    const team = async (name: string, parent: string | null, members: string[]) => {
      const { rows } = await system.query(
        'insert into teams (organization_id, id, name, parent_id) values ($1, gen_random_uuid(), $2, $3) returning id',
        [organization.id, name, parent],
      );
      for (const member of members)
        await system.query('insert into team_members (organization_id, team_id, member_id) values ($1, $2, $3)', [
          organization.id,
          rows[0].id,
          member,
        ]);
      return rows[0].id as string;
    };
    const north = await team('North', null, [ana]);
    const city = await team('City', north, [luis]);
    const won = (member: string | null, amount: string, more: object = {}) =>
      pipeline.keep(
        { at: '2025-11-01T10:00:00Z', amount, owner: member, ...more },
        { at: '2026-01-10T10:00:00Z', stage: 'won' },
      );
    await won(ana, '1');
    await won(luis, '10');
    await won(eva, '100');
    await won(eva, '1000', { team: city });
    const winnings = async (client: Client, variables: object = {}) =>
      (await forecast(variables, client)).periods[0].won.amount;
    const as = (memberId: string, teamIds: string[]) => organization.as('AGENT', { memberId, teamIds });
    expect(await winnings(owner)).toBe('1111.00');
    expect(await winnings(await as(ana, [north]))).toBe('1011.00');
    expect(await winnings(await as(luis, [city]))).toBe('1010.00');
    expect(await winnings(owner, { teamId: organization.publicId('team', north) })).toBe('1011.00');
    expect(await winnings(owner, { ownerId: organization.publicId('member', eva) })).toBe('1100.00');
    expect(await winnings(await as(luis, [city]), { ownerId: organization.publicId('member', ana) })).toBe('0.00');
    expect(await winnings(owner, { teamId: 'nonsense' })).toBe('0.00');
    await owner.data(
      'mutation { setAccessRule(input: { role: AGENT, kind: OPPORTUNITY, scope: OWN }) { userErrors { message } } }',
    );
    expect(await winnings(await as(eva, []))).toBe('1100.00');
    const conversion = `query ($id: ID!) { stageConversion(pipelineId: $id) { stage { name } entered won lost open historical declared probability medianDays } }`;
    const id = organization.publicId('pipeline', pipeline.id);
    await pipeline.keep({ at: '2025-11-01T10:00:00Z', owner: ana }, { at: '2026-01-10T10:00:00Z', stage: 'lost' });
    await pipeline.keep({ at: '2025-11-01T10:00:00Z', owner: ana });
    expect((await owner.data(conversion, { id })).stageConversion).toMatchObject([
      {
        stage: { name: 'new' },
        entered: 6,
        won: 4,
        lost: 1,
        open: 1,
        historical: 0.8,
        declared: 0.2,
        probability: 0.4,
        medianDays: 70,
      },
      { stage: { name: 'offer' }, entered: 0, historical: null, probability: 0.5, medianDays: null },
    ]);
    expect((await (await as(eva, [])).data(conversion, { id })).stageConversion[0]).toMatchObject({
      entered: 2,
      won: 2,
    });
  });

  test('goes on from the past with an interval and its own test, and says when there is too little of it', async () => {
    for (let month = 1; month <= 12; month++)
      await pipeline.keep(
        { at: '2024-01-01T10:00:00Z', amount: String(100 + (month % 3)) },
        { at: `2025-${String(month).padStart(2, '0')}-15T10:00:00Z`, stage: 'won' },
      );
    const asked = { from: '2025-12-01', to: '2026-12-31', asOf: '2026-01-10T00:00:00Z' };
    const answer = await forecast(asked);
    expect(answer.method).toBe('LEVEL');
    expect(answer.backtest.periods).toBe(8);
    expect(answer.backtest.mase).toBeLessThan(1);
    expect(answer.periods[0].statistical).toBeNull();
    const { expected, low, high, level } = answer.periods[1].statistical;
    expect([
      Number(low.amount) < Number(expected.amount),
      Number(expected.amount) < Number(high.amount),
      level,
    ]).toEqual([true, true, 0.8]);
    // Nobody knows how well one foretells a year ahead from a year.
    expect(answer.periods.at(-1).statistical).toBeNull();
    expect(await forecast(asked)).toEqual(answer);
    // Whichever periods are asked of, the past it goes on from is the same.
    const spring = await forecast({ ...asked, from: '2025-03-01', to: '2025-03-31' });
    expect(spring).toMatchObject({ method: answer.method, backtest: answer.backtest });
    const early = await forecast({ ...asked, asOf: '2025-06-10T00:00:00Z' });
    expect(early).toMatchObject({ method: null, backtest: null, statisticalReason: 'TOO_LITTLE_HISTORY' });
  });

  test('takes as many statements for two years and forty opportunities as for one month and none', async () => {
    await forecast({});
    const few = await statementsOf(() => forecast({}));
    for (let at = 0; at < 40; at++)
      await pipeline.keep({ at: '2025-11-01T10:00:00Z', amount: '1', closes: '2026-01-20' });
    const many = await statementsOf(() => forecast({ from: '2025-01-01', to: '2026-12-31' }));
    expect(many.length).toBe(few.length);
    expect(many.length).toBeLessThanOrEqual(5);
  });
});

const SET = `mutation ($items: [SalesTargetItem!]!) { setSalesTargets(input: { items: $items }) {
  results { index target { id version startsOn endsOn amount { amount currency } owner { id } team { id } } userErrors { field code } } userErrors { code } } }`;

describe('a target', () => {
  const set = async (items: object[], client = owner) => (await client.data(SET, { items })).setSalesTargets.results;
  const eur = (amount: string) => ({ amount, currency: 'EUR' });

  test('is one of a holder and days, changed when it is set again, and never overlaps another', async () => {
    const [first] = await set([{ period: 'QUARTER', startsOn: '2026-02-03', amount: eur('100') }]);
    expect(first).toMatchObject({
      target: { version: 1, startsOn: '2026-01-01', endsOn: '2026-03-31' },
      userErrors: [],
    });
    const results = await set([
      { period: 'QUARTER', startsOn: '2026-03-03', amount: eur('130') },
      { period: 'MONTH', startsOn: '2026-03-03', amount: eur('10') },
      { period: 'DAYS', startsOn: '2026-04-02', endsOn: '2026-04-01', amount: eur('-1') },
      { period: 'QUARTER', startsOn: '2026-01-01', amount: eur('140'), version: 1 },
    ]);
    expect(results).toMatchObject([
      { target: { id: first.target.id, version: 2, amount: { amount: '130.00' } } },
      { target: null, userErrors: [{ field: 'startsOn', code: 'TAKEN' }] },
      {
        target: null,
        userErrors: [
          { field: 'endsOn', code: 'INVALID' },
          { field: 'amount.amount', code: 'INVALID' },
        ],
      },
      { target: null, userErrors: [{ field: 'version', code: 'CONFLICT' }] },
    ]);
    const both = await Promise.all([1, 2, 3, 4].map(() => set([{ startsOn: '2026-07-01', amount: eur('5') }])));
    expect(new Set(both.map(([one]) => one.target.id)).size).toBe(1);
  });

  test('is spread over the periods of a forecast, rolls up, and is known as it was then', async () => {
    const [ana, luis] = [await organization.member('Ana'), await organization.member('Luis')];
    const person = (id: string) => organization.publicId('member', id);
    await set([
      { period: 'QUARTER', startsOn: '2026-01-01', amount: eur('100'), ownerId: person(ana) },
      { period: 'MONTH', startsOn: '2026-02-01', amount: eur('7'), ownerId: person(luis) },
    ]);
    const targets = async (variables: object = {}, client = owner) =>
      (await forecast({ to: '2026-04-30', ...variables }, client)).periods.map(
        (one: any) => one.target?.amount ?? null,
      );
    expect(await targets()).toEqual(['34.45', '38.11', '34.44', null]);
    expect(await targets({ ownerId: person(luis) })).toEqual([null, '7.00', null, null]);
    const before = new Date().toISOString();
    const [{ target }] = await set([{ period: 'YEAR', startsOn: '2026-01-01', amount: eur('365') }]);
    expect(await targets()).toEqual(['31.00', '28.00', '31.00', '30.00']);
    expect(await targets({ asOf: before })).toEqual(['34.45', '38.11', '34.44', null]);
    // Whoever does not see everything is not told of the whole organisation's.
    const agent = await organization.as('AGENT', { memberId: ana, teamIds: [] });
    expect(await targets({}, agent)).toEqual(['34.45', '31.11', '34.44', null]);
    expect((await agent.data('query ($id: ID!) { salesTarget(id: $id) { id } }', target)).salesTarget).toBeNull();
    const REMOVE = 'mutation ($id: ID!) { removeSalesTarget(input: { id: $id }) { removedId userErrors { code } } }';
    expect((await owner.data(REMOVE, target)).removeSalesTarget).toEqual({ removedId: target.id, userErrors: [] });
    expect(await targets()).toEqual(['34.45', '38.11', '34.44', null]);
  });
});
