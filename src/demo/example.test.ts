import { describe, expect, test } from '@jest/globals';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { UpsertEvent } from '../ingest/connector.js';
import {
  createExample,
  type ExamplePost,
  exampleCustomers,
  exampleIdentities,
  examplePosts,
  mentionStream,
} from './index.js';

const now = new Date('2026-03-15T17:30:00Z');
const example = createExample({ seed: 'test', now });
const { brands, customers, identities, posts } = example;
const events = posts.map(post => post.event);

describe('the example organisation', () => {
  test('is the same for the same seed and another for another seed', () => {
    expect(createExample({ seed: 'test', now })).toEqual(example);
    expect(createExample({ seed: 'other', now }).customers[0]).not.toEqual(customers[0]);
  });

  test('refuses counts that are none', () => {
    expect(() => createExample({ seed: 1, now, customers: -1 })).toThrow(RangeError);
    expect(() => createExample({ seed: 1, now, posts: 1.5 })).toThrow('posts must be a whole number');
    expect(() => createExample({ seed: 1, now: new Date('never') })).toThrow('now is not a date');
  });

  test('has people and companies in three languages', () => {
    expect(customers).toHaveLength(200);
    expect(new Set(customers.map(({ kind }) => kind))).toEqual(new Set(['PERSON', 'COMPANY']));
    const languages = Map.groupBy(customers, ({ language }) => language.slice(0, 2));
    for (const language of ['es', 'pt', 'en']) expect(languages.get(language)?.length).toBeGreaterThan(5);
    for (const { language } of customers) expect(Intl.getCanonicalLocales(language)).toEqual([language]);
  });

  test('gives every customer a phone that is valid in its country and its own', () => {
    const many = [...exampleCustomers(4000, { seed: 'phones', now })];
    for (const { phone, address } of many) {
      const parsed = parsePhoneNumberFromString(phone);
      expect([phone, parsed?.isValid(), parsed?.number]).toEqual([phone, true, phone]);
      expect([phone, parsed?.country]).toEqual([phone, address.country]);
    }
    expect(new Set(many.map(({ phone }) => phone)).size).toBe(many.length);
  });

  test('gives every customer an address of its own on a domain kept for examples', () => {
    for (const { email } of customers) expect(email).toMatch(/^[a-z0-9.-]+@example\.(com|org|net)$/);
    expect(new Set(customers.map(({ email }) => email)).size).toBe(customers.length);
  });

  test('relates a customer only to ones that come before', () => {
    const seen = new Set<string>();
    for (const { key, relations } of customers) {
      for (const { to } of relations) expect(seen).toContain(to);
      seen.add(key);
    }
    const related = new Set(customers.flatMap(({ relations }) => relations.map(({ kind }) => kind)));
    expect(related).toEqual(new Set(['FAMILY', 'EMPLOYEE_OF', 'SUPPLIER_OF']));
  });

  test('gives a customer one to three identities on different networks, and has strangers', () => {
    const owned = Map.groupBy(
      identities.filter(({ customer }) => customer !== undefined),
      ({ customer }) => customer!,
    );
    expect(owned.size).toBe(customers.length);
    for (const list of owned.values()) {
      expect(list.length).toBeLessThanOrEqual(3);
      expect(new Set(list.map(({ network }) => network)).size).toBe(list.length);
    }
    expect(identities.filter(({ customer }) => customer === undefined).length).toBeGreaterThan(100);
    expect(new Set(identities.map(({ network, handle }) => `${network} ${handle}`)).size).toBe(identities.length);
  });

  test('proves some identities by the e-mail or phone of their own customer', () => {
    const byKey = new Map(customers.map(customer => [customer.key, customer]));
    const proven = identities.filter(({ verifiedEmail, verifiedPhone }) => verifiedEmail ?? verifiedPhone);
    expect(proven.length).toBeGreaterThan(40);
    for (const { customer, verifiedEmail, verifiedPhone } of proven) {
      const { email, phone } = byKey.get(customer!)!;
      expect([email, phone]).toContain(verifiedEmail ?? verifiedPhone);
    }
  });

  test('has only posts whose authors, parents and brands exist', () => {
    const known = new Set([
      ...identities.map(({ network, id }) => `${network} ${id}`),
      ...brands.flatMap(({ accounts }) => accounts.map(({ network, id }) => `${network} ${id}`)),
    ]);
    const refs = new Set<string>();
    for (const { network, brand, event } of posts) {
      expect(brands.map(({ key }) => key)).toContain(brand);
      for (const { id } of [event.author, ...(event.mentions ?? [])]) expect(known).toContain(`${network} ${id}`);
      for (const other of [event.parent, event.root, event.reposted, event.quoted]) {
        if (other) expect(refs).toContain(`${network} ${other.id}`);
      }
      refs.add(`${network} ${event.ref.id}`);
    }
    expect(refs.size).toBe(2000);
  });

  test('has every kind of post, and threads with roots, edits and shares', () => {
    const kinds = new Set<string>(events.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['MENTION', 'COMMENT', 'POST', 'REPOST', 'REVIEW', 'DIRECT_MESSAGE']));
    const count = (has: (event: UpsertEvent) => unknown) => events.filter(event => has(event)).length;
    expect(count(({ parent, root }) => parent && root && parent.id !== root.id)).toBeGreaterThan(50);
    expect(count(({ quoted }) => quoted)).toBeGreaterThan(30);
    expect(count(({ editedAt }) => editedAt)).toBeGreaterThan(10);
    expect(count(({ own }) => own)).toBeGreaterThan(50);
  });

  test('writes within the last thirty days, oldest first, never later than now', () => {
    const written = events
      .filter(({ editedAt }) => editedAt === undefined)
      .map(({ occurredAt }) => occurredAt.getTime());
    expect(written).toEqual(written.toSorted((a, b) => a - b));
    expect(written[0]).toBeGreaterThanOrEqual(now.getTime() - 30 * 86_400_000);
    for (const { occurredAt, editedAt } of events) {
      expect(Math.max(occurredAt.getTime(), editedAt?.getTime() ?? 0)).toBeLessThanOrEqual(now.getTime());
    }
  });

  test('hardly repeats itself and leaves no slot open', () => {
    const texts = events.filter(({ reposted }) => reposted === undefined).map(({ text }) => text);
    expect(new Set(texts).size / texts.length).toBeGreaterThan(0.85);
    for (const text of texts) expect(text).not.toMatch(/[{}]|undefined|^\s*$/);
    for (const text of texts) expect(text).not.toMatch(/https?:\/\/(?!example\.com\/)/);
  });
});

describe('the story of the example', () => {
  const story = example.story!;
  const of = (each: { network: string; id?: string }) => `${each.network} ${each.id}`;

  test('is of a customer nobody else is, with one identity proven of three on different networks', () => {
    const { customer, identities: hers } = story;
    for (const each of ['key', 'displayName', 'email', 'phone'] as const)
      expect(customers.map(other => other[each])).not.toContain(customer[each]);
    const phone = parsePhoneNumberFromString(customer.phone);
    expect([phone?.isValid(), phone?.country]).toEqual([true, customer.address.country]);
    expect(hers.map(({ verifiedEmail }) => verifiedEmail)).toEqual([customer.email, undefined, undefined]);
    expect(new Set(hers.map(({ network }) => network)).size).toBe(3);
    const handles = new Set(identities.map(({ network, handle }) => `${network} ${handle}`));
    for (const { network, handle } of hers) expect(handles).not.toContain(`${network} ${handle}`);
  });

  test('has customers with proven identities and strangers answer, quote and pass on what she says', () => {
    const [she] = story.identities;
    const moved = story.posts.filter(({ network, event: { parent, quoted, reposted } }) =>
      [parent, quoted, reposted].some(post => post?.author && of({ network, id: post.author.id }) === of(she!)),
    );
    const byKey = new Map(identities.map(identity => [of(identity), identity]));
    const people = new Set(
      moved.flatMap(({ network, event }) => byKey.get(of({ network, id: event.author.id })) ?? []),
    );
    const proven = [...people].filter(({ verifiedEmail, verifiedPhone }) => verifiedEmail ?? verifiedPhone);
    expect(new Set(proven.map(({ customer }) => customer)).size).toBe(10);
    expect([...people].filter(({ customer }) => customer === undefined).length).toBeGreaterThan(5);
    for (const has of ['parent', 'quoted', 'reposted'] as const)
      expect(moved.filter(({ event }) => event[has]).length).toBeGreaterThan(3);
  });

  test('writes what she does at the same hours everywhere, within the last thirty days, under ids of its own', () => {
    for (const identity of story.identities) {
      const hers = story.posts.filter(({ network, event }) => of({ network, id: event.author.id }) === of(identity));
      expect(hers.length).toBeGreaterThanOrEqual(24);
      for (const { event } of hers) expect(Math.abs(event.occurredAt.getUTCHours() - 20)).toBeLessThanOrEqual(2);
    }
    const refs = [...posts.filter(({ event }) => event.editedAt === undefined), ...story.posts].map(
      ({ network, event }) => `${network} ${event.ref.id}`,
    );
    expect(new Set(refs).size).toBe(refs.length);
    for (const { event } of story.posts) {
      expect(event.text).not.toMatch(/[{}]|undefined|^\s*$/);
      expect(event.occurredAt <= now).toBe(true);
      expect(now.getTime() - event.occurredAt.getTime()).toBeLessThan(30 * 86_400_000);
    }
    const ids = new Set(story.posts.map(({ event }) => event.ref.id));
    for (const { event } of story.posts)
      for (const post of [event.parent, event.root, event.quoted, event.reposted])
        if (post) expect(ids).toContain(post.id);
  });

  test('is told at any hour of the day, and not where there is nobody to tell it', () => {
    for (const at of ['2026-03-15T00:00:00Z', '2026-03-15T19:29:00Z', '2026-03-15T23:59:59Z']) {
      const { story: told } = createExample({ seed: 'test', now: new Date(at) });
      for (const { event } of told!.posts) expect(event.occurredAt <= new Date(at)).toBe(true);
    }
    expect(createExample({ seed: 1, now, customers: 0, posts: 0 }).story).toBeUndefined();
  });
});

describe('the stream of new mentions', () => {
  const take = (count: number, stream: Iterator<ExamplePost>) =>
    Array.from({ length: count }, () => stream.next().value);

  test('goes on at the clock with new posts by known people, answering posts that exist', () => {
    let ticks = 0;
    const clock = () => {
      ticks += 1;
      return new Date(now.getTime() + ticks * 1500);
    };
    const live = take(3000, mentionStream({ seed: 'live', example, clock })) as ExamplePost[];
    const refs = new Set(posts.map(({ network, event }) => `${network} ${event.ref.id}`));
    const authors = new Set([...identities, ...brands.flatMap(({ accounts }) => accounts)].map(({ id }) => id));
    for (const { network, event } of live) {
      const ref = `${network} ${event.ref.id}`;
      expect(event.occurredAt > now).toBe(true);
      expect(authors).toContain(event.author.id);
      expect([ref, refs.has(ref)]).toEqual([ref, event.editedAt !== undefined]);
      for (const other of [event.parent, event.root, event.quoted, event.reposted]) {
        if (other) expect(refs).toContain(`${network} ${other.id}`);
      }
      refs.add(ref);
    }
  });

  test('is the same for the same seed and clock', () => {
    const clock = () => now;
    const [one, two] = [1, 2].map(() => take(50, mentionStream({ seed: 5, example, clock })));
    expect(one).toEqual(two);
  });

  test('works beside an example that has nobody and nothing', () => {
    const empty = createExample({ seed: 1, now, customers: 0, posts: 0 });
    expect(take(20, mentionStream({ seed: 1, example: empty }))).toHaveLength(20);
  });
});

test('a large example starts with what a small one of its seed has', () => {
  const [first] = exampleCustomers(50_000, { seed: 'test', now });
  expect(first).toEqual(customers[0]);
  const [identity] = exampleIdentities(100_000, 200, { seed: 'test', now });
  expect(identity).toEqual(identities[0]);
  const scale = { seed: 'test', now, customers: 50_000, identities: 100_000, posts: 500_000 };
  expect(examplePosts(scale).next().value?.event.ref.id).toBeDefined();
});
