import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { GraphQLSchema } from 'graphql';
import { isAllowed, rootRules } from '../../src/modules/access/permissions.rules.js';
import { Role } from '../../src/modules/access/roles.js';
import { Network } from '../../src/modules/social/index.js';
import { newId, publicId } from '../../src/platform/ids.js';
import { openLogger } from '../../src/platform/logger.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { argumentsFor, leafOf, specimenAt } from '../support/arguments.js';
import { documentOf, idSlots, rootFields, withValue } from '../support/documents.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import {
  type Answer,
  ask,
  codeIn,
  enter,
  known,
  type Letter,
  letterBox,
  openPortal,
  REQUEST,
  SIGN_IN,
  someAddress,
} from '../support/portal.js';
import { plant, type Specimens } from '../support/specimens.js';
import { statementsOf } from '../support/statements.js';
import { eventually } from '../support/subscriber.js';

jest.setTimeout(120_000);

let app: TestApp;
let mail: EchoNetwork;
let letters: Letter[];
let organization: TestOrganization;
let owner: Client;
let logged = '';

beforeAll(async () => {
  mail = await openEchoNetwork({ kind: 'echo-mail', network: Network.EMAIL, max: 5000 });
  const texts = await openEchoNetwork({ kind: 'echo-sms', network: Network.SMS });
  await texts.close();
  const box = letterBox(mail.connector, 'echo-mail');
  letters = box.letters;
  const stream = new Writable({
    write(chunk, _encoding, done) {
      logged += chunk;
      done();
    },
  });
  app = await openTestApp(
    {
      ALLOW_PRIVATE_ADDRESSES: 'true',
      MAX_DEPTH: '50',
      MAX_ALIASES: '1000',
      MAX_COST: '10000000',
      COST_PER_MINUTE: '1000000000',
    },
    { adapters: [box.connector, texts.connector], log: openLogger('trace', stream) },
  );
  ({ organization, owner } = await openPortal(app, { email: 'echo-mail', sms: 'echo-sms' }));
});
afterAll(async () => {
  await app?.close();
  await mail?.close();
});

const sql = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await app.app.database.system.query(text, values)).rows;
let people = 0;
const somebody = async (name = 'Lía Harina') => {
  const contact = `person${++people}@harina.example`;
  return { contact, id: await known(owner, name, { kind: 'EMAIL', value: contact }) };
};
const request = (contact: string, from = someAddress(), more: object = {}) =>
  ask(app, REQUEST, { input: { organization: organization.slug, contact, ...more } }, { from });
const signIn = async (input: object, from = someAddress()) =>
  (await ask(app, SIGN_IN, { input }, { from })).body.data.signInToPortal;
const letterTo = (contact: string, before = 0) =>
  eventually(() => letters.filter(({ to }) => to === contact)[before]?.text);
const asked = async (contact: string, from?: string) =>
  (await request(contact, from)).body.data.requestPortalCode.requestId as string;
const settled = () =>
  eventually(async () => {
    const [{ count }] = await sql(
      `select count(*)::integer from graphile_worker.jobs where task_identifier = 'portal.send-code' and attempts < max_attempts`,
    );
    return count === 0;
  });
const isIn = async (token: string) => (await ask(app, '{ viewer { role } }', {}, { token })).status === 200;
/** Other processes, and what is not told of at once, follow within five seconds. */
const isOut = (token: string) => eventually(async () => !(await isIn(token)), 9);

const alike = ({ status, headers, body }: Answer): string =>
  JSON.stringify([status, { ...headers, date: '', 'x-request-id': '' }, body])
    .replace(/portal_request_[0-9a-z]{26}/g, 'id')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'moment')
    .replace(/"remaining":\d+/g, '"remaining":0');

describe('whoever asks', () => {
  test('is answered, and costs, the same whether or not anybody is known by the contact', async () => {
    // What jobs do meanwhile is not counted.
    const still = await openTestApp({ WORKER: 'off' }, { adapters: [mail.connector] });
    const there = await openPortal(still, { email: 'echo-mail', sms: 'echo-sms' });
    await known(there.owner, 'Proven', { kind: 'EMAIL', value: 'proven@harina.example' });
    await known(there.owner, 'Unproven', { kind: 'EMAIL', value: 'unproven@harina.example' }, false);
    const answers: string[] = [];
    const statements: string[][] = [];
    for (const contact of ['proven@harina.example', 'nobody@harina.example', 'unproven@harina.example']) {
      let answer: Answer;
      const input = { organization: there.organization.slug, contact, link: true };
      statements.push(
        await statementsOf(async () => {
          answer = await ask(still, REQUEST, { input });
        }),
      );
      answers.push(alike(answer!));
    }
    await still.close();
    expect(JSON.parse(answers[0]!)[0]).toBe(200);
    expect(new Set(answers).size).toBe(1);
    expect(statements[0]!.length).toBeGreaterThan(3);
    expect(statements[1]).toEqual(statements[0]);
    expect(statements[2]).toEqual(statements[0]);
  });

  test('is sent nothing unless the contact is proven to be of one customer that is there', async () => {
    await known(owner, 'Claimed', { kind: 'EMAIL', value: 'claimed@harina.example' }, false);
    const gone = await somebody('Gone');
    await owner.data('mutation ($input: CustomerIdInput!) { deleteCustomer(input: $input) { userErrors { code } } }', {
      input: { id: publicId('customer', gone.id) },
    });
    const shared = await somebody('First of two');
    await known(owner, 'Second of two', { kind: 'EMAIL', value: shared.contact });
    for (const contact of ['claimed@harina.example', gone.contact, shared.contact]) await request(contact);
    await settled();
    const reached = letters.map(({ to }) => to);
    expect(reached).not.toContain('claimed@harina.example');
    expect(reached).not.toContain(gone.contact);
    expect(reached).not.toContain(shared.contact);
  });

  test('a wrong code, a used one, and one nobody was sent are refused in the same words', async () => {
    const { contact } = await somebody();
    const requestId = await asked(contact);
    const code = codeIn(await letterTo(contact));
    const wrong = await signIn({ requestId, code: code === '0000 0000' ? '1' : '0000 0000' });
    expect((await signIn({ requestId, code })).token).toMatch(/^vnp_/);
    const nobodys = await asked('nobody-else@harina.example');
    const refused = [
      wrong,
      await signIn({ requestId, code }),
      await signIn({ requestId: nobodys, code }),
      await signIn({ requestId: publicId('portal_request', newId()), code }),
      await signIn({ token: 'x'.repeat(43) }),
      await signIn({}),
    ];
    expect(refused[0].userErrors).toHaveLength(1);
    for (const answer of refused) expect(answer).toEqual(refused[0]);
  });
});

describe('a code', () => {
  test('lets one of two in that come at the same time', async () => {
    const { contact } = await somebody();
    const requestId = await asked(contact);
    const code = codeIn(await letterTo(contact));
    const both = await Promise.all([1, 2, 3].map(() => signIn({ requestId, code })));
    expect(both.filter(({ token }) => token)).toHaveLength(1);
  });

  test('works no more after five wrong tries, and a stranger’s tries at their own request take none of them', async () => {
    const { contact } = await somebody();
    const requestId = await asked(contact);
    const code = codeIn(await letterTo(contact));
    // A stranger asks for the same contact and tries that to death.
    const theirs = await asked(contact);
    for (let at = 0; at < 6; at++) await signIn({ requestId: theirs, code: '00000001' });
    expect((await signIn({ requestId, code })).token).toBeTruthy();
    const second = await asked(contact);
    const next = codeIn(await letterTo(contact, 2));
    for (let at = 0; at < 5; at++) await signIn({ requestId: second, code: '00000001' });
    expect((await signIn({ requestId: second, code: next })).token).toBeNull();
  });

  test('is guessed five times and no more by however many guess at once from wherever', async () => {
    const { contact } = await somebody();
    const requestId = await asked(contact);
    const code = codeIn(await letterTo(contact));
    const wrong = Array.from({ length: 20 }, (_, at) => String(at).padStart(8, '0')).filter(
      guess => guess !== code.replace(' ', ''),
    );
    const answers = await Promise.all(wrong.map(guess => signIn({ requestId, code: guess })));
    expect(answers.filter(({ token }) => token)).toEqual([]);
    expect((await signIn({ requestId, code })).token).toBeNull();
  });

  test('is taken back by the next that is asked for from the same address, and by time', async () => {
    const { contact } = await somebody();
    const from = someAddress();
    const first = await asked(contact, from);
    const code = codeIn(await letterTo(contact));
    const second = await asked(contact, from);
    const next = codeIn(await letterTo(contact, 1));
    expect((await signIn({ requestId: first, code })).token).toBeNull();
    await sql(
      `update portal_requests set expires_at = now() - interval '1 second' where organization_id = $1 and contact = $2`,
      [organization.id, contact],
    );
    expect((await signIn({ requestId: second, code: next })).token).toBeNull();
  });

  test('is in no table, no job, no log and no answer to staff once it was sent', async () => {
    const { contact } = await somebody();
    const answer = await request(contact, someAddress(), { link: true });
    const text = await letterTo(contact);
    const [code, link] = [codeIn(text), /enter\/([\w-]{43})/.exec(text)![1]!];
    await settled();
    const tables = await sql(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'graphile_worker', 'auth')`,
    );
    for (const { name } of tables) {
      const found = await sql(`select 1 from ${name} t where t::text ~ $1 or strpos(t::text, $2) > 0 limit 1`, [
        `\\m${code.replace(' ', ' ?')}\\M`,
        link,
      ]);
      expect({ name, found }).toEqual({ name, found: [] });
    }
    expect(logged).toContain('"request"');
    for (const secret of [code, code.replace(' ', ''), link]) expect(logged).not.toContain(secret);
    // The link works, once.
    const signedIn = await signIn({ token: link });
    expect(signedIn.token).toBeTruthy();
    expect((await signIn({ token: link })).token).toBeNull();
    expect(logged).not.toContain(signedIn.token);
    expect(answer.body.data.requestPortalCode.accepted).toBe(true);
  });

  test('is covered where a mailbox of sent mail tells us of it again', async () => {
    const { contact } = await somebody();
    await request(contact);
    const text = await letterTo(contact);
    const ref = await eventually(
      async () =>
        (
          await sql(
            'select message_ref from portal_requests where organization_id = $1 and contact = $2 and message_ref is not null',
            [organization.id, contact],
          )
        )[0]?.message_ref,
    );
    const { accept, mention } = await import('../support/posts.js');
    await accept(app, organization, [mention(ref, { own: true, text, occurredAt: new Date() })], {
      network: Network.EMAIL,
    });
    const [post] = await sql('select text from posts where organization_id = $1 and external_id = $2', [
      organization.id,
      ref,
    ]);
    expect(post.text).toBe('•••');
  });

  test('is made anew when the network takes it only at the second try', async () => {
    const { contact } = await somebody();
    mail.trouble = 'broken';
    const before = mail.asked;
    const requestId = await asked(contact);
    await eventually(() => mail.asked > before);
    mail.trouble = undefined;
    await sql(`update graphile_worker.jobs set run_at = now() where task_identifier = 'portal.send-code'`).catch(() =>
      sql(`update graphile_worker._private_jobs set run_at = now()`),
    );
    const code = codeIn(await letterTo(contact));
    expect((await signIn({ requestId, code })).token).toBeTruthy();
  });
});

describe('limits', () => {
  test('of one contact from one address, and of one address, answer with when to come back', async () => {
    const from = someAddress();
    for (let at = 0; at < 4; at++) expect((await request('limited@harina.example', from)).status).toBe(200);
    const limited = await request('limited@harina.example', from);
    expect(limited.status).toBe(429);
    expect(limited.body.errors[0].extensions).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfter: expect.any(Number),
      resetAt: expect.any(String),
    });
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    // From elsewhere, whose contact it is goes on as before.
    expect((await request('limited@harina.example')).status).toBe(200);
    let last = 200;
    for (let at = 0; last === 200 && at < 40; at++) last = (await request(`limited${at}@harina.example`, from)).status;
    expect(last).toBe(429);
  });

  test('of messages to one contact keep nobody out who has it, however many networks ask', async () => {
    const { contact, id } = await somebody();
    const home = someAddress();
    const first = await asked(contact, home);
    const code = codeIn(await letterTo(contact));
    const theirs: string[] = [];
    for (let network = 0; network < 6; network++) {
      const from = someAddress();
      for (let at = 0; at < 4; at++) {
        theirs.push(await asked(contact, from));
        // One after the other: what was asked for before, and was not sent yet, is over once another was.
        await settled();
      }
    }
    const again = await asked(contact, home);
    await settled();
    const sent = letters.filter(({ to }) => to === contact).map(({ text }) => text);
    expect(sent).toHaveLength(15);
    const links = sent.map(text => /enter\/([\w-]{43})/.exec(text)?.[1]);
    expect(links.slice(0, 5)).toEqual(Array(5).fill(undefined));
    expect(links.slice(5)).not.toContain(undefined);
    expect(sent[14]).toMatch(/So many codes were asked for .* within \d+ minutes/);
    // Whoever asked knows what they asked for, and shows wrong codes for it.
    for (const requestId of theirs) for (let at = 0; at < 5; at++) await signIn({ requestId, code: '00000001' });
    expect((await signIn({ requestId: again, code })).token).toBeNull();
    expect((await signIn({ requestId: first, code })).token).toBeTruthy();
    const [kept] = await sql(
      `select extract(epoch from max(expires_at) - now())::integer as seconds,
              extract(epoch from date_trunc('hour', now()) + interval '1 hour' - now())::integer as hour
         from portal_requests where organization_id = $1 and contact = $2`,
      [organization.id, contact],
    );
    expect(kept.seconds).toBeGreaterThan(Math.max(kept.hour, 600) - 30);
    const signedIn = await signIn({ token: links[14] });
    expect(signedIn.customerId).toBe(publicId('customer', id));
    expect((await signIn({ token: links[14] })).token).toBeNull();
  });

  test('hold for all the addresses that one subscriber has', async () => {
    for (let at = 1; at < 5; at++)
      expect((await request('subnet@harina.example', `2001:db8:5:6::${at}`)).status).toBe(200);
    expect((await request('subnet@harina.example', '2001:db8:5:6:7:8:9:a')).status).toBe(429);
    expect((await request('subnet@harina.example', '2001:db8:5:7::1')).status).toBe(200);
    for (let at = 1; at < 5; at++)
      expect((await request('mapped@harina.example', at % 2 ? '192.0.2.55' : '::ffff:192.0.2.55')).status).toBe(200);
    expect((await request('mapped@harina.example', '::ffff:192.0.2.55')).status).toBe(429);
  });

  test('of showing codes hold for an address, whatever it shows', async () => {
    const from = someAddress();
    const requestId = await asked('nobody-at-all@harina.example');
    let status = 200;
    let tries = 0;
    for (; status === 200 && tries < 60; tries++)
      status = (await ask(app, SIGN_IN, { input: { requestId, code: '1' } }, { from })).status;
    expect(status).toBe(429);
    expect(tries).toBeLessThan(60);
  });
});

describe('a session', () => {
  test('is renewed by another token, and ends where it is ended', async () => {
    const { contact, id } = await somebody();
    const token = await enter(app, organization.slug, contact, letters);
    const { body } = await ask(
      app,
      'mutation { renewPortalSession(input: { idempotencyKey: "once" }) { token expiresAt userErrors { code } } }',
      {},
      { token },
    );
    const next = body.data.renewPortalSession.token;
    expect(await isIn(token)).toBe(false);
    expect(await isIn(next)).toBe(true);
    const other = await enter(app, organization.slug, contact, letters);
    await ask(app, 'mutation { endPortalSession(input: {}) { ended } }', {}, { token: next });
    expect([await isIn(next), await isIn(other)]).toEqual([false, true]);
    const again = await enter(app, organization.slug, contact, letters);
    await ask(app, 'mutation { endAllMySessions(input: {}) { ended } }', {}, { token: again });
    expect([await isIn(other), await isIn(again)]).toEqual([false, false]);
    const last = await enter(app, organization.slug, contact, letters);
    const customerId = publicId('customer', id);
    const seen = await owner.data(
      'query ($id: ID!) { customerPortalSessions(customerId: $id) { id kind expiresAt } }',
      {
        id: customerId,
      },
    );
    expect(seen.customerPortalSessions).toMatchObject([{ kind: 'EMAIL' }]);
    await owner.data('mutation ($input: EndPortalSessionsInput!) { endPortalSessions(input: $input) { ended } }', {
      input: { customerId },
    });
    expect(await isIn(last)).toBe(false);
  });

  test('of one who was found to be another goes on as that other, and back again', async () => {
    const [survivor, merged] = [await somebody('Survivor'), await somebody('Merged')];
    const token = await enter(app, organization.slug, merged.contact, letters);
    const who = async () => (await ask(app, '{ viewer { actor customer { displayName } } }', {}, { token })).body.data;
    expect(await who()).toMatchObject({ viewer: { customer: { displayName: 'Merged' } } });
    const ids = { survivorId: publicId('customer', survivor.id), mergedIds: [publicId('customer', merged.id)] };
    const { mergeCustomers } = await owner.data(
      'mutation ($input: MergeCustomersInput!) { mergeCustomers(input: $input) { mergeId userErrors { message } } }',
      { input: ids },
    );
    expect(await who()).toEqual({ viewer: { actor: ids.survivorId, customer: { displayName: 'Survivor' } } });
    await owner.data('mutation ($input: UndoMergeInput!) { undoMerge(input: $input) { userErrors { message } } }', {
      input: { mergeId: mergeCustomers.mergeId },
    });
    expect(await who()).toMatchObject({ viewer: { customer: { displayName: 'Merged' } } });
  });

  test('that was opened by the contact of one who is another after all is no session of the first', async () => {
    const [survivor, merged] = [await somebody('Survivor'), await somebody('Merged')];
    const own = await enter(app, organization.slug, survivor.contact, letters);
    const { mergeCustomers } = await owner.data(
      'mutation ($input: MergeCustomersInput!) { mergeCustomers(input: $input) { mergeId userErrors { message } } }',
      { input: { survivorId: publicId('customer', survivor.id), mergedIds: [publicId('customer', merged.id)] } },
    );
    const token = await enter(app, organization.slug, merged.contact, letters);
    const who = async () => (await ask(app, '{ viewer { actor } }', {}, { token })).body.data?.viewer.actor;
    expect(await who()).toBe(publicId('customer', survivor.id));
    await owner.data('mutation ($input: UndoMergeInput!) { undoMerge(input: $input) { userErrors { message } } }', {
      input: { mergeId: mergeCustomers.mergeId },
    });
    await eventually(async () => (await who()) !== publicId('customer', survivor.id), 9);
    expect(await isIn(own)).toBe(true);
  });

  test('ends with the customer, for good, and with the proof it was opened by', async () => {
    const [deleted, erased, unproven] = [await somebody(), await somebody(), await somebody()];
    const tokens: string[] = [];
    for (const { contact } of [deleted, erased, unproven])
      tokens.push(await enter(app, organization.slug, contact, letters));
    const on = (mutation: string, id: string) =>
      owner.data(`mutation ($input: CustomerIdInput!) { ${mutation}(input: $input) { userErrors { message } } }`, {
        input: { id: publicId('customer', id) },
      });
    await on('deleteCustomer', deleted.id);
    await on('restoreCustomer', deleted.id);
    await on('eraseCustomer', erased.id);
    const [point] = await sql('select id from contact_points where customer_id = $1', [unproven.id]);
    await owner.data(
      'mutation ($input: VerifyContactPointInput!) { verifyContactPoint(input: $input) { userErrors { code } } }',
      { input: { id: publicId('contact', point.id), verified: false } },
    );
    for (const token of tokens) expect(await isOut(token)).toBe(true);
    expect(await sql('select 1 from portal_sessions where customer_id = $1', [erased.id])).toEqual([]);
    const traces = await sql(`select 1 from audit_entries where after::text like $1 or before::text like $1`, [
      `%${erased.contact}%`,
    ]);
    expect(traces).toEqual([]);
  });

  test('ends when customers are let in no more', async () => {
    const there = await openPortal(app, { email: 'echo-mail', sms: 'echo-sms' });
    await known(there.owner, 'Elsewhere', { kind: 'EMAIL', value: 'else@where.example' });
    const token = await enter(app, there.organization.slug, 'else@where.example', letters);
    expect(await isIn(token)).toBe(true);
    await there.owner.data(
      'mutation { setPortalSettings(input: { isOn: false }) { settings { isOn } userErrors { code } } }',
    );
    expect(await isIn(token)).toBe(false);
    const closed = await ask(app, REQUEST, {
      input: { organization: there.organization.slug, contact: 'else@where.example' },
    });
    expect(closed.body.data.requestPortalCode.userErrors).toMatchObject([{ field: 'organization', code: 'NOT_FOUND' }]);
  });
});

describe('one customer', () => {
  /** Fields that answer, and inputs that name, what is the whole organisation's and for every customer to see. */
  const EVERYBODYS = new Set([
    'categoryId',
    'ticketCategories',
    'ticketCategory',
    'article',
    'articleBySlug',
    'articleCategories',
    'articleCategoryId',
    'articleId',
    'articles',
    'searchArticles',
    'viewArticle',
  ]);
  let schema: GraphQLSchema;
  let theirs: Specimens;
  let token: string;

  beforeAll(async () => {
    schema = app.app.server.executor.schema;
    theirs = await plant(app, organization, 'othermarker');
    // What was planted stands in the place of what was set.
    await sql(`update portal_settings set is_on = true where organization_id = $1`, [organization.id]);
    const { contact } = await somebody('Walker');
    token = await enter(app, organization.slug, contact, letters);
  });

  const comparable = (answer: Answer): string =>
    JSON.stringify({ ...answer.body, extensions: undefined })
      .replace(/\b([a-z_]+)_[0-7][0-9a-z]{25}\b/g, '$1_*')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'moment');

  test("sees and does nothing by another's ids that it would not by ids of nothing", async () => {
    const before = await snapshot();
    const mine = rootFields(schema).filter(({ root, field }) => {
      const rule = rootRules().get(field.name)!;
      return root !== 'Subscription' && rule !== 'PUBLIC' && isAllowed(Role.CUSTOMER, rule);
    });
    expect(mine.length).toBeGreaterThan(20);
    const wrong: object[] = [];
    for (const root of mine) {
      if (/^(end|renew)/.test(root.field.name)) continue;
      const document = documentOf(schema, root, /^nodes?$/.test(root.field.name) ? 0 : 1);
      const variables = argumentsFor(root, theirs);
      for (const slot of idSlots(root.field.args)) {
        const their = theirs.ids[kindAt(root, slot.path)];
        if (!their || EVERYBODYS.has(slot.path.at(-1)!) || EVERYBODYS.has(root.field.name)) continue;
        const unknown = publicId(their.slice(0, -27), newId());
        const [first, second] = [
          await ask(app, document, set(root, variables, slot.path, their), { token }),
          await ask(app, document, set(root, variables, slot.path, unknown), { token }),
        ];
        // What is refused for its form says nothing of what it would have shown.
        expect(JSON.stringify(first.body)).not.toMatch(/TOO_MANY_ALIASES|TOO_DEEP|TOO_EXPENSIVE|Syntax Error/);
        const leaks = JSON.stringify(first.body).includes('othermarker') && !EVERYBODYS.has(root.field.name);
        if (comparable(first) !== comparable(second) || leaks)
          wrong.push({ field: root.field.name, at: slot.path.join('.'), first: first.body, second: second.body });
      }
      const plain = await ask(app, document, variables, { token });
      if (JSON.stringify(plain.body).includes('othermarker') && !EVERYBODYS.has(root.field.name))
        wrong.push({ field: root.field.name, leaks: plain.body });
    }
    expect(wrong).toEqual([]);
    expect(await snapshot()).toEqual(before);
  });

  /** What nobody has described yet is asked about by the test of permissions. */
  function kindAt(root: Parameters<typeof specimenAt>[0], path: string[]): string {
    try {
      return specimenAt(root, path);
    } catch {
      return '';
    }
  }

  const set = (
    root: Parameters<typeof leafOf>[0],
    variables: Record<string, unknown>,
    path: string[],
    value: string,
  ): object => withValue(variables, root.field.args, path, value, leafOf(root, theirs));

  /** Everything that is the other's. */
  async function snapshot(): Promise<Record<string, unknown>> {
    const rows: Record<string, unknown> = {};
    for (const table of [
      'customers',
      'contact_points',
      'preferences',
      'consents',
      'quotes',
      'orders',
      'portal_sessions',
    ]) {
      const column = table === 'customers' ? 'id' : 'customer_id';
      rows[table] = await sql(`select * from ${table} where ${column} = $1 order by id`, [theirs.customerId]);
    }
    // Jobs move tickets, too, whenever a minute is over: here counts what a customer did.
    rows['tickets'] = await sql(
      `select * from audit_entries where table_name = 'tickets' and actor like 'customer:%'
          and coalesce(after ->> 'customer_id', before ->> 'customer_id') = $1`,
      [theirs.customerId],
    );
    return rows;
  }
});
