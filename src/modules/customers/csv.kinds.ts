import { type CsvKind, csvKind, momentColumn, textColumn, wordColumn, wordsColumn } from '../../platform/csv/index.js';
import type { Tx } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import { MEMBER_BY_EMAIL, TEAM_BY_NAME } from '../access/index.js';
import { normaliseEmail, normalisePhone, normaliseWebsite } from './contact-point.rules.js';
import { CustomerKind } from './customer.entity.js';
import { tellContactPoints } from './customer.hooks.js';
import { recordCustomerEvents } from './customer.queries.js';

const language = (text: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    return undefined;
  }
};

const primary = (kind: string): string =>
  `(select p.value from contact_points p where p.organization_id = t.organization_id and p.customer_id = t.id and p.kind = '${kind}' order by p.is_primary desc, p.id limit 1)`;

csvKind({
  name: 'customers',
  table: 'customers',
  visibility: 'CUSTOMER',
  where: 't.deleted_at is null',
  joins: `left join members o on o.organization_id = t.organization_id and o.id = t.owner_id
          left join teams e on e.organization_id = t.organization_id and e.id = t.team_id`,
  key: ['external_id'],
  isVersioned: true,
  columns: [
    textColumn({
      field: 'externalId',
      column: 'external_id',
      isRequired: true,
      help: 'Its id in the system it comes from.',
    }),
    wordColumn(
      { field: 'kind', column: 'kind', fallback: "'PERSON'", help: 'PERSON or COMPANY.' },
      Object.values(CustomerKind),
    ),
    textColumn({ field: 'displayName', column: 'display_name', isRequired: true, help: 'The name it is shown by.' }),
    textColumn({ field: 'givenName', column: 'given_name', help: 'Given names of a person.' }),
    textColumn({ field: 'familyName', column: 'family_name', help: 'Family names of a person.' }),
    textColumn({ field: 'legalName', column: 'legal_name', help: 'Registered name of a company.' }),
    textColumn({ field: 'jobTitle', column: 'job_title', help: 'What a person does where they work.' }),
    textColumn({
      field: 'language',
      column: 'language',
      read: language,
      expected: 'a language such as es or pt-BR',
      help: 'Language it is spoken to in, BCP 47.',
    }),
    wordsColumn({
      field: 'tags',
      hideable: 'tags',
      column: 'tags',
      fallback: "'{}'",
      help: 'Words it is marked with, | between them.',
    }),
    textColumn({
      field: 'owner',
      hideable: 'owner',
      column: 'owner_id',
      type: 'uuid',
      reference: MEMBER_BY_EMAIL,
      shown: 'o.email',
      tellsOf: { alias: 'o', visibility: 'STAFF' },
      help: 'E-mail address of the member who looks after it.',
    }),
    textColumn({
      field: 'team',
      hideable: 'team',
      column: 'team_id',
      type: 'uuid',
      reference: TEAM_BY_NAME,
      shown: 'e.name',
      tellsOf: { alias: 'e', visibility: 'STAFF' },
      help: 'Name of the team that looks after it.',
    }),
    momentColumn({ field: 'createdAt', column: 'created_at', fallback: 'now()', help: 'When it was first kept.' }),
    textColumn({
      field: 'email',
      hideable: 'contactPoints',
      read: text => normaliseEmail(text) ?? undefined,
      expected: 'an e-mail address',
      shown: primary('EMAIL'),
      help: 'E-mail address, added to those there are.',
    }),
    textColumn({
      field: 'phone',
      hideable: 'contactPoints',
      read: (text, { country }) => normalisePhone(text, country) ?? undefined,
      expected: 'a telephone number',
      shown: primary('PHONE'),
      help: 'Telephone number, added to those there are.',
    }),
    textColumn({
      field: 'website',
      hideable: 'contactPoints',
      read: text => normaliseWebsite(text) ?? undefined,
      expected: 'the address of a web site',
      shown: primary('WEBSITE'),
      help: 'Web site, added to those there are.',
    }),
  ],
  alsoFills: ['contact_points'],
  attach: addContactPoints,
  async told(tx, created, changed) {
    await recordCustomerEvents(tx, new Map([...changed].map(id => [id, 'customer.updated'])));
    await recordCustomerEvents(tx, new Map([...created].map(id => [id, 'customer.created'])));
  },
});

const KINDS: Record<string, string> = { email: 'EMAIL', phone: 'PHONE', website: 'WEBSITE' };

/** The first of a kind becomes the primary one; one that is there already stays as it is. */
async function addContactPoints(tx: Tx, rows: Parameters<NonNullable<CsvKind['attach']>>[1]): Promise<void> {
  const points = rows.flatMap(({ id, values }) =>
    Object.entries(values).map(([field, value]) => ({ customerId: id, kind: KINDS[field]!, value })),
  );
  if (points.length === 0) return;
  await tx.query(
    `insert into contact_points (organization_id, customer_id, id, kind, value, is_primary)
     select $1, p.customer_id, p.id, p.kind, p.value,
            not exists (select 1 from contact_points o where o.organization_id = $1 and o.customer_id = p.customer_id and o.kind = p.kind)
       from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) as p(customer_id, id, kind, value)
     on conflict (organization_id, customer_id, kind, value) do nothing`,
    [
      tx.scope.organizationId,
      points.map(({ customerId }) => customerId),
      points.map(newId),
      points.map(({ kind }) => kind),
      points.map(({ value }) => value),
    ],
  );
  // Only a site of one's own proves anything without being verified.
  const sites = new Set(points.flatMap(({ kind, customerId }) => (kind === 'WEBSITE' ? [customerId] : [])));
  for (const customerId of sites) await tellContactPoints(tx, customerId);
}
