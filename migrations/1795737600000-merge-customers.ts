import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = ['customer_merges', 'customer_merge_changes'];

export class MergeCustomers1795737600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table customers add column merged_into_id uuid;
      alter table customers add constraint customers_merged_into_fkey
        foreign key (organization_id, merged_into_id) references customers (organization_id, id);
      create index customers_merged_into_idx on customers (organization_id, merged_into_id) where merged_into_id is not null;
      -- Found by whom they let in or act for, when that customer is merged.
      create index members_customer_idx on members (organization_id, customer_id) where customer_id is not null;
      create index api_keys_customer_idx on api_keys (organization_id, customer_id) where customer_id is not null;
      create index identity_claims_customer_idx on identity_claims (organization_id, customer_id);

      -- Not audited: every row that a merge changes is, and this is the record of it.
      create table customer_merges (
        organization_id uuid not null,
        id uuid not null,
        survivor_id uuid not null,
        merged_ids uuid[] not null,
        report jsonb not null,
        merged_by text not null,
        merged_at timestamptz not null,
        merged_request text not null,
        undone_by text,
        undone_at timestamptz,
        undone_request text,
        erased_at timestamptz,
        constraint customer_merges_pkey primary key (organization_id, id),
        constraint customer_merges_survivor_fkey foreign key (organization_id, survivor_id) references customers (organization_id, id)
      );
      create index customer_merges_survivor_idx on customer_merges (organization_id, survivor_id, merged_at, id);
      create index customer_merges_merged_idx on customer_merges using gin (organization_id, merged_ids);

      -- What a merge changed, row by row: what an undoing puts back. Gone once it is undone.
      create table customer_merge_changes (
        organization_id uuid not null,
        merge_id uuid not null,
        table_name text not null,
        row_id uuid not null,
        before jsonb not null,
        after jsonb,
        holds_folded boolean not null default false,
        constraint customer_merge_changes_pkey primary key (organization_id, merge_id, table_name, row_id),
        constraint customer_merge_changes_merge_fkey foreign key (organization_id, merge_id) references customer_merges (organization_id, id) on delete cascade
      );
      create index customer_merge_changes_row_idx on customer_merge_changes (organization_id, row_id);
    `);
    await runner.query(`
      -- While a customer was taken for another, that one's row and the rows it shared had values of the first. Where they were
      -- separated again and the first is erased, the audit log forgets those as well.
      create function erase_merge_audit(merges uuid[]) returns integer
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      declare
        erased integer;
        organization uuid := current_setting('app.organization_id')::uuid;
      begin
        update audit_entries a set before = null, after = null
          from customer_merges m
         where m.organization_id = organization and m.id = any (merges) and m.undone_at is not null
           and a.organization_id = organization
           -- An entry has the moment at which its transaction began, which may have waited up to 30 s for the other one.
           and a.at between m.merged_at - interval '30 seconds' and m.undone_at
           and (a.request_id in (m.merged_request, m.undone_request) or (a.table_name = 'customers' and a.subject_id = m.survivor_id));
        get diagnostics erased = row_count;
        return erased;
      end $$;
    `);
    for (const table of TENANT_TABLES) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function erase_merge_audit(uuid[]);
      drop table customer_merge_changes;
      drop table customer_merges;
      drop index members_customer_idx;
      drop index api_keys_customer_idx;
      drop index identity_claims_customer_idx;
      alter table customers drop column merged_into_id;
    `);
  }
}
