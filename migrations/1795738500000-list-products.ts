import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = [
  'units',
  'tax_rates',
  'products',
  'bundle_items',
  'price_books',
  'price_book_entries',
  'discount_limits',
  'exchange_rates',
];

export class ListProducts1795738500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create extension if not exists btree_gist;

      create table units (
        organization_id uuid not null,
        id uuid not null,
        code text not null,
        name text not null,
        -- How many digits a quantity in it has after the point.
        decimals integer not null default 0,
        created_at timestamptz not null default now(),
        constraint units_pkey primary key (organization_id, id),
        constraint units_code_key unique (organization_id, code),
        constraint units_decimals_check check (decimals between 0 and 6),
        constraint units_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table tax_rates (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        percent numeric(7,4) not null,
        country text,
        is_active boolean not null default true,
        external_id text,
        created_at timestamptz not null default now(),
        constraint tax_rates_pkey primary key (organization_id, id),
        constraint tax_rates_name_key unique (organization_id, name),
        constraint tax_rates_percent_check check (percent between 0 and 100),
        constraint tax_rates_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table products (
        organization_id uuid not null,
        id uuid not null,
        sku text not null,
        name text not null,
        -- The name in other languages: {"es": "…", "pt": "…"}.
        names jsonb not null default '{}',
        description text,
        kind text not null,
        unit_id uuid,
        tax_rate_id uuid,
        -- How often a subscription is paid.
        billing_period text,
        -- As the ERP last said; nothing where nobody counts.
        stock numeric(15,4),
        stock_at timestamptz,
        is_active boolean not null default true,
        external_id text,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint products_pkey primary key (organization_id, id),
        constraint products_sku_key unique (organization_id, sku),
        constraint products_external_id_key unique (organization_id, external_id),
        constraint products_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint products_unit_fkey foreign key (organization_id, unit_id) references units (organization_id, id),
        constraint products_tax_rate_fkey foreign key (organization_id, tax_rate_id) references tax_rates (organization_id, id)
      );
      create index products_name_idx on products (organization_id, name, id);
      create index products_created_idx on products (organization_id, created_at, id);

      create table bundle_items (
        organization_id uuid not null,
        bundle_id uuid not null,
        product_id uuid not null,
        quantity numeric(15,4) not null,
        constraint bundle_items_pkey primary key (organization_id, bundle_id, product_id),
        constraint bundle_items_quantity_check check (quantity > 0),
        constraint bundle_items_self_check check (bundle_id <> product_id),
        constraint bundle_items_bundle_fkey foreign key (organization_id, bundle_id) references products (organization_id, id) on delete cascade,
        constraint bundle_items_product_fkey foreign key (organization_id, product_id) references products (organization_id, id)
      );

      create table price_books (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        -- A tag of customers; nothing: everybody's.
        segment text,
        currency text not null,
        valid_from date not null,
        -- The first day it no longer holds.
        valid_until date,
        external_id text,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint price_books_pkey primary key (organization_id, id),
        constraint price_books_name_key unique (organization_id, name),
        constraint price_books_external_id_key unique (organization_id, external_id),
        constraint price_books_period_check check (valid_until > valid_from),
        -- One price book a segment, currency and day.
        constraint price_books_overlap_excl exclude using gist (
          organization_id with =, coalesce(segment, '') with =, currency with =, daterange(valid_from, valid_until) with &&),
        constraint price_books_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table price_book_entries (
        organization_id uuid not null,
        id uuid not null,
        price_book_id uuid not null,
        product_id uuid not null,
        -- The price holds from this quantity on.
        min_quantity numeric(15,4) not null default 1,
        unit_price numeric(19,4) not null,
        updated_at timestamptz not null default now(),
        constraint price_book_entries_pkey primary key (organization_id, id),
        constraint price_book_entries_once_key unique (organization_id, price_book_id, product_id, min_quantity),
        constraint price_book_entries_price_check check (unit_price >= 0),
        constraint price_book_entries_quantity_check check (min_quantity > 0),
        constraint price_book_entries_book_fkey foreign key (organization_id, price_book_id) references price_books (organization_id, id) on delete cascade,
        constraint price_book_entries_product_fkey foreign key (organization_id, product_id) references products (organization_id, id) on delete cascade
      );

      create table discount_limits (
        organization_id uuid not null,
        role text not null,
        -- What the role gives without asking.
        max_percent numeric(7,4) not null,
        updated_at timestamptz not null default now(),
        constraint discount_limits_pkey primary key (organization_id, role),
        constraint discount_limits_percent_check check (max_percent between 0 and 100),
        constraint discount_limits_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table exchange_rates (
        organization_id uuid not null,
        currency text not null,
        valid_from date not null,
        -- How much of the organisation's own currency one of this is.
        rate numeric(20,10) not null,
        constraint exchange_rates_pkey primary key (organization_id, currency, valid_from),
        constraint exchange_rates_rate_check check (rate > 0),
        constraint exchange_rates_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      alter table organizations add column currency text not null default 'EUR';
    `);
    for (const table of TENANT_TABLES) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
        create trigger audit after insert or update or delete on ${table} for each row execute function record_audit();
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table organizations drop column currency;
      drop table exchange_rates, discount_limits, price_book_entries, price_books, bundle_items, products, tax_rates, units;
      drop extension btree_gist;
    `);
  }
}
