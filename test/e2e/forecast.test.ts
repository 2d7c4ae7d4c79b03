import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { type Pipeline, plantPipeline } from '../support/sales.js';

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
});
