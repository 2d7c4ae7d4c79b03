import { Parameters } from '../../platform/paging/index.js';
import { type CustomerFacts, hoursText, type IdentityFacts } from './engine/index.js';

/** Rows for one organisation, `$1` in every statement, in a transaction or out of one. */
export type Rows = <Row>(sql: string, parameters: unknown[]) => Promise<Row[]>;

interface IdentityRow {
  id: string;
  customer_id: string | null;
  handle: string;
  display_name: string | null;
  bio: string | null;
  url: string | null;
  avatar_url: string | null;
  verified_email: string | null;
  verified_phone: string | null;
}

/** Who erased an identity left this in place of its handle. */
const NOT_ERASED = `not (i.handle = 'erased' and i.handle_key is null)`;
const IDENTITY = `i.id, i.customer_id, i.handle, i.display_name, i.bio, i.url, i.avatar_url, i.verified_email, i.verified_phone`;

/** Of the named identities those that nobody has linked and that may be asked about, with what is known of them. */
export async function openIdentities(
  rows: Rows,
  organizationId: string,
  ids: readonly string[],
): Promise<Map<string, IdentityFacts>> {
  const found = await rows<IdentityRow>(
    `select ${IDENTITY} from social_identities i
      where i.organization_id = $1 and i.id = any ($2::uuid[]) and i.customer_id is null and ${NOT_ERASED}
        and not exists (select 1 from link_suggestions s where s.organization_id = $1 and s.identity_id = i.id and s.never_ask_again)`,
    [organizationId, ids],
  );
  return withHabits(rows, organizationId, found);
}

/**
 * The named customers that are still there, with what is known of them and of the identities linked to them; with `seen`, a
 * condition on identities aliased `i`, of those only.
 */
export async function customerFacts(
  rows: Rows,
  organizationId: string,
  ids: readonly string[],
  seen?: (parameters: Parameters) => string | undefined,
): Promise<Map<string, CustomerFacts>> {
  const parameters = [organizationId, ids];
  const ofIdentities = new Parameters();
  const linkedTo = `i.organization_id = ${ofIdentities.add(organizationId, 'uuid')} and i.customer_id = any (${ofIdentities.add(ids, 'uuid[]')})`;
  const condition = seen?.(ofIdentities);
  const [customers, points, linked] = await Promise.all([
    rows<{
      id: string;
      kind: string;
      display_name: string;
      given_name: string | null;
      family_name: string | null;
      legal_name: string | null;
      job_title: string | null;
      birth_date: string | null;
      language: string | null;
    }>(
      `select id, kind, display_name, given_name, family_name, legal_name, job_title, birth_date::text, language
         from customers where organization_id = $1 and id = any ($2::uuid[]) and deleted_at is null`,
      parameters,
    ),
    rows<{ customer_id: string; kind: string; value: string; city: string | null }>(
      `select customer_id, kind, value, address ->> 'city' as city from contact_points
        where organization_id = $1 and customer_id = any ($2::uuid[])`,
      parameters,
    ),
    rows<IdentityRow>(
      `select ${IDENTITY} from social_identities i where ${linkedTo}${condition ? ` and ${condition}` : ''}`,
      ofIdentities.values,
    ),
  ]);
  const identities = await withHabits(rows, organizationId, linked);
  const ofCustomer = Map.groupBy(linked, row => row.customer_id!);
  const pointsOf = Map.groupBy(points, point => point.customer_id);
  return new Map(
    customers.map(row => {
      const all = pointsOf.get(row.id) ?? [];
      const values = (kind: string) => all.filter(point => point.kind === kind).map(point => point.value);
      return [
        row.id,
        {
          isCompany: row.kind === 'COMPANY',
          displayName: row.display_name,
          givenName: row.given_name,
          familyName: row.family_name,
          legalName: row.legal_name,
          jobTitle: row.job_title,
          birthDate: row.birth_date,
          language: row.language,
          emails: values('EMAIL'),
          phones: values('PHONE'),
          sites: values('WEBSITE'),
          cities: all.flatMap(point => point.city ?? []),
          identities: (ofCustomer.get(row.id) ?? []).map(identity => identities.get(identity.id)!),
        },
      ];
    }),
  );
}

/** The latest posts are enough to show somebody's hours and language. */
const POSTS_READ = 100;

async function withHabits(
  rows: Rows,
  organizationId: string,
  identities: readonly IdentityRow[],
): Promise<Map<string, IdentityFacts>> {
  const habits = await rows<{ author_id: string; hour: number; language: string | null; posts: number }>(
    `select a.id as author_id, p.hour, p.language, count(*)::integer as posts
       from unnest($2::uuid[]) as a(id)
      cross join lateral (
        select extract(hour from occurred_at at time zone 'UTC')::integer as hour, language from posts
         where organization_id = $1 and author_id = a.id order by occurred_at desc limit ${POSTS_READ}) p
      group by 1, 2, 3`,
    [organizationId, identities.map(identity => identity.id)],
  );
  const byAuthor = Map.groupBy(habits, row => row.author_id);
  return new Map(
    identities.map(row => {
      const posts = Array.from({ length: 24 }, () => 0);
      const languages = new Map<string, number>();
      for (const { hour, language, posts: count } of byAuthor.get(row.id) ?? []) {
        posts[hour]! += count;
        if (language) languages.set(language, (languages.get(language) ?? 0) + count);
      }
      const [language] = [...languages].sort((one, other) => other[1] - one[1])[0] ?? [null];
      return [
        row.id,
        {
          handle: row.handle,
          displayName: row.display_name,
          bio: row.bio,
          url: row.url,
          avatarUrl: row.avatar_url,
          email: row.verified_email,
          phone: row.verified_phone,
          language,
          hours: hoursText(posts),
        },
      ];
    }),
  );
}
