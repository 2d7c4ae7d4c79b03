import { type JsonServer, startJson } from '../json-server.js';

export type Table = 'items' | 'prices' | 'stock' | 'partners' | 'sales' | 'bills' | 'receipts';
const TABLES: readonly string[] = ['items', 'prices', 'stock', 'partners', 'sales', 'bills', 'receipts'];

export interface PracticeErp extends JsonServer {
  tables: Record<Table, Map<string, Record<string, unknown>>>;
  /** Keeps a row as the ERP would: it is numbered, and told as changed from here on. `changed` sets the moment it is said to have changed. */
  put(table: Table, row: { id: string } & Record<string, unknown>, changed?: string): void;
  /** The next answers to reading this table are 500. */
  breakTable(table: Table | null): void;
  token: string;
  /** From here on it lets in only who has this one. */
  setToken(token: string): void;
}

/** An ERP for practice: REST and JSON on loopback, kept in memory, with a token, paging, and changes by their moment. */
export async function startPracticeErp(): Promise<PracticeErp> {
  const tables = Object.fromEntries(TABLES.map(name => [name, new Map()])) as unknown as PracticeErp['tables'];
  let token = 'let-me-in';
  let broken: Table | null = null;
  let clock = Date.parse('2026-11-01T10:00:00Z');
  let ids = 100;

  const put: PracticeErp['put'] = (table, row, changed) => {
    clock += 1000;
    const before = tables[table].get(row.id) ?? {};
    tables[table].set(row.id, { ...before, ...row, changed: changed ?? new Date(clock).toISOString() });
  };

  const server = await startJson(({ method, path, query, headers, text }) => {
    if (headers.authorization !== `Bearer ${token}`) return { status: 401, body: { message: 'who are you' } };
    const [, name = '', id] = path.split('/');
    if (name === 'ping') return { ok: true };
    if (!TABLES.includes(name)) return undefined;
    const rows = tables[name as Table];
    if (name === broken) return { status: 400, body: { message: 'this report is broken' } };
    if (method === 'GET' && id !== undefined) {
      const row = rows.get(decodeURIComponent(id));
      return row ? { data: row } : undefined;
    }
    if (method === 'GET') {
      const [since, ref, limit] = [query.get('changed_since'), query.get('ref'), Number(query.get('limit') ?? 100)];
      const page = Number(query.get('page') ?? 1);
      const found = [...rows.values()]
        .filter(row => since === null || String(row['changed']) >= since)
        .filter(row => ref === null || row['ref'] === ref)
        .sort((a, b) => (String(a['changed']) < String(b['changed']) ? -1 : 1));
      return { data: found.slice((page - 1) * limit, page * limit) };
    }
    const body = JSON.parse(text);
    if (method === 'POST') {
      if (body.name === 'Refused') return { status: 422, body: { message: 'we do not sell to them' } };
      const fresh = String(++ids);
      put(name as Table, { ...body, id: fresh, no: `SO-${fresh}` });
      return { data: rows.get(fresh) };
    }
    if (id === undefined || !rows.has(id)) return undefined;
    put(name as Table, { ...body, id });
    return { data: rows.get(id) };
  });
  return Object.assign(server, {
    tables,
    put,
    token,
    breakTable: (table: Table | null) => {
      broken = table;
    },
    setToken: (given: string) => {
      token = given;
    },
  });
}

/** How the practice ERP is described to the adapter `mapped`. */
export const PRACTICE_MAPPING = (origin: string): string => `
version: 1
name: Practice
baseUrl: ${origin}
currency: EUR
auth: { kind: bearer }
check: { path: /ping }
lookups:
  status: { open: PLACED, confirmed: CONFIRMED, partly: PARTIALLY_DELIVERED, sent: DELIVERED, void: CANCELLED, "*": PLACED }
kinds:
  PRODUCT:
    read: &list
      from: rest
      path: /items
      query: { changed_since: "{since}", limit: "{limit}" }
      items: $.data[*]
      pageSize: 2
      paging: { kind: page, parameter: page }
      since: { path: $.changed }
      fields:
        externalId: $.id
        sku: $.code
        name: $.title
        taxPercent: $.vat
        unit: $.unit
        isGone: $.archived
        updatedAt: { path: $.changed, date: iso }
    fetch: { path: "/items/{id}", item: $.data }
  PRICE_BOOK:
    read:
      <<: *list
      path: /prices
      fields:
        externalId: $.id
        name: $.title
        currency: $.currency
        validFrom: $.from
        updatedAt: { path: $.changed, date: iso }
        entries: { each: "$.rows[*]", fields: { productId: $.item, minQuantity: $.from, unitPrice: $.price } }
  STOCK:
    read:
      <<: *list
      path: /stock
      fields: { externalId: $.id, quantity: $.left, updatedAt: { path: $.changed, date: iso } }
  CUSTOMER:
    read:
      <<: *list
      path: /partners
      fields:
        externalId: $.id
        name: $.name
        kind: { path: $.company, lookup: { "true": COMPANY, "*": PERSON } }
        email: $.mail
        phone: $.tel
        language: $.lang
        address: { object: { street: $.street, city: $.city, postalCode: $.zip, country: $.land } }
        updatedAt: { path: $.changed, date: iso }
        isGone: $.archived
    fetch: { path: "/partners/{id}", item: $.data }
    write:
      to: rest
      create: { method: POST, path: /partners, answer: { item: $.data } }
      update: { method: PUT, path: "/partners/{id}", answer: { item: $.data } }
      find: { path: /partners, query: { ref: "{key}" }, item: "$.data[0]" }
      body:
        ref: $.key
        name: $.name
        company: { path: $.kind, lookup: { COMPANY: true, "*": false } }
        mail: $.email
        tel: $.phone
        street: $.address.street
        city: $.address.city
        zip: $.address.postalCode
        land: $.address.country
  ORDER:
    read:
      <<: *list
      path: /sales
      fields: &sale
        externalId: $.id
        number: $.no
        reference: $.ref
        customerId: $.partner
        status: { path: $.state, lookup: status }
        currency: $.currency
        placedAt: { path: $.at, date: iso }
        net: $.net
        tax: $.tax
        total: $.total
        updatedAt: { path: $.changed, date: iso }
        lines:
          each: "$.rows[*]"
          fields:
            externalId: $.row
            productId: $.item
            description: $.text
            quantity: $.qty
            unitPrice: $.price
            taxPercent: $.vat
            deliveredQuantity: $.sent
    write:
      to: rest
      create: { method: POST, path: /sales, answer: { item: $.data } }
      find: { path: /sales, query: { ref: "{key}" }, item: "$.data[0]" }
      body:
        ref: $.key
        partner: $.customerId
        state: { constant: open }
        currency: $.currency
        at: $.placedAt
        net: $.net
        tax: $.tax
        total: $.total
        rows:
          each: "$.lines[*]"
          fields: { item: $.productId, text: $.description, qty: $.quantity, price: $.unitPrice, vat: $.taxPercent }
  INVOICE:
    read:
      <<: *list
      path: /bills
      fields:
        externalId: $.id
        number: $.no
        status: { path: $.state, lookup: { paid: PAID, void: CANCELLED, "*": POSTED } }
        customerId: $.partner
        orderId: $.sale
        total: $.total
        tax: $.tax
        amountDue: $.due
        issuedOn: $.on
        updatedAt: { path: $.changed, date: iso }
  PAYMENT:
    read:
      <<: *list
      path: /receipts
      fields: { externalId: $.id, customerId: $.partner, invoiceId: $.bill, amount: $.sum, paidOn: $.on, updatedAt: { path: $.changed, date: iso } }
`;
