import type { LoaderDefinition } from '../../../platform/loaders.js';
import type { RequestContext } from '../../access/index.js';

interface Reach {
  id: string;
  settings: Record<string, unknown>;
  hookKey: string;
}

const reach: LoaderDefinition<RequestContext, string, Reach> = {
  name: 'account.reach',
  async batch(context, ids) {
    const rows = await context.read<Reach>(
      'select id, settings, hook_key as "hookKey" from accounts where id = any ($1)',
      [ids],
      'account.reach',
    );
    const byId = new Map(rows.map(row => [row.id, row]));
    return ids.map(id => byId.get(id) ?? { id, settings: {}, hookKey: '' });
  },
};

/** What lists of accounts do not carry; of an account that the viewer is known to see. */
export const reachOfAccount = (context: RequestContext, accountId: string): Promise<Reach> =>
  context.load(reach, accountId);
