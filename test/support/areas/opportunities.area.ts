import { randomBytes, randomUUID } from 'node:crypto';
import { publicId } from '../../../src/platform/ids.js';
import type { Area } from './area.js';

const fresh = () => `a${randomBytes(5).toString('hex')}`;

export const opportunities: Area = {
  byName: {
    opportunityId: 'opportunity',
    pipelineId: 'pipeline',
    stageId: 'stage',
    fromStageIds: 'won_stage',
    moveToStageId: 'stage',
    stageIds: 'stage',
    competitorId: 'competitor',
    competitorIds: 'competitor',
    lostToId: 'competitor',
    closeReasonId: 'close_reason',
  },
  byMutation: [
    [/^updateOpportunit(y|ies)$/, 'opportunity'],
    [/Pipeline$/, 'pipeline'],
    [/^removeStage$/, 'spare_stage'],
    [/Stage$/, 'stage'],
    [/CloseReason$/, 'close_reason'],
    [/^removeCompetitor$/, 'spare_competitor'],
    [/^(create|update)Competitor$/, 'competitor'],
  ],
  byType: {
    Opportunity: 'opportunity',
    OpportunityChanged: 'opportunity',
    Pipeline: 'pipeline',
    PipelineBoard: 'pipeline',
    BoardStage: 'stage',
    CloseReason: 'close_reason',
    Competitor: 'competitor',
  },
  sensible: {
    createPipeline: [
      ['input.name', fresh],
      ['input.stages', () => ['OPEN', 'WON', 'LOST'].map(kind => ({ name: kind, kind }))],
    ],
    orderStages: [['input.stageIds', own => ['stage', 'won_stage', 'spare_stage'].map(alias => own.ids[alias])]],
    addStage: [['input.name', fresh]],
    createCloseReason: [['input.name', fresh]],
    createCompetitor: [['input.name', fresh]],
    reopenOpportunity: [
      ['input.opportunityId', own => own.ids['won_opportunity']],
      ['input.stageId', own => own.ids['stage']],
    ],
    removeOpportunityContact: [['input.customerId', own => own.ids['other_customer']]],
    attribution: [
      ['from', () => '2026-01-01'],
      ['to', () => '2026-12-31'],
      ['model', () => 'LINEAR'],
      ['by', () => 'NETWORK'],
    ],
  },
  async plant(put, { marker, now, customer, otherCustomer, post, kept }) {
    kept['pipeline'] = await put('pipelines', { name: marker }, 'pipeline');
    const stage = { pipeline_id: kept['pipeline'], probability: 0.5 };
    kept['stage'] = await put('stages', { ...stage, name: marker, position: 1 }, 'stage');
    const won = await put(
      'stages',
      { ...stage, name: `${marker} won`, position: 2, kind: 'WON', probability: 1 },
      'won_stage',
    );
    await put('stages', { ...stage, name: `${marker} spare`, position: 3 }, 'spare_stage');
    await put('close_reasons', { outcome: 'LOST', name: marker }, 'close_reason');
    const competitor = await put('competitors', { name: marker }, 'competitor');
    await put('competitors', { name: `${marker} spare` }, 'spare_competitor');
    const opportunity = {
      name: marker,
      customer_id: customer,
      pipeline_id: kept['pipeline'],
      stage_id: kept['stage'],
      amount: '100',
      currency: 'EUR',
      next_step: marker,
      source: marker,
    };
    kept['opportunity'] = await put(
      'opportunities',
      { ...opportunity, external_id: marker, post_id: post },
      'opportunity',
    );
    await put(
      'opportunities',
      { ...opportunity, stage_id: won, status: 'WON', closed_at: now, close_note: marker },
      'won_opportunity',
    );
    const belongs = { opportunity_id: kept['opportunity'] };
    await put(
      'opportunity_contacts',
      { ...belongs, customer_id: otherCustomer, role: 'DECISION_MAKER' },
      'opportunity_contact',
    );
    await put('opportunity_competitors', { ...belongs, competitor_id: competitor, note: marker });
    await put(
      'opportunity_lines',
      { ...belongs, position: 1, product_id: kept['product'], quantity: '2', unit_price: '50' },
      'opportunity_line',
    );
  },
  prefixes: {
    won_stage: 'stage',
    spare_stage: 'stage',
    won_opportunity: 'opportunity',
    spare_competitor: 'competitor',
  },
  rows({ customer, id, moment, name, maybe, kept }) {
    const [pipeline, stage, opportunity] = [randomUUID(), randomUUID(), randomUUID()];
    kept['opportunity'] = opportunity;
    const some = {
      name,
      customer_id: `'${customer}'`,
      pipeline_id: `'${pipeline}'::uuid`,
      stage_id: `'${stage}'::uuid`,
      currency: `'EUR'`,
      created_at: moment,
      stage_entered_at: moment,
      updated_at: moment,
    };
    return {
      first: [
        ['pipelines', { id: `'${pipeline}'::uuid`, name: 'gen_random_uuid()' }],
        [
          'stages',
          { id: `'${stage}'::uuid`, pipeline_id: `'${pipeline}'::uuid`, name, position: '1', probability: '0.5' },
        ],
        ['opportunities', { ...some, id: `'${opportunity}'::uuid` }],
      ],
      tables: {
        pipelines: { id, name: `${name} || gen_random_uuid()`, created_at: moment },
        close_reasons: { id, outcome: `'LOST'`, name: `${name} || gen_random_uuid()`, created_at: moment },
        competitors: { id, name: `${name} || gen_random_uuid()`, created_at: moment },
        opportunities: {
          ...some,
          id,
          amount: maybe('(array[0, 1.5, 1.25, 12345.6789])[ceil(random() * 4)::int]'),
          expected_close_on: maybe(`date '2026-11-01' + floor(random() * 4)::int`),
          closed_at: maybe(moment),
        },
        opportunity_revisions: {
          id,
          opportunity_id: `'${opportunity}'::uuid`,
          changed_at: `${moment} + random() * interval '1 day'`,
          changed_by: `'system:test'`,
          pipeline_id: `'${pipeline}'::uuid`,
          stage_id: `'${stage}'::uuid`,
          status: `'OPEN'`,
          currency: `'EUR'`,
        },
      },
      parents: { Opportunity: publicId('opportunity', opportunity), BoardStage: publicId('stage', stage) },
    };
  },
};
