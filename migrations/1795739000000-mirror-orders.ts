import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = [
  'orders',
  'order_lines',
  'deliveries',
  'delivery_lines',
  'invoices',
  'payments',
  'contracts',
  'contract_renewals',
];

export class MirrorOrders1795739000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table orders (
        organization_id uuid not null,
        id uuid not null,
        number text not null,
        -- PLACED, CONFIRMED, PARTIALLY_DELIVERED, DELIVERED, RETURNED, CANCELLED.
        status text not null default 'PLACED',
        customer_id uuid not null,
        quote_id uuid,
        opportunity_id uuid,
        currency text not null,
        subtotal numeric(19,4) not null,
        discount numeric(19,4) not null default 0,
        net numeric(19,4) not null,
        tax numeric(19,4) not null,
        total numeric(19,4) not null,
        -- Where it was placed: QUOTE, ERP, STORE, WEB, PHONE, IMPORT.
        channel text not null,
        -- Its id where it was placed, such as the number of a receipt.
        external_id text,
        -- Its id and number in the ERP.
        erp_id text,
        erp_number text,
        placed_at timestamptz not null,
        cancelled_at timestamptz,
        cancellation_reason text,
        -- When the ERP last changed it: what comes later and is older says nothing.
        erp_updated_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint orders_pkey primary key (organization_id, id),
        constraint orders_number_key unique (organization_id, number),
        -- A quote is accepted once.
        constraint orders_quote_key unique (organization_id, quote_id),
        constraint orders_external_id_key unique (organization_id, external_id),
        constraint orders_erp_id_key unique (organization_id, erp_id),
        constraint orders_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint orders_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id),
        constraint orders_quote_fkey foreign key (organization_id, quote_id) references quotes (organization_id, id),
        constraint orders_opportunity_fkey foreign key (organization_id, opportunity_id) references opportunities (organization_id, id)
      );
      create index orders_placed_idx on orders (organization_id, placed_at, id);
      create index orders_customer_idx on orders (organization_id, customer_id, placed_at, id);
      create index orders_opportunity_idx on orders (organization_id, opportunity_id, placed_at, id);

      create table order_lines (
        organization_id uuid not null,
        id uuid not null,
        order_id uuid not null,
        position integer not null,
        product_id uuid,
        description text not null,
        quantity numeric(15,4) not null,
        delivered_quantity numeric(15,4) not null default 0,
        returned_quantity numeric(15,4) not null default 0,
        unit text,
        unit_price numeric(19,4) not null,
        discount_percent numeric(7,4) not null default 0,
        tax_percent numeric(7,4) not null default 0,
        net numeric(19,4) not null,
        tax numeric(19,4) not null,
        total numeric(19,4) not null,
        external_id text,
        constraint order_lines_pkey primary key (organization_id, id),
        constraint order_lines_external_id_key unique (organization_id, order_id, external_id),
        constraint order_lines_quantity_check check (quantity > 0),
        constraint order_lines_delivered_check check (delivered_quantity between 0 and quantity),
        constraint order_lines_returned_check check (returned_quantity between 0 and delivered_quantity),
        constraint order_lines_order_fkey foreign key (organization_id, order_id) references orders (organization_id, id) on delete cascade,
        constraint order_lines_product_fkey foreign key (organization_id, product_id) references products (organization_id, id)
      );
      create index order_lines_order_idx on order_lines (organization_id, order_id, position, id);
      create index order_lines_product_idx on order_lines (organization_id, product_id);

      -- What left for the customer, or came back.
      create table deliveries (
        organization_id uuid not null,
        id uuid not null,
        order_id uuid not null,
        -- DELIVERY or RETURN.
        kind text not null,
        number text,
        reason text,
        happened_at timestamptz not null,
        external_id text,
        created_at timestamptz not null default now(),
        constraint deliveries_pkey primary key (organization_id, id),
        constraint deliveries_external_id_key unique (organization_id, external_id),
        constraint deliveries_order_fkey foreign key (organization_id, order_id) references orders (organization_id, id) on delete cascade
      );
      create index deliveries_order_idx on deliveries (organization_id, order_id, happened_at, id);

      create table delivery_lines (
        organization_id uuid not null,
        delivery_id uuid not null,
        order_line_id uuid not null,
        quantity numeric(15,4) not null,
        constraint delivery_lines_pkey primary key (organization_id, delivery_id, order_line_id),
        constraint delivery_lines_quantity_check check (quantity > 0),
        constraint delivery_lines_delivery_fkey foreign key (organization_id, delivery_id) references deliveries (organization_id, id) on delete cascade,
        constraint delivery_lines_line_fkey foreign key (organization_id, order_line_id) references order_lines (organization_id, id) on delete cascade
      );

      create table invoices (
        organization_id uuid not null,
        id uuid not null,
        number text not null,
        -- DRAFT, POSTED, PAID, CANCELLED.
        status text not null,
        -- INVOICE or CREDIT_NOTE.
        kind text not null default 'INVOICE',
        customer_id uuid not null,
        order_id uuid,
        currency text not null,
        net numeric(19,4) not null,
        tax numeric(19,4) not null,
        total numeric(19,4) not null,
        -- What is still to be paid.
        amount_due numeric(19,4) not null,
        issued_on date,
        due_on date,
        paid_at timestamptz,
        external_id text,
        erp_updated_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint invoices_pkey primary key (organization_id, id),
        constraint invoices_external_id_key unique (organization_id, external_id),
        constraint invoices_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint invoices_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id),
        constraint invoices_order_fkey foreign key (organization_id, order_id) references orders (organization_id, id)
      );
      create index invoices_created_idx on invoices (organization_id, created_at, id);
      create index invoices_customer_idx on invoices (organization_id, customer_id, created_at, id);
      create index invoices_order_idx on invoices (organization_id, order_id);

      create table payments (
        organization_id uuid not null,
        id uuid not null,
        customer_id uuid not null,
        invoice_id uuid,
        amount numeric(19,4) not null,
        currency text not null,
        method text,
        paid_on date not null,
        external_id text,
        erp_updated_at timestamptz,
        created_at timestamptz not null default now(),
        constraint payments_pkey primary key (organization_id, id),
        constraint payments_external_id_key unique (organization_id, external_id),
        constraint payments_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint payments_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id),
        constraint payments_invoice_fkey foreign key (organization_id, invoice_id) references invoices (organization_id, id)
      );
      create index payments_paid_idx on payments (organization_id, paid_on, id);
      create index payments_customer_idx on payments (organization_id, customer_id);
      create index payments_invoice_idx on payments (organization_id, invoice_id);

      -- What is renewed: subscriptions and maintenance.
      create table contracts (
        organization_id uuid not null,
        id uuid not null,
        number text not null,
        name text not null,
        -- ACTIVE, CANCELLED, ENDED.
        status text not null default 'ACTIVE',
        customer_id uuid not null,
        order_id uuid,
        -- The line it was made from, once.
        order_line_id uuid,
        product_id uuid,
        quantity numeric(15,4) not null default 1,
        -- Per billing period.
        amount numeric(19,4) not null,
        currency text not null,
        -- MONTH, QUARTER or YEAR.
        billing_period text not null,
        starts_on date not null,
        -- How long it runs until it is renewed, and how often it was: the next day of renewal is counted from the start, so that
        -- what begins on the 31st stays at the end of the month.
        term_months integer not null,
        renewals integer not null default 0,
        -- The first day of the next term; nothing once it ends.
        renews_on date,
        -- The first day it no longer holds.
        ends_on date,
        renews_itself boolean not null default true,
        notice_days integer not null default 0,
        cancelled_at timestamptz,
        cancellation_reason text,
        owner_id uuid,
        external_id text,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint contracts_pkey primary key (organization_id, id),
        constraint contracts_number_key unique (organization_id, number),
        constraint contracts_external_id_key unique (organization_id, external_id),
        constraint contracts_order_line_key unique (organization_id, order_line_id),
        constraint contracts_term_check check (term_months > 0),
        constraint contracts_amount_check check (amount >= 0),
        constraint contracts_period_check check (ends_on >= starts_on),
        constraint contracts_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint contracts_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id),
        constraint contracts_order_fkey foreign key (organization_id, order_id) references orders (organization_id, id),
        constraint contracts_product_fkey foreign key (organization_id, product_id) references products (organization_id, id),
        constraint contracts_owner_fkey foreign key (organization_id, owner_id) references members (organization_id, id)
      );
      create index contracts_renews_idx on contracts (organization_id, renews_on, id);
      create index contracts_customer_idx on contracts (organization_id, customer_id, created_at, id);
      create index contracts_created_idx on contracts (organization_id, created_at, id);

      -- Every term that followed the first, once.
      create table contract_renewals (
        organization_id uuid not null,
        id uuid not null,
        contract_id uuid not null,
        -- The first day of the term, and the first after it.
        starts_on date not null,
        until date not null,
        amount numeric(19,4) not null,
        renewed_by text not null,
        created_at timestamptz not null default now(),
        constraint contract_renewals_pkey primary key (organization_id, id),
        constraint contract_renewals_term_key unique (organization_id, contract_id, starts_on),
        constraint contract_renewals_contract_fkey foreign key (organization_id, contract_id) references contracts (organization_id, id) on delete cascade
      );
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
    await runner.query(
      'drop table contract_renewals, contracts, payments, invoices, delivery_lines, deliveries, order_lines, orders',
    );
  }
}
