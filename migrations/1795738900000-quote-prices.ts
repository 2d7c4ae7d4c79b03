import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = ['number_series', 'quotes', 'quote_lines'];
const AUDITED_TABLES = ['quotes', 'quote_lines'];

export class QuotePrices1795738900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Numbers without gaps, a series a kind of document and year.
      create table number_series (
        organization_id uuid not null,
        kind text not null,
        year integer not null,
        last integer not null,
        constraint number_series_pkey primary key (organization_id, kind, year),
        constraint number_series_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table quotes (
        organization_id uuid not null,
        id uuid not null,
        -- The same for all revisions of one quote.
        number text not null,
        revision integer not null default 1,
        -- The revision it stands in for.
        previous_id uuid,
        -- DRAFT, PENDING_APPROVAL, APPROVED, SENT, ACCEPTED, REJECTED, EXPIRED, SUPERSEDED.
        status text not null default 'DRAFT',
        customer_id uuid not null,
        opportunity_id uuid,
        price_book_id uuid,
        currency text not null,
        language text not null,
        title text,
        terms text,
        valid_until date not null,
        -- Taken off the whole, beside what lines give.
        discount_percent numeric(7,4) not null default 0,
        -- The most that any line is below its list price: what limits are judged by.
        effective_discount_percent numeric(7,4) not null default 0,
        subtotal numeric(19,4) not null,
        discount numeric(19,4) not null,
        net numeric(19,4) not null,
        tax numeric(19,4) not null,
        total numeric(19,4) not null,
        -- Per rate: [{"percent": "21", "base": "100.00", "amount": "21.00"}].
        taxes jsonb not null default '[]',
        owner_id uuid,
        team_id uuid,
        approval_requested_by text,
        approval_requested_at timestamptz,
        approval_reason text,
        decided_by text,
        decided_at timestamptz,
        decision_note text,
        -- Of the secret in the link by which the customer reads and accepts it.
        link_digest text,
        sent_at timestamptz,
        accepted_at timestamptz,
        accepted_by text,
        rejected_at timestamptz,
        rejection_reason text,
        version integer not null default 1,
        created_by text not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint quotes_pkey primary key (organization_id, id),
        constraint quotes_number_key unique (organization_id, number, revision),
        constraint quotes_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint quotes_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id),
        constraint quotes_opportunity_fkey foreign key (organization_id, opportunity_id) references opportunities (organization_id, id),
        constraint quotes_price_book_fkey foreign key (organization_id, price_book_id) references price_books (organization_id, id),
        constraint quotes_previous_fkey foreign key (organization_id, previous_id) references quotes (organization_id, id),
        constraint quotes_owner_fkey foreign key (organization_id, owner_id) references members (organization_id, id),
        constraint quotes_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id)
      );
      create unique index quotes_link_key on quotes (link_digest) where link_digest is not null;
      create unique index quotes_previous_key on quotes (organization_id, previous_id) where previous_id is not null;
      create index quotes_created_idx on quotes (organization_id, created_at, id);
      create index quotes_customer_idx on quotes (organization_id, customer_id, created_at, id);
      create index quotes_opportunity_idx on quotes (organization_id, opportunity_id, created_at, id);
      create index quotes_owner_idx on quotes (organization_id, owner_id);
      create index quotes_valid_idx on quotes (organization_id, valid_until) where status in ('DRAFT', 'APPROVED', 'SENT');

      create table quote_lines (
        organization_id uuid not null,
        id uuid not null,
        quote_id uuid not null,
        position integer not null,
        product_id uuid,
        description text not null,
        quantity numeric(15,4) not null,
        unit text,
        unit_price numeric(19,4) not null,
        -- As the price book had it, when it was quoted.
        list_price numeric(19,4),
        discount_percent numeric(7,4) not null default 0,
        tax_percent numeric(7,4) not null default 0,
        net numeric(19,4) not null,
        tax numeric(19,4) not null,
        total numeric(19,4) not null,
        constraint quote_lines_pkey primary key (organization_id, id),
        constraint quote_lines_quantity_check check (quantity > 0),
        constraint quote_lines_price_check check (unit_price >= 0),
        constraint quote_lines_discount_check check (discount_percent between 0 and 100),
        constraint quote_lines_quote_fkey foreign key (organization_id, quote_id) references quotes (organization_id, id) on delete cascade,
        constraint quote_lines_product_fkey foreign key (organization_id, product_id) references products (organization_id, id)
      );
      create index quote_lines_quote_idx on quote_lines (organization_id, quote_id, position, id);
    `);
    for (const table of TENANT_TABLES) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
      `);
    }
    for (const table of AUDITED_TABLES) {
      await runner.query(
        `create trigger audit after insert or update or delete on ${table} for each row execute function record_audit()`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table quote_lines, quotes, number_series');
  }
}
