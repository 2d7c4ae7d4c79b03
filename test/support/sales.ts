import { newId } from '../../src/platform/ids.js';
import type { TestApp, TestOrganization } from './app.js';

/** Columns of an opportunity, or those that change of it, as of a moment. */
export interface OpportunityState {
  at: string;
  stage?: string;
  amount?: string | null;
  currency?: string;
  closes?: string | null;
  category?: string | null;
  owner?: string | null;
  team?: string | null;
}

export interface Pipeline {
  id: string;
  /** Stored ids of its stages by their names: new, offer, won, lost. */
  stages: Record<string, string>;
  /** Keeps an opportunity that was like this, one state after the other; answers its stored id. */
  keep(...states: OpportunityState[]): Promise<string>;
  change(id: string, state: OpportunityState): Promise<void>;
}

const STAGES = [
  { name: 'new', kind: 'OPEN', probability: 0.2, category: 'PIPELINE' },
  { name: 'offer', kind: 'OPEN', probability: 0.5, category: 'BEST_CASE' },
  { name: 'won', kind: 'WON', probability: 1, category: 'COMMITTED' },
  { name: 'lost', kind: 'LOST', probability: 0, category: 'OMITTED' },
];

/** A pipeline with opportunities whose history is told, as if it had been lived through. */
export async function plantPipeline(app: TestApp, organization: TestOrganization): Promise<Pipeline> {
  const { system } = app.app.database;
  const organizationId = organization.id;
  const [id, customerId] = [newId(), newId()];
  await system.query(
    `insert into customers (organization_id, id, kind, display_name) values ($1, $2, 'COMPANY', 'Panadería Sol')`,
    [organizationId, customerId],
  );
  await system.query('insert into pipelines (organization_id, id, name) values ($1, $2, $3)', [organizationId, id, id]);
  const stages: Record<string, string> = {};
  for (const [position, { name, kind, probability, category }] of STAGES.entries()) {
    stages[name] = newId();
    await system.query(
      `insert into stages (organization_id, id, pipeline_id, name, position, kind, probability, forecast_category)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [organizationId, stages[name], id, name, position, kind, probability, category],
    );
  }
  const statusOf = (stage: string) => STAGES.find(({ name }) => name === stage)!.kind;
  const change = async (opportunityId: string, { at, stage, ...rest }: OpportunityState) => {
    const columns: Record<string, unknown> = { updated_at: at };
    if (stage) {
      const status = statusOf(stage);
      const closed_at = status === 'OPEN' ? null : at;
      Object.assign(columns, { stage_id: stages[stage], status, stage_entered_at: at, closed_at });
    }
    const names = {
      amount: 'amount',
      currency: 'currency',
      closes: 'expected_close_on',
      category: 'forecast_category',
      owner: 'owner_id',
      team: 'team_id',
    };
    for (const [key, name] of Object.entries(names)) if (key in rest) columns[name] = rest[key as keyof typeof rest];
    const set = Object.keys(columns).map((name, place) => `${name} = $${place + 3}`);
    await system.query(`update opportunities set ${set.join(', ')} where organization_id = $1 and id = $2`, [
      organizationId,
      opportunityId,
      ...Object.values(columns),
    ]);
  };
  return {
    id,
    stages,
    change,
    async keep(first, ...later) {
      const opportunityId = newId();
      const { at, stage = 'new', amount = null, currency = 'EUR', closes = null, category = null } = first;
      const status = statusOf(stage);
      await system.query(
        `insert into opportunities (organization_id, id, name, customer_id, pipeline_id, stage_id, status, amount, currency, expected_close_on,
                                    forecast_category, owner_id, team_id, stage_entered_at, created_at, updated_at, closed_at)
         values ($1, $2, 'Oven', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $13, $14)`,
        [
          organizationId,
          opportunityId,
          customerId,
          id,
          stages[stage],
          status,
          amount,
          currency,
          closes,
          category,
          first.owner ?? null,
          first.team ?? null,
          at,
          status === 'OPEN' ? null : at,
        ],
      );
      for (const state of later) await change(opportunityId, state);
      return opportunityId;
    },
  };
}
