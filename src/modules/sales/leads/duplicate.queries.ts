import type { LoaderDefinition } from '../../../platform/loaders.js';
import { Parameters, type Run } from '../../../platform/paging/index.js';
import { type RequestContext, type Viewer, visibleCondition } from '../../access/index.js';
import { LeadDuplicateCode } from './duplicate.types.js';

/** What somebody is recognised by; stored ids and normal spellings. `key` is the caller's own. */
export interface Probe {
  key: string;
  leadId: string | null;
  email: string | null;
  phone: string | null;
  identityId: string | null;
}

export interface FoundDuplicate {
  customerId?: string;
  leadId?: string;
  isCertain: boolean;
  reasons: { code: LeadDuplicateCode }[];
}

interface Row {
  key: string;
  customerId: string | null;
  leadId: string | null;
  code: LeadDuplicateCode;
  isCertain: boolean;
}

/** An address that a whole company shares would name hundreds. */
const MOST_EACH = 20;

/**
 * Customers and other leads that the viewer may see and that have the same address, number or identity, by the probe's key: those
 * that certainly are the same first, customers before leads. What the viewer does not see of them is not compared.
 */
export async function findDuplicates(
  run: Run,
  viewer: Viewer,
  probes: readonly Probe[],
): Promise<Map<string, FoundDuplicate[]>> {
  const parameters = new Parameters();
  const column = (of: keyof Probe, type: string) =>
    parameters.add(
      probes.map(probe => probe[of]),
      `${type}[]`,
    );
  const p = `unnest(${column('key', 'text')}, ${column('leadId', 'uuid')}, ${column('email', 'text')}, ${column('phone', 'text')},
                    ${column('identityId', 'uuid')}) as p(key, lead_id, email, phone, identity_id)`;
  const customer = ['c.deleted_at is null', visibleCondition(viewer, 'CUSTOMER', 'c', parameters)].filter(Boolean);
  const lead = ['l.id is distinct from p.lead_id', visibleCondition(viewer, 'LEAD', 'l', parameters)].filter(Boolean);
  const branches: string[] = [];
  const branch = (code: LeadDuplicateCode, columns: string, from: string, conditions: string[]) =>
    branches.push(`select p.key, f.*, '${code}' as code from ${p} cross join lateral (
      select ${columns} from ${from} where ${conditions.join(' and ')} order by 1, 2 limit ${MOST_EACH}) f`);
  const CONTACTS = [
    [LeadDuplicateCode.SAME_EMAIL, 'EMAIL', 'email', '(cp.is_primary or cp.verified_at is not null)'],
    [LeadDuplicateCode.SAME_PHONE, 'PHONE', 'phone', 'false'],
  ] as const;
  for (const [code, kind, field, certain] of CONTACTS) {
    if (!viewer.isHidden('CUSTOMER', 'contactPoints'))
      branch(
        code,
        `c.id as "customerId", null::uuid as "leadId", ${certain} as "isCertain"`,
        'contact_points cp join customers c on c.organization_id = cp.organization_id and c.id = cp.customer_id',
        [`cp.kind = '${kind}' and cp.value = p.${field}`, ...(customer as string[])],
      );
    if (!viewer.isHidden('LEAD', field))
      branch(code, LEAD_COLUMNS, 'leads l', [`l.${field} = p.${field}`, ...(lead as string[])]);
  }
  branch(
    LeadDuplicateCode.SAME_IDENTITY,
    'c.id as "customerId", null::uuid as "leadId", true as "isCertain"',
    'social_identities i join customers c on c.organization_id = i.organization_id and c.id = i.customer_id',
    ['i.id = p.identity_id', ...(customer as string[])],
  );
  branch(LeadDuplicateCode.SAME_IDENTITY, LEAD_COLUMNS, 'leads l', [
    'l.identity_id = p.identity_id',
    ...(lead as string[]),
  ]);
  const rows = await run<Row>(branches.join(' union all '), parameters.values);
  return new Map([...Map.groupBy(rows, row => row.key)].map(([key, found]) => [key, gather(found)]));
}

const LEAD_COLUMNS = 'null::uuid as "customerId", l.id as "leadId", false as "isCertain"';

/** One entry a customer or lead, with all its reasons. */
function gather(rows: Row[]): FoundDuplicate[] {
  const found = [...Map.groupBy(rows, row => row.customerId ?? row.leadId!).values()].map((same): FoundDuplicate => {
    const { customerId, leadId } = same[0]!;
    return {
      ...(customerId ? { customerId } : { leadId: leadId! }),
      isCertain: same.some(row => row.isCertain),
      reasons: [...new Set(same.map(row => row.code))].map(code => ({ code })),
    };
  });
  const rank = (one: FoundDuplicate) => (one.isCertain ? 0 : one.customerId ? 1 : 2);
  return found.sort((a, b) => rank(a) - rank(b) || b.reasons.length - a.reasons.length);
}

export const duplicatesOfLead: LoaderDefinition<RequestContext, string, FoundDuplicate[]> = {
  name: 'lead.duplicates',
  async batch(context, ids) {
    const probes = await context.read<Probe>(
      `select id as key, id as "leadId", email, phone, identity_id as "identityId" from leads where id = any ($1::uuid[])`,
      [ids],
      'lead.probes',
    );
    // That an address which is hidden is that of somebody who is seen would tell it.
    const seen = probes.map(probe => ({
      ...probe,
      email: context.isHidden('LEAD', 'email') ? null : probe.email,
      phone: context.isHidden('LEAD', 'phone') ? null : probe.phone,
    }));
    const found = await findDuplicates(context.run, context.viewer, seen);
    return ids.map(id => found.get(id) ?? []);
  },
};
