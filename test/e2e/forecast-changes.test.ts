import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import Big from 'big.js';
import fc from 'fast-check';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { type OpportunityState, type Pipeline, plantPipeline } from '../support/sales.js';
import { statementsOf } from '../support/statements.js';

let app: TestApp;
let organization: TestOrganization;
let owner: Client;
let pipeline: Pipeline;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off', COST_PER_MINUTE: '1000000000' });
});
afterAll(() => app.close());
beforeEach(async () => {
  organization = await app.organization();
  owner = await organization.as('OWNER');
  pipeline = await plantPipeline(app, organization);
});

const SUMS = '{ won { amount } committed { amount } bestCase { amount } weighted { amount } pipeline { amount } }';
const CHANGES = `query ($from: Date!, $to: Date!, $since: DateTime, $snapshotId: ID, $asOf: DateTime, $ownerId: ID, $first: Int, $after: String) {
  forecastChanges(from: $from, to: $to, since: $since, snapshotId: $snapshotId, asOf: $asOf, ownerId: $ownerId) {
    since before ${SUMS} after ${SUMS}
    reasons { reason count difference ${SUMS}
      opportunities(first: $first, after: $after) { edges { cursor node { id } difference ${SUMS} } pageInfo { hasNextPage endCursor } } } } }`;
const FORECAST = `query ($from: Date!, $to: Date!, $asOf: DateTime, $ownerId: ID) { salesForecast(from: $from, to: $to, period: QUARTER, asOf: $asOf, ownerId: $ownerId) {
  periods { won { amount } committed { amount } bestCase { amount } weighted { amount } } } }`;

const DAYS = { from: '2026-01-01', to: '2026-03-31' };
const changes = async (variables: object, client = owner) =>
  (await client.data(CHANGES, { ...DAYS, ...variables })).forecastChanges;
const plain = (sums: Record<string, { amount: string }>) =>
  Object.fromEntries(Object.entries(sums).map(([name, { amount }]) => [name, amount]));

describe('what changed of a forecast', () => {
  const SINCE = '2026-01-15T00:00:00Z';
  const [BEFORE, AFTER] = ['2026-01-02T10:00:00Z', '2026-01-20T10:00:00Z'];
  const march: OpportunityState = { at: BEFORE, amount: '100', closes: '2026-03-10' };

  test('is told by reason, with the opportunities behind each', async () => {
    const won = await pipeline.keep(march, { at: AFTER, stage: 'won', amount: '120' });
    const lost = await pipeline.keep(march, { at: AFTER, stage: 'lost' });
    const slipped = await pipeline.keep({ ...march, category: 'COMMITTED' }, { at: AFTER, closes: '2026-04-01' });
    const pulled = await pipeline.keep({ ...march, closes: '2026-05-01' }, { at: AFTER, closes: '2026-03-31' });
    const made = await pipeline.keep({ ...march, at: AFTER });
    const raised = await pipeline.keep(march, { at: AFTER, amount: '150', category: 'COMMITTED' });
    const moved = await pipeline.keep(march, { at: AFTER, stage: 'offer', category: 'PIPELINE' });
    await pipeline.keep(march);
    const answer = await changes({ since: SINCE });
    const told = Object.fromEntries(
      answer.reasons.map((one: any) => [
        one.reason,
        [one.difference.pipeline.amount, one.opportunities.edges.map(({ node }: any) => node.id)],
      ]),
    );
    const id = (...stored: string[]) => stored.map(one => organization.publicId('opportunity', one));
    expect(told).toMatchObject({
      NEW: ['100.00', id(made)],
      WON: ['0.00', id(won)],
      LOST: ['-100.00', id(lost)],
      MOVED_OUT: ['-100.00', id(slipped)],
      MOVED_IN: ['100.00', id(pulled)],
      INCREASED: ['70.00', id(raised, won)],
      CATEGORY_UP: ['0.00', id(raised)],
      STAGE_UP: ['0.00', id(moved)],
    });
    // What is as it was is likelier now, because history has become kinder.
    expect(answer.reasons.map(({ reason }: any) => reason)).toContain('ODDS');
    const twice = await owner.send(CHANGES, { ...DAYS });
    expect(twice.errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });

  test('comes in pages, and in as many statements for many as for few', async () => {
    for (let at = 1; at <= 7; at++) await pipeline.keep({ ...march, at: AFTER, amount: String(at) });
    await pipeline.keep(march, { at: AFTER, stage: 'lost' });
    const few = await statementsOf(() => changes({ since: SINCE, first: 2 }));
    const amounts: string[] = [];
    let after: string | null = null;
    do {
      const { reasons } = await changes({ since: SINCE, first: 3, after });
      const { opportunities } = reasons.find((one: any) => one.reason === 'NEW');
      amounts.push(...opportunities.edges.map((edge: any) => edge.difference.pipeline.amount));
      after = opportunities.pageInfo.hasNextPage ? opportunities.pageInfo.endCursor : null;
    } while (after);
    expect(amounts).toEqual(['7.00', '6.00', '5.00', '4.00', '3.00', '2.00', '1.00']);
    for (let at = 1; at <= 20; at++) await pipeline.keep({ ...march, at: AFTER, amount: String(at) });
    const many = await statementsOf(() => changes({ since: SINCE, first: 20 }));
    expect(many.length).toBe(few.length);
  });

  test('adds up exactly to the difference between what was said then and now, whatever happened', async () => {
    const [ana, luis] = [await organization.member('Ana'), await organization.member('Luis')];
    const { system } = app.app.database;
    await system.query(
      `insert into exchange_rates (organization_id, currency, valid_from, rate) values ($1, 'USD', '2026-01-01', 0.9), ($1, 'USD', '2026-01-10', 0.773)`,
      [organization.id],
    );
    const change = fc.record(
      {
        stage: fc.constantFrom('new', 'offer', 'won', 'lost'),
        amount: fc.constantFrom(null, '0', '10.05', '33.33', '100'),
        currency: fc.constantFrom('EUR', 'USD', 'CHF'),
        closes: fc.constantFrom(null, '2025-12-31', '2026-01-01', '2026-03-31', '2026-04-01'),
        category: fc.constantFrom(null, 'OMITTED', 'PIPELINE', 'BEST_CASE', 'COMMITTED'),
        owner: fc.constantFrom(null, ana, luis),
      },
      { requiredKeys: [] },
    );
    const moment = (day: number) => `2026-01-${String(day).padStart(2, '0')}T10:00:00Z`;
    const history = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), change), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(history, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 14 }),
        fc.boolean(),
        async (histories, day, ofAna) => {
          await system.query('delete from opportunities where organization_id = $1', [organization.id]);
          for (const states of histories) {
            let at = 0;
            const lived = states.map(([days, state]) => {
              at += days;
              return { ...state, at: moment(Math.min(at, 28)) };
            });
            await pipeline.keep(...(lived as [OpportunityState, ...OpportunityState[]]));
          }
          const ownerId = ofAna ? organization.publicId('member', ana) : undefined;
          const [since, asOf] = [moment(day), '2026-02-01T00:00:00Z'];
          const { before, after, reasons } = await changes({ since, asOf, ownerId });
          for (const measure of Object.keys(before))
            expect(
              reasons
                .reduce((all: Big, one: any) => all.plus(one.difference[measure].amount), Big(before[measure].amount))
                .toFixed(2),
            ).toBe(after[measure].amount);
          for (const [said, then] of [
            [before, since],
            [after, asOf],
          ]) {
            const { pipeline: _, ...sums } = plain(said);
            const { salesForecast } = await owner.data(FORECAST, { ...DAYS, asOf: then, ownerId });
            expect(plain(salesForecast.periods[0])).toEqual(sums);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

const TAKE = `mutation ($label: String!, $from: Date, $to: Date) { takeForecastSnapshot(input: { label: $label, from: $from, to: $to }) {
  forecastSnapshot { id takenAt } userErrors { field code } } }`;
const SNAPSHOT = `query ($id: ID!) { forecastSnapshot(id: $id) { label takenBy currency
  periods { start won { amount } committed { amount } bestCase { amount } weighted { amount } target { amount } statistical { level } }
  unconverted { currency count }
  lines(first: 10) { totalCount edges { node { id opportunity { name } stage { name } status category amount { amount } value { amount currency } probability weighted { amount } closesOn owner { name } } } } } }`;

describe('a snapshot', () => {
  test('says for good what was said, to each as much as they may see, and what changed since', async () => {
    const ana = await organization.member('Ana');
    const open = { at: '2026-01-02T10:00:00Z', amount: '100', closes: '2026-01-10', category: 'COMMITTED' };
    const mine = await pipeline.keep({ ...open, owner: ana });
    await pipeline.keep({ ...open, amount: '10', currency: 'CHF', owner: await organization.member('Luis') });
    const other = await pipeline.keep({ ...open, amount: '1', owner: await organization.member('Eva') });
    await owner.data(
      `mutation { setSalesTargets(input: { items: [{ startsOn: "2026-01-01", amount: { amount: "70", currency: "EUR" } }] }) { userErrors { code } } }`,
    );
    const { takeForecastSnapshot } = await owner.data(TAKE, { label: 'January', from: '2026-01-05', to: '2026-02-05' });
    expect(takeForecastSnapshot.userErrors).toEqual([]);
    const { id } = takeForecastSnapshot.forecastSnapshot;
    const said = (await owner.data(SNAPSHOT, { id })).forecastSnapshot;
    expect(said).toMatchObject({
      label: 'January',
      currency: 'EUR',
      periods: [
        {
          start: '2026-01-01',
          won: { amount: '0.00' },
          committed: { amount: '101.00' },
          weighted: { amount: '20.20' },
          target: { amount: '70.00' },
        },
        { start: '2026-02-01', committed: { amount: '0.00' }, target: null },
      ],
      unconverted: [{ currency: 'CHF', count: 1 }],
    });
    expect(said.lines.totalCount).toBe(3);
    await pipeline.change(mine, { at: new Date().toISOString(), stage: 'won', amount: '150' });
    await app.app.database.system.query('delete from opportunities where organization_id = $1 and id = $2', [
      organization.id,
      other,
    ]);
    const again = (await owner.data(SNAPSHOT, { id })).forecastSnapshot;
    expect(again.periods).toEqual(said.periods);
    const agent = await organization.as('AGENT', { memberId: ana, teamIds: [] });
    const seen = (await agent.data(SNAPSHOT, { id })).forecastSnapshot;
    expect(seen.periods[0]).toMatchObject({ committed: { amount: '100.00' }, target: null });
    expect(seen.unconverted).toEqual([]);
    expect(seen.lines.edges.map(({ node }: any) => node)).toMatchObject([
      {
        opportunity: { name: 'Oven' },
        stage: { name: 'new' },
        status: 'OPEN',
        value: { amount: '100.00', currency: 'EUR' },
        owner: { name: 'Ana' },
      },
    ]);
    const since = await changes({ snapshotId: id, to: '2026-12-31', from: '2026-01-01' });
    expect(since).toMatchObject({ before: { committed: { amount: '101.00' } }, after: { won: { amount: '150.00' } } });
    expect(since.reasons.map(({ reason }: any) => reason).sort()).toEqual(['INCREASED', 'REMOVED', 'WON']);
  });

  test('is changed by no request, and taken once a week by itself however often that is tried', async () => {
    await pipeline.keep({ at: '2026-01-02T10:00:00Z', amount: '100', closes: '2026-12-10' });
    const { database } = app.app;
    const { takeWeeklySnapshots } = await import('../../src/modules/sales/index.js');
    const log = {
      error: (problem: unknown) => {
        throw problem;
      },
    } as never;
    await Promise.all([takeWeeklySnapshots(database, log), takeWeeklySnapshots(database, log)]);
    await takeWeeklySnapshots(database, log);
    const { forecastSnapshots } = await owner.data(
      '{ forecastSnapshots(first: 5) { totalCount edges { node { id label takenBy weekOn periods { committed { amount } } lines { totalCount } } } } }',
    );
    expect(forecastSnapshots).toMatchObject({
      totalCount: 1,
      edges: [{ node: { label: expect.stringMatching(/^Semana del /), lines: { totalCount: 1 } } }],
    });
    const scope = { organizationId: organization.id, actor: 'system:test', requestId: 'test' };
    for (const sql of [
      'update forecast_snapshots set label = $1',
      'delete from forecast_snapshot_lines where $1 <> $1',
    ])
      await expect(database.write(scope, tx => tx.query(sql, ['changed']))).rejects.toThrow(/permission denied/);
  });

  test('of many in one answer costs no more statements than of one', async () => {
    const LIST =
      '{ forecastSnapshots(first: 5) { edges { node { periods { won { amount } } unconverted { count } lines(first: 2) { edges { node { id } } } } } } }';
    await owner.data(TAKE, { label: 'One' });
    const one = await statementsOf(() => owner.data(LIST));
    await owner.data(TAKE, { label: 'Two' });
    await owner.data(TAKE, { label: 'Three' });
    expect((await statementsOf(() => owner.data(LIST))).length).toBe(one.length);
    const refused = await owner.data(TAKE, { label: ' ', from: '2026-02-01', to: '2026-01-01' });
    expect(refused.takeForecastSnapshot.userErrors).toEqual([
      { field: 'label', code: 'REQUIRED' },
      { field: 'to', code: 'INVALID' },
    ]);
  });
});
