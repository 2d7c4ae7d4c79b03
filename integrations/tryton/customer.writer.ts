import { z } from 'zod';
import { type ErpCustomer, ErpError, type Unsaved } from '../../src/erp/port.js';
import type { TrytonClient } from './client.js';
import { addressRow, identifierRow, isMark, markOf, mechanismRow, readCustomers } from './customer.rows.js';
import { numberOf } from './external.id.js';

type Customer = Unsaved<ErpCustomer>;

const idRow = z.object({ id: z.int() });
const partyOfIdentifier = z.object({ id: z.int(), party: z.int() });
const EU_VAT = /^(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK)[0-9A-Z+*]{2,12}$/;
const FIRST = {
  order: [
    ['sequence', 'ASC'],
    ['id', 'ASC'],
  ],
  limit: 1,
};

/** Creates the party with all that belongs to it in one transaction of Tryton's, or changes it. Throws `ErpError`. */
export async function writeCustomer(
  client: TrytonClient,
  customer: Customer,
  key: string,
  warn: (message: string) => void,
): Promise<ErpCustomer> {
  const known = customer.externalId === undefined ? await findParty(client, key) : numberOf(customer.externalId);
  let id = known;
  if (id === null) {
    id = await withoutBadTaxId(customer, warn, each => createParty(client, each, key));
    id = await keepFirst(client, id, key);
  } else if (customer.externalId !== undefined)
    await withoutBadTaxId(customer, warn, each => changeParty(client, known!, each, key));
  const [saved] = await readCustomers(client, [id]);
  if (!saved) throw new ErpError('NOT_FOUND', 'Tryton has no such party any more.', { field: 'externalId' });
  return saved;
}

export async function findCustomer(client: TrytonClient, key: string): Promise<ErpCustomer | null> {
  const id = await findParty(client, key);
  return id === null ? null : ((await readCustomers(client, [id]))[0] ?? null);
}

async function findParty(client: TrytonClient, key: string): Promise<number | null> {
  const marked = [
    ['code', 'in', [markOf('PERSON', key), markOf('COMPANY', key)]],
    ['type', '=', null],
  ];
  const rows = await client.searchRead('party.identifier', marked, partyOfIdentifier, ['party']);
  return rows[0]?.party ?? null;
}

/** Nothing in Tryton keeps a key from being used twice; of two written at the same time the later one is taken back. */
async function keepFirst(client: TrytonClient, id: number, key: string): Promise<number> {
  const first = (await findParty(client, key)) ?? id;
  if (first !== id) await client.change('model.party.party.delete', [[id]]);
  return first;
}

/** A tax number that Tryton finds wrong is left out and the customer written all the same. */
async function withoutBadTaxId<Result>(
  customer: Customer,
  warn: (message: string) => void,
  write: (customer: Customer) => Promise<Result>,
): Promise<Result> {
  try {
    return await write(customer);
  } catch (error) {
    if (!(error instanceof ErpError) || error.code !== 'REFUSED' || !customer.taxId) throw error;
    const result = await write({ ...customer, taxId: undefined });
    warn(`A customer was written without its tax number: ${error.message}`);
    return result;
  }
}

async function createParty(client: TrytonClient, customer: Customer, key: string): Promise<number> {
  const mechanisms = [
    ...(customer.email ? [{ type: 'email', value: customer.email }] : []),
    ...(customer.phone ? [{ type: 'phone', value: customer.phone }] : []),
  ];
  const identifiers = [
    { type: null, code: markOf(customer.kind, key) },
    ...(customer.taxId ? [identifierOf(customer.taxId)] : []),
  ];
  return client.create('party.party', {
    name: customer.name,
    ...(await languageOf(client, customer)),
    // A sale is not quoted without an address, even an empty one.
    addresses: [['create', [await addressValues(client, customer.address ?? {})]]],
    contact_mechanisms: [['create', mechanisms]],
    identifiers: [['create', identifiers]],
  });
}

async function changeParty(client: TrytonClient, id: number, customer: Customer, key: string): Promise<void> {
  const { email, phone, address } = customer;
  const values: Record<string, unknown> = { name: customer.name, ...(await languageOf(client, customer)) };
  if (customer.isGone !== undefined) values['active'] = !customer.isGone;
  const mechanisms = [
    ...(email ? await mechanismChange(client, id, ['email'], email) : []),
    ...(phone ? await mechanismChange(client, id, ['phone', 'mobile'], phone) : []),
  ];
  if (mechanisms.length > 0) values['contact_mechanisms'] = mechanisms;
  if (address) {
    const [first] = await client.searchRead('party.address', theirs(id), addressRow, ['party'], FIRST);
    const said = await addressValues(client, address);
    values['addresses'] = [first ? ['write', [first.id], said] : ['create', [said]]];
  }
  const identifiers = await identifierChange(client, id, customer, key);
  if (identifiers.length > 0) values['identifiers'] = identifiers;
  await client.change('model.party.party.write', [[id], values]);
}

async function identifierChange(client: TrytonClient, id: number, { kind, taxId }: Customer, key: string) {
  const mine = [['party', '=', id]];
  const all = await client.searchRead('party.identifier', mine, identifierRow, ['party', 'type', 'code']);
  const [mark, first] = [all.find(row => isMark(row.code)), all.find(row => !isMark(row.code))];
  const marked = markOf(kind, mark?.code.split(':').slice(2).join(':') ?? key);
  const wanted = [
    { row: mark, values: { type: null, code: marked } },
    ...(taxId ? [{ row: first, values: identifierOf(taxId) }] : []),
  ];
  return wanted
    .filter(({ row, values }) => row?.code !== values.code)
    .map(({ row, values }) => (row ? ['write', [row.id], values] : ['create', [values]]));
}

async function mechanismChange(client: TrytonClient, id: number, types: string[], value: string) {
  const domain = [...theirs(id), ['type', 'in', types]];
  const [first] = await client.searchRead(
    'party.contact_mechanism',
    domain,
    mechanismRow,
    ['party', 'type', 'value'],
    FIRST,
  );
  if (first?.value === value) return [];
  return [first ? ['write', [first.id], { value }] : ['create', [{ type: types[0], value }]]];
}

const theirs = (id: number) => [
  ['party', '=', id],
  ['active', '=', true],
];

const identifierOf = (taxId: string) => {
  const compact = taxId.replace(/[\s.-]/g, '').toUpperCase();
  return EU_VAT.test(compact) ? { type: 'eu_vat', code: compact } : { type: null, code: taxId };
};

/** Tryton's code of a language is `pt` or `es_419`; one that it does not translate is left out. */
async function languageOf(client: TrytonClient, { language }: Customer): Promise<{ lang?: number }> {
  if (!language) return {};
  const codes = [language.replace('-', '_'), language.split('-')[0]];
  const domain = [
    ['code', 'in', codes],
    ['translatable', '=', true],
  ];
  const [found] = await client.searchRead('ir.lang', domain, idRow, ['id'], { limit: 1, order: [['code', 'DESC']] });
  return found ? { lang: found.id } : {};
}

async function addressValues(client: TrytonClient, address: NonNullable<Customer['address']>): Promise<object> {
  const { street, city, postalCode, region, country } = address;
  const values: Record<string, unknown> = { street, city, postal_code: postalCode };
  if (country) {
    // Countries are in Tryton only where its administrator has imported them.
    const [found] = await client.searchRead('country.country', [['code', '=', country]], idRow, ['id'], { limit: 1 });
    if (found) {
      values['country'] = found.id;
      const inIt = [
        ['country', '=', found.id],
        ['name', '=', region ?? ''],
      ];
      const [part] = await client.searchRead('country.subdivision', inIt, idRow, ['id'], { limit: 1 });
      if (part) values['subdivision'] = part.id;
    }
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
