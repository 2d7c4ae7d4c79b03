import { z } from 'zod';
import { ErpError } from '../../src/erp/port.js';
import type { TrytonClient } from './client.js';

const companyRow = z.object({
  id: z.int(),
  party: z.int(),
  'party.': z.object({ name: z.string().nullish() }).nullish(),
  'currency.': z.object({ code: z.string() }),
});

/** The user's own company: its name, the code of its currency and its party. */
export async function readCompany(client: TrytonClient): Promise<{ name: string; currency: string; party: number }> {
  const fields = ['party', 'party.name', 'currency.code'];
  const [row] = await client.read('company.company', [await client.company()], companyRow, fields);
  if (!row) throw new ErpError('REFUSED', 'The user’s company in Tryton cannot be read.');
  return { name: row['party.']?.name || 'Tryton', currency: row['currency.'].code, party: row.party };
}
