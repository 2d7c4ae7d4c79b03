import { newId, publicId } from '../../../src/platform/ids.js';
import type { Area } from './area.js';

export const forecast: Area = {
  async plant(put, { now, marker, member, kept }) {
    await put(
      'sales_targets',
      {
        owner_id: member,
        period: 'MONTH',
        starts_on: '2026-11-01',
        ends_on: '2026-11-30',
        amount: '100',
        currency: 'EUR',
      },
      'sales_target',
    );
    kept['forecast_snapshot'] = await put(
      'forecast_snapshots',
      {
        label: marker,
        taken_at: now,
        taken_by: 'system:test',
        from_on: '2026-11-01',
        to_on: '2026-11-30',
        period: 'MONTH',
        currency: 'EUR',
      },
      'forecast_snapshot',
    );
    await put('forecast_snapshot_lines', {
      snapshot_id: kept['forecast_snapshot'],
      opportunity_id: kept['opportunity'],
      pipeline_id: kept['pipeline'],
      stage_id: kept['stage'],
      status: 'OPEN',
      category: 'PIPELINE',
      amount: '100',
      currency: 'EUR',
      value: '100',
      probability: '0.5',
      weighted: '50',
      closes_on: '2026-11-30',
    });
  },
  byName: { snapshotId: 'forecast_snapshot', pipelineId: 'pipeline' },
  byMutation: [[/^removeSalesTarget$/, 'sales_target']],
  byType: { SalesTarget: 'sales_target', ForecastSnapshot: 'forecast_snapshot' },
  sensible: {
    salesForecast: [['period', () => 'MONTH']],
    forecastChanges: [['since', () => '2026-11-01T10:00:00Z']],
    setSalesTargets: [
      ['input.items.startsOn', () => '2027-03-01'],
      ['input.items.amount', () => ({ amount: '100', currency: 'EUR' })],
    ],
  },
  rows({ id, moment, name, maybe }) {
    const snapshot = newId();
    // No two of a holder overlap: each row has the day after the last that is there.
    const day = `(select coalesce(max(t.ends_on), date '1900-01-01') from sales_targets t where t.organization_id = $1) + generate_series::int`;
    const said = {
      taken_by: `'system:test'`,
      from_on: `'2026-11-01'`,
      to_on: `'2026-11-30'`,
      period: `'MONTH'`,
      currency: `'EUR'`,
    };
    return {
      first: [['forecast_snapshots', { id: `'${snapshot}'`, label: name, taken_at: moment, ...said }]],
      tables: {
        sales_targets: {
          id,
          period: `'DAYS'`,
          starts_on: day,
          ends_on: day,
          amount: '100',
          currency: `'EUR'`,
          created_at: moment,
        },
        forecast_snapshots: { id, label: name, taken_at: moment, ...said },
        forecast_snapshot_lines: {
          snapshot_id: `'${snapshot}'`,
          opportunity_id: id,
          pipeline_id: id,
          stage_id: id,
          status: `'OPEN'`,
          category: `'PIPELINE'`,
          currency: `'EUR'`,
          value: maybe('100'),
          probability: '0.5',
          closes_on: `date '2026-11-01' + floor(random() * 4)::int`,
        },
      },
      parents: { ForecastSnapshot: publicId('forecast_snapshot', snapshot) },
    };
  },
};
