import type { Area } from './area.js';

export const opportunities: Area = {
  async plant(put, { marker, customer, otherCustomer, kept }) {
    kept['pipeline'] = await put('pipelines', { name: marker }, 'pipeline');
    const stage = { pipeline_id: kept['pipeline'], probability: 0.5 };
    kept['stage'] = await put('stages', { ...stage, name: marker, position: 1 }, 'stage');
    await put('stages', { ...stage, name: `${marker} won`, position: 2, kind: 'WON', probability: 1 }, 'won_stage');
    await put('close_reasons', { outcome: 'LOST', name: marker }, 'close_reason');
    const competitor = await put('competitors', { name: marker }, 'competitor');
    kept['opportunity'] = await put(
      'opportunities',
      {
        name: marker,
        customer_id: customer,
        pipeline_id: kept['pipeline'],
        stage_id: kept['stage'],
        amount: '100',
        currency: 'EUR',
        external_id: marker,
      },
      'opportunity',
    );
    const belongs = { opportunity_id: kept['opportunity'] };
    await put(
      'opportunity_contacts',
      { ...belongs, customer_id: otherCustomer, role: 'DECISION_MAKER' },
      'opportunity_contact',
    );
    await put('opportunity_competitors', { ...belongs, competitor_id: competitor });
    await put(
      'opportunity_lines',
      { ...belongs, position: 1, product_id: kept['product'], quantity: '2', unit_price: '50' },
      'opportunity_line',
    );
  },
  prefixes: { won_stage: 'stage' },
};
