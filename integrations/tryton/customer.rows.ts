import { z } from 'zod';
import type { ErpCustomer } from '../../src/erp/port.js';
import type { Trail } from './change.feed.js';
import type { TrytonClient } from './client.js';
import { readCompany } from './company.row.js';
import { flag } from './flag.value.js';
import { latest } from './product.rows.js';

const MARK = 'vinculo:';

/**
 * An identifier that we add to a party: the key under which we wrote it, and whether it is a person or a company, for which Tryton has
 * no place.
 */
export const markOf = (kind: ErpCustomer['kind'], key: string): string => `${MARK}${kind}:${key}`;
export const isMark = (code: string): boolean => code.startsWith(MARK);
const markedKind = (code: string | undefined): ErpCustomer['kind'] | undefined =>
  (['PERSON', 'COMPANY'] as const).find(kind => code?.startsWith(markOf(kind, '')));

const partyRow = z.object({
  id: z.int(),
  name: z.string().nullish(),
  code: z.string().nullish(),
  active: flag.catch(true),
  write_date: z.string().nullish(),
  create_date: z.string().nullish(),
  'lang.': z.object({ code: z.string().nullish() }).nullish(),
});
export const addressRow = z.object({
  id: z.int(),
  party: z.int(),
  active: flag.catch(true),
  street: z.string().nullish(),
  postal_code: z.string().nullish(),
  city: z.string().nullish(),
  write_date: z.string().nullish(),
  'country.': z.object({ code: z.string().nullish() }).nullish(),
  'subdivision.': z.object({ name: z.string().nullish() }).nullish(),
});
export const mechanismRow = z.object({
  id: z.int(),
  party: z.int(),
  active: flag.catch(true),
  type: z.string(),
  value: z.string().nullish(),
  write_date: z.string().nullish(),
});
export const identifierRow = z.object({ id: z.int(), party: z.int(), type: z.string().nullish(), code: z.string() });

export const ADDRESS_FIELDS = [
  'party',
  'active',
  'street',
  'postal_code',
  'city',
  'write_date',
  'country.code',
  'subdivision.name',
];
export const MECHANISM_FIELDS = ['party', 'active', 'type', 'value', 'write_date'];
const BY_SEQUENCE = {
  order: [
    ['sequence', 'ASC'],
    ['id', 'ASC'],
  ],
};

export const customerTrails: readonly Trail[] = [
  { model: 'party.party', root: 'id', domain: [] },
  { model: 'party.address', root: 'party', domain: [] },
  { model: 'party.contact_mechanism', root: 'party', domain: [] },
  { model: 'party.identifier', root: 'party', domain: [] },
];

/**
 * Parties as customers: the first address, telephone and e-mail of each in Tryton's own order. Tryton does not say who is a person and
 * who a company: what we did not write and mark ourselves counts as a company if it has a tax number. Tryton's own company is no customer.
 */
export async function readCustomers(client: TrytonClient, ids: readonly number[]): Promise<ErpCustomer[]> {
  const company = await readCompany(client);
  const wanted = ids.filter(id => id !== company.party);
  const fields = ['name', 'code', 'active', 'write_date', 'create_date', 'lang.code'];
  const parties = await client.read('party.party', wanted, partyRow, fields);
  const theirs = [['party', 'in', wanted]];
  const addresses = await client.searchRead('party.address', theirs, addressRow, ADDRESS_FIELDS, BY_SEQUENCE);
  const mechanisms = await client.searchRead(
    'party.contact_mechanism',
    theirs,
    mechanismRow,
    MECHANISM_FIELDS,
    BY_SEQUENCE,
  );
  const identifiers = await client.searchRead('party.identifier', theirs, identifierRow, ['party', 'type', 'code']);
  return parties.map(party => {
    const isMine = (row: { party: number }) => row.party === party.id;
    const taxId = identifiers.find(row => isMine(row) && !isMark(row.code))?.code;
    const mark = identifiers.find(row => isMine(row) && isMark(row.code))?.code;
    const address = addresses.find(row => isMine(row) && row.active);
    const reach = (...types: string[]) =>
      mechanisms.find(row => isMine(row) && row.active && types.includes(row.type) && row.value)?.value ?? undefined;
    return {
      externalId: String(party.id),
      updatedAt: [...addresses, ...mechanisms]
        .filter(isMine)
        .reduce((moment, row) => latest(moment, row.write_date), latest(party.write_date ?? party.create_date, null)),
      isGone: !party.active,
      kind: markedKind(mark) ?? (taxId === undefined ? 'PERSON' : 'COMPANY'),
      name: party.name?.trim() || party.code || `Tryton ${party.id}`,
      email: reach('email'),
      phone: reach('phone', 'mobile'),
      taxId,
      language: party['lang.']?.code?.replace('_', '-') ?? undefined,
      address: address && addressOf(address),
    };
  });
}

function addressOf(row: z.infer<typeof addressRow>): ErpCustomer['address'] {
  const parts = {
    street: row.street,
    city: row.city,
    postalCode: row.postal_code,
    region: row['subdivision.']?.name,
    country: row['country.']?.code,
  };
  const said = Object.entries(parts).filter(([, value]) => value);
  return said.length === 0 ? undefined : Object.fromEntries(said);
}
