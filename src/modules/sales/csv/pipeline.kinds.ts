import { recordEvents } from '../../../events/index.js';
import {
  type CsvKind,
  csvKind,
  currencyColumn,
  dayColumn,
  decimalColumn,
  momentColumn,
  textColumn,
} from '../../../platform/csv/index.js';
import { MEMBER_BY_EMAIL, TEAM_BY_NAME } from '../../access/index.js';
import { CUSTOMER_BY_KEY, normaliseEmail, normalisePhone, normaliseWebsite } from '../../customers/index.js';

const key = textColumn({
  field: 'externalId',
  column: 'external_id',
  isRequired: true,
  help: 'Its id in the system it comes from.',
});
const owner = textColumn({
  field: 'owner',
  column: 'owner_id',
  type: 'uuid',
  reference: MEMBER_BY_EMAIL,
  shown: 'o.email',
  tellsOf: { alias: 'o', visibility: 'STAFF' },
  help: 'E-mail address of the member whose it is.',
});
const team = textColumn({
  field: 'team',
  column: 'team_id',
  type: 'uuid',
  reference: TEAM_BY_NAME,
  shown: 'e.name',
  tellsOf: { alias: 'e', visibility: 'STAFF' },
  help: 'Name of the team whose it is.',
});
const STAFF = `left join members o on o.organization_id = t.organization_id and o.id = t.owner_id
          left join teams e on e.organization_id = t.organization_id and e.id = t.team_id`;

const tells =
  (type: 'lead.changed' | 'opportunity.changed'): NonNullable<CsvKind['told']> =>
  (tx, created, changed) =>
    recordEvents(
      tx,
      [...created, ...changed].map(subjectId => ({ type, subjectId })),
    );

csvKind({
  name: 'leads',
  table: 'leads',
  visibility: 'LEAD',
  joins: STAFF,
  key: ['external_id'],
  isVersioned: true,
  columns: [
    key,
    textColumn({ field: 'name', column: 'name', isRequired: true, help: 'Who it is.' }),
    textColumn({ field: 'company', column: 'company_name', help: 'Where they work.' }),
    textColumn({ field: 'jobTitle', column: 'job_title', help: 'What they do there.' }),
    textColumn({
      field: 'email',
      column: 'email',
      read: text => normaliseEmail(text) ?? undefined,
      expected: 'an e-mail address',
      help: 'E-mail address.',
    }),
    textColumn({
      field: 'phone',
      column: 'phone',
      read: (text, { country }) => normalisePhone(text, country) ?? undefined,
      expected: 'a telephone number',
      help: 'Telephone number.',
    }),
    textColumn({
      field: 'website',
      column: 'website',
      read: text => normaliseWebsite(text) ?? undefined,
      expected: 'the address of a web site',
      help: 'Web site.',
    }),
    textColumn({ field: 'country', column: 'country', help: 'Country, ISO 3166-1.' }, 2),
    textColumn({ field: 'postalCode', column: 'postal_code', help: 'Postal code.' }, 20),
    textColumn({ field: 'language', column: 'language', help: 'Language, BCP 47.' }, 35),
    textColumn({ field: 'industry', column: 'industry', help: 'What the company does.' }),
    textColumn({ field: 'interest', column: 'interest', help: 'What they asked for.' }, 2000),
    textColumn({ field: 'sourceDetail', column: 'source_detail', help: 'Where they come from, in words.' }),
    decimalColumn({ field: 'estimatedAmount', column: 'estimated_amount', help: 'What it may be worth.' }),
    currencyColumn({ field: 'currency', column: 'currency', help: 'Of the amount, ISO 4217.' }),
    owner,
    team,
    momentColumn({ field: 'createdAt', column: 'created_at', fallback: 'now()', help: 'When it came.' }),
    { field: 'status', type: 'text', help: 'Where it stands; only told.', shown: 't.status' },
    { field: 'score', type: 'text', help: 'How promising it is; only told.', shown: 't.score' },
  ],
  derived: { source: { sql: "'IMPORT'", onUpdate: false } },
  told: tells('lead.changed'),
});

const STAGE = `select s.name as key, s.id from stages s
                 join pipelines p on p.organization_id = s.organization_id and p.id = s.pipeline_id
                where s.organization_id = $1 and s.name = any ($2) and s.is_active and p.is_default`;
const ofStage = (column: string): string =>
  `(select s.${column} from stages s where s.organization_id = $1 and s.id = r.stage_id)`;

csvKind({
  name: 'opportunities',
  table: 'opportunities',
  visibility: 'OPPORTUNITY',
  joins: `join customers c on c.organization_id = t.organization_id and c.id = t.customer_id
          join stages s on s.organization_id = t.organization_id and s.id = t.stage_id
          ${STAFF}`,
  key: ['external_id'],
  isVersioned: true,
  columns: [
    key,
    textColumn({ field: 'name', column: 'name', isRequired: true, help: 'What it is about.' }),
    textColumn({
      field: 'customer',
      column: 'customer_id',
      type: 'uuid',
      isRequired: true,
      reference: CUSTOMER_BY_KEY,
      shown: 'c.external_id',
      tellsOf: { alias: 'c', visibility: 'CUSTOMER' },
      help: 'The customer, by its `externalId`.',
    }),
    textColumn({
      field: 'stage',
      column: 'stage_id',
      type: 'uuid',
      isRequired: true,
      reference: STAGE,
      shown: 's.name',
      help: 'Name of a stage of the default pipeline.',
    }),
    decimalColumn({ field: 'amount', column: 'amount', help: 'What it is worth.' }),
    currencyColumn({
      field: 'currency',
      column: 'currency',
      fallback: '(select w.currency from organizations w where w.id = $1)',
      help: "Of the amount, ISO 4217; the organisation's own unless said.",
    }),
    dayColumn({ field: 'expectedCloseOn', column: 'expected_close_on', help: 'When it is expected to close.' }),
    momentColumn({
      field: 'closedAt',
      column: 'closed_at',
      fallback: `(select case when s.kind <> 'OPEN' then now() end from stages s where s.organization_id = $1 and s.id = r.stage_id)`,
      help: 'When it was won or lost.',
    }),
    textColumn({ field: 'nextStep', column: 'next_step', help: 'What is to be done next.' }, 500),
    textColumn({ field: 'source', column: 'source', help: 'Where it comes from.' }),
    owner,
    team,
    momentColumn({ field: 'createdAt', column: 'created_at', fallback: 'now()', help: 'When it was opened.' }),
  ],
  derived: {
    pipeline_id: { sql: ofStage('pipeline_id'), onUpdate: true },
    status: { sql: ofStage('kind'), onUpdate: true },
    // What was closed long ago was what it is from then on; its history begins when it was opened.
    updated_at: { sql: 'coalesce(r.created_at, now())', onUpdate: false },
    stage_entered_at: { sql: 'coalesce(r.created_at, now())', onUpdate: false },
  },
  alsoFills: ['opportunity_revisions'],
  told: tells('opportunity.changed'),
});
