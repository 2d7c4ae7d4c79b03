import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Network } from '../../src/modules/social/index.js';
import { publicId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { missingDovecot } from '../support/dovecot.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { type MailLoop, openMailLoop } from '../support/mail-loop.js';
import { ask, codeIn, enter, known, type Letter, letterBox, openPortal, REQUEST, SIGN_IN } from '../support/portal.js';
import { listen } from '../support/posts.js';
import { eventually, subscribe } from '../support/subscriber.js';

let app: TestApp;
let mail: EchoNetwork;
let texts: EchoNetwork;
let letters: Letter[];
let messages: Letter[];
let organization: TestOrganization;
let owner: Client;

beforeAll(async () => {
  mail = await openEchoNetwork({ kind: 'echo-mail', network: Network.EMAIL, max: 5000 });
  texts = await openEchoNetwork({ kind: 'echo-sms', network: Network.SMS, max: 400 });
  const boxes = [letterBox(mail.connector, 'echo-mail'), letterBox(texts.connector, 'echo-sms')];
  [letters, messages] = [boxes[0]!.letters, boxes[1]!.letters];
  app = await openTestApp({ ALLOW_PRIVATE_ADDRESSES: 'true' }, { adapters: boxes.map(({ connector }) => connector) });
  ({ organization, owner } = await openPortal(app, { email: 'echo-mail', sms: 'echo-sms' }));
});
afterAll(async () => {
  await app?.close();
  await mail?.close();
  await texts?.close();
});

const me = '{ viewer { actor role customer { id displayName } } me { id } }';

describe('signing in', () => {
  test('a customer signs in by a code sent to a proven address, and is one of the role CUSTOMER', async () => {
    const ana = await known(owner, 'Ana Trigo', { kind: 'EMAIL', value: 'ana@trigo.example' });
    const { body } = await ask(app, REQUEST, {
      input: { organization: organization.slug, contact: ' ANA@trigo.example' },
    });
    expect(body.data.requestPortalCode).toMatchObject({ accepted: true, userErrors: [] });
    await eventually(() => letters.length > 0);
    expect(letters[0]).toMatchObject({ to: 'ana@trigo.example' });
    const { requestId } = body.data.requestPortalCode;
    const signedIn = await ask(app, SIGN_IN, { input: { requestId, code: codeIn(letters[0]!.text) } });
    const id = publicId('customer', ana);
    expect(signedIn.body.data.signInToPortal).toMatchObject({
      customerId: id,
      displayName: 'Ana Trigo',
      userErrors: [],
    });
    const { token } = signedIn.body.data.signInToPortal;
    expect((await ask(app, me, {}, { token })).body.data).toEqual({
      viewer: { actor: id, role: 'CUSTOMER', customer: { id, displayName: 'Ana Trigo' } },
      me: null,
    });
  });

  test('a number signs in by a text message, in the language that was asked for', async () => {
    await known(owner, 'Rui Centeio', { kind: 'PHONE', value: '+34612345678' });
    const token = await enter(app, organization.slug, '+34 612 345 678', messages);
    expect(messages.at(-1)).toMatchObject({ to: '+34612345678' });
    expect((await ask(app, me, {}, { token })).body.data.viewer.customer.displayName).toBe('Rui Centeio');
    await ask(app, REQUEST, {
      input: { organization: organization.slug, contact: '+34612345678', language: 'pt' },
    });
    await eventually(() => messages.some(({ text }) => text.includes('seu código')));
  });

  test('a message is in the language of the customer where none was asked for', async () => {
    await known(owner, 'Inés Cebada', { kind: 'PHONE', value: '+34612345679' });
    await app.app.database.system.query("update customers set language = 'es-MX' where display_name = 'Inés Cebada'");
    await ask(app, REQUEST, { input: { organization: organization.slug, contact: '+34612345679' } });
    await eventually(() => messages.some(({ to, text }) => to === '+34612345679' && text.includes('código')));
  });
});

describe('what is kept about a customer', () => {
  let token: string;
  let id: string;
  const own = async (document: string, variables: object = {}) => (await ask(app, document, variables, { token })).body;
  const act = async (name: string, type: string, input: object, answer: string) =>
    (
      await own(
        `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} userErrors { field code message } } }`,
        { input },
      )
    ).data[name];
  const seen = async (fields: string) => (await own(`{ viewer { customer { ${fields} } } }`)).data.viewer.customer;

  beforeAll(async () => {
    id = publicId('customer', await known(owner, 'Bea Molina', { kind: 'EMAIL', value: 'bea@molina.example' }));
    token = await enter(app, organization.slug, 'bea@molina.example', letters);
  });

  test('is corrected by itself, and the log says by whom', async () => {
    const profile = { displayName: 'Bea Molina Sanz', language: 'pt-br' };
    expect(
      (await act('updateMyProfile', 'UpdateMyProfileInput', profile, 'customer { id displayName language }')).customer,
    ).toEqual({
      id,
      displayName: 'Bea Molina Sanz',
      language: 'pt-BR',
    });
    await act('setMyPreference', 'SetMyPreferenceInput', { key: 'bread', value: 'well baked' }, 'customer { id }');
    expect(await seen('preferences { key value }')).toEqual({ preferences: [{ key: 'bread', value: 'well baked' }] });
    await act('setMyPreference', 'SetMyPreferenceInput', { key: 'bread' }, 'customer { id }');
    expect(await seen('preferences { key }')).toEqual({ preferences: [] });
    const { auditEntries } = await owner
      .data(
        'query ($actor: ID!) { auditEntries(first: 50, filter: { actor: { eq: $actor } }) { edges { node { actor actorName tableName } } } }',
        { actor: id },
      )
      .catch(() => owner.data('{ auditEntries(first: 50) { edges { node { actor actorName tableName } } } }'));
    expect(auditEntries.edges.map((edge: any) => edge.node)).toContainEqual({
      actor: id,
      actorName: 'Bea Molina Sanz',
      tableName: 'customers',
    });
  });

  test('has another address once a code proves it, and never the last one taken away', async () => {
    const asked = await act(
      'addMyContactPoint',
      'AddMyContactPointInput',
      { kind: 'PHONE', value: '+34 699 000 111' },
      'accepted requestId',
    );
    expect(asked).toMatchObject({ accepted: true, userErrors: [] });
    await eventually(() => messages.some(({ to }) => to === '+34699000111'));
    // Until it is proven it is kept nowhere.
    expect((await seen('contactPoints { value }')).contactPoints).toHaveLength(1);
    const code = codeIn(messages.findLast(({ to }) => to === '+34699000111')!.text);
    const { requestId } = asked;
    // It proves a contact to be theirs, and signs nobody in.
    expect((await ask(app, SIGN_IN, { input: { requestId, code } })).body.data.signInToPortal.token).toBeNull();
    const again = await act(
      'addMyContactPoint',
      'AddMyContactPointInput',
      { kind: 'PHONE', value: '+34 699 000 111' },
      'requestId',
    );
    const sent = messages.filter(({ to }) => to === '+34699000111').length;
    await eventually(() => messages.filter(({ to }) => to === '+34699000111').length > sent - 1);
    const next = await eventually(() => {
      const last = messages.findLast(({ to }) => to === '+34699000111')!.text;
      return codeIn(last) === code ? null : codeIn(last);
    });
    const wrong = await act(
      'verifyMyContactPoint',
      'VerifyMyContactPointInput',
      { requestId: again.requestId, code: '1' },
      'customer { id }',
    );
    expect(wrong.userErrors).toMatchObject([{ field: 'code', code: 'INVALID' }]);
    const kept = await act(
      'verifyMyContactPoint',
      'VerifyMyContactPointInput',
      { requestId: again.requestId, code: next },
      'customer { contactPoints { id kind value verified } }',
    );
    expect(kept.userErrors).toEqual([]);
    const points = kept.customer.contactPoints as { id: string; kind: string; verified: boolean }[];
    expect(points.map(({ kind, verified }) => [kind, verified]).sort()).toEqual([
      ['EMAIL', true],
      ['PHONE', true],
    ]);
    const phone = points.find(({ kind }) => kind === 'PHONE')!.id;
    const mailbox = points.find(({ kind }) => kind === 'EMAIL')!.id;
    const remove = (point: string) =>
      act('removeMyContactPoint', 'RemoveMyContactPointInput', { id: point }, 'customer { id }');
    expect((await remove(phone)).userErrors).toEqual([]);
    expect((await remove(mailbox)).userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
    expect((await seen('contactPoints { value }')).contactPoints).toEqual([{ value: 'bea@molina.example' }]);
  });

  test('says what is consented to, with who said it and when', async () => {
    const consent = { purpose: 'MARKETING', channel: 'EMAIL', state: 'GRANTED' };
    expect((await act('setMyConsent', 'SetMyConsentInput', consent, 'customer { id }')).userErrors).toEqual([]);
    expect((await seen('consents { purpose state source evidence }')).consents).toEqual([
      {
        purpose: 'MARKETING',
        state: 'GRANTED',
        source: 'portal',
        evidence: expect.stringMatching(/^portal_session_\w+, signed in by EMAIL at \d{4}-/),
      },
    ]);
    await act('setMyConsent', 'SetMyConsentInput', { ...consent, state: 'WITHDRAWN' }, 'customer { id }');
    expect((await seen('consentHistory(first: 5) { edges { node { state } } }')).consentHistory.edges).toHaveLength(2);
  });

  test('is taken away as one document, without what is among us', async () => {
    await owner.data('mutation ($input: AddNoteInput!) { addNote(input: $input) { userErrors { code } } }', {
      input: { customerId: id, text: 'Careful with this one' },
    });
    const { myExport } = (await own('{ myExport }')).data;
    expect(myExport.customer).toMatchObject({ id, displayName: 'Bea Molina Sanz' });
    expect(myExport.contactPoints).toHaveLength(1);
    expect(JSON.stringify(myExport)).not.toContain('Careful');
    expect(myExport).not.toHaveProperty('changes');
  });

  test('is not erased by asking for it: a person is asked, once', async () => {
    const ask2 = () =>
      act('requestMyErasure', 'RequestMyErasureInput', { reason: 'I moved' }, 'ticket { id type status channel }');
    const [first, second] = [await ask2(), await ask2()];
    expect(first.ticket).toMatchObject({ type: 'REQUEST', channel: 'PORTAL' });
    expect(second.ticket.id).toBe(first.ticket.id);
    expect((await seen('displayName')).displayName).toBe('Bea Molina Sanz');
    const { ticket } = await owner.data(
      'query ($id: ID!) { ticket(id: $id) { customer { id } tags messages(first: 5) { edges { node { text } } } } }',
      { id: first.ticket.id },
    );
    expect(ticket).toMatchObject({ customer: { id }, tags: ['erasure'] });
    expect(ticket.messages.edges[0].node.text).toContain('I moved');
  });

  test('opens its own tickets, speaks in them, and sees no one else’s', async () => {
    const { ticket } = await act(
      'openTicket',
      'OpenTicketInput',
      { subject: 'Burnt loaf', description: 'It was black.' },
      'ticket { id customer { id } channel createdBy }',
    );
    expect(ticket).toMatchObject({ customer: { id }, channel: 'PORTAL', createdBy: null });
    const said = await act(
      'replyToTicket',
      'ReplyToTicketInput',
      { ticketId: ticket.id, text: 'Still black.' },
      'message { text kind }',
    );
    expect(said.message).toEqual({ text: 'Still black.', kind: 'CUSTOMER' });
    await known(owner, 'Somebody Else', { kind: 'EMAIL', value: 'else@molina.example' });
    const other = await enter(app, organization.slug, 'else@molina.example', letters);
    const theirs = await ask(app, '{ tickets(first: 10) { edges { node { id } } } }', {}, { token: other });
    expect(theirs.body.data.tickets.edges).toEqual([]);
    const { ticket: forStaff } = await owner.data('query ($id: ID!) { ticket(id: $id) { createdBy } }', {
      id: ticket.id,
    });
    expect(forStaff.createdBy).toBe(id);
  });
});

describe('the page', () => {
  let url: string;
  beforeAll(async () => {
    url = `http://${new URL(await listen(app)).host}`;
  });

  const page = async (path: string, { form, cookie = '', headers = {} }: Visit = {}) => {
    const response = await fetch(`${url}/portal/${organization.slug}${path}`, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { ...(cookie && { cookie }), 'accept-language': 'en', ...headers },
      ...(form && { body: new URLSearchParams(form) }),
    });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
  interface Visit {
    form?: Record<string, string>;
    cookie?: string;
    headers?: Record<string, string>;
  }
  const entered = async (contact: string) => {
    const before = letters.length;
    await page('/code', { form: { contact } });
    await eventually(() => letters.slice(before).some(({ to }) => to === contact));
    const [, path] = /\/portal\/[^/]+(\/enter\/[\w-]{43})/.exec(letters.findLast(({ to }) => to === contact)!.text)!;
    return path!;
  };

  test('is one of many clients: a socket tells a customer of its own tickets alone', async () => {
    await known(owner, 'Listener', { kind: 'EMAIL', value: 'listener@page.example' });
    await known(owner, 'Talker', { kind: 'EMAIL', value: 'talker@page.example' });
    const token = await enter(app, organization.slug, 'listener@page.example', letters);
    const other = await enter(app, organization.slug, 'talker@page.example', letters);
    const document = 'subscription { ticketChanged { change ticket { subject } } }';
    const subscriber = subscribe<any>(`${url}/graphql`, `Bearer ${token}`, document);
    await eventually(() => app.app.hub.subscribers > 0);
    const open = `mutation ($input: OpenTicketInput!) { openTicket(input: $input) { userErrors { code } } }`;
    await ask(app, open, { input: { subject: 'Not for you' } }, { token: other });
    await ask(app, open, { input: { subject: 'Mine' } }, { token });
    const [told] = await subscriber.until(received => received.length > 0);
    expect(told.ticketChanged).toEqual({ change: 'OPENED', ticket: { subject: 'Mine' } });
    await ask(app, 'mutation { endAllMySessions(input: {}) { ended } }', {}, { token });
    await eventually(() => subscriber.closes.length > 0, 9);
    expect(subscriber.closes[0]!.code).toBe(4403);
    await subscriber.close();
  });

  test('asks for a contact, and says the same whoever is known by it', async () => {
    await known(owner, 'Known Here', { kind: 'EMAIL', value: 'known@page.example' });
    const first = await page('');
    expect(first.status).toBe(200);
    expect(first.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(first.headers.get('referrer-policy')).toBe('no-referrer');
    const shapes = await Promise.all(
      ['known@page.example', 'nobody@page.example'].map(async contact => {
        const { status, body } = await page('/code', { form: { contact } });
        return [status, body.replaceAll(contact, '').replace(/portal_request_\w{26}/, '')];
      }),
    );
    expect(shapes[0]).toEqual(shapes[1]);
    expect((await page('/code', { form: { contact: '<b>' } })).status).toBe(422);
    expect((await fetch(`${url}/portal/there-is-none`)).status).toBe(404);
  });

  test('a link is opened by a button, so that what only looks at it does not use it up', async () => {
    await known(owner, 'Link <i>Reader</i>', { kind: 'EMAIL', value: 'link@page.example' });
    const path = await entered('link@page.example');
    for (let look = 0; look < 3; look++) expect((await page(path)).body).toContain('<button>Sign in</button>');
    const foreign = await page(path, { form: {}, headers: { origin: 'https://elsewhere.example' } });
    expect(foreign.status).toBe(403);
    const { status, headers } = await page(path, { form: {} });
    expect([status, headers.get('location')]).toEqual([303, `/portal/${organization.slug}`]);
    const set = headers.get('set-cookie')!;
    expect(set).toMatch(/^vinculo-portal=vnp_[\w-]{43}; Path=\/portal\/[\w-]+; Max-Age=\d+; HttpOnly; SameSite=Strict/);
    expect((await page(path, { form: {} })).status).toBe(422);
    const cookie = set.split(';')[0]!;
    expect((await page('', { cookie })).body).toContain('Link &lt;i&gt;Reader&lt;/i&gt;');
    // No other endpoint takes the cookie for a credential.
    const api = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ viewer { role } }' }),
    });
    expect(((await api.json()) as { errors: unknown }).errors).toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED' } },
    ]);
  });

  test('shows tickets, takes answers and consents, and ends with signing out', async () => {
    await known(owner, 'Page Reader', { kind: 'EMAIL', value: 'reader@page.example' });
    const before = letters.length;
    const asked = await page('/code', { form: { contact: 'reader@page.example' } });
    await eventually(() => letters.length > before);
    const code = codeIn(letters.at(-1)!.text);
    const requestId = /portal_request_\w{26}/.exec(asked.body)![0];
    expect((await page('/sign-in', { form: { requestId, code: '1' } })).status).toBe(422);
    const { headers } = await page('/sign-in', { form: { requestId, code } });
    const cookie = headers.get('set-cookie')!.split(';')[0]!;
    const opened = await page('/tickets', { cookie, form: { subject: '<script>x</script>', text: 'Where is it?' } });
    expect(opened.status).toBe(303);
    const path = opened.headers.get('location')!.replace(`/portal/${organization.slug}`, '');
    await page(path, { cookie, form: { text: 'And when?' } });
    const shown = (await page(path, { cookie })).body;
    expect(shown).toContain('Where is it?');
    expect(shown).toContain('And when?');
    expect(shown).not.toContain('<script>');
    expect((await page(path)).body).not.toContain('Where is it?');
    expect((await page('/tickets/ticket_01h455vb4pex5vsknk084sn02q', { cookie })).status).toBe(404);
    const consent = { purpose: 'MARKETING', channel: 'SMS', state: 'GRANTED' };
    expect((await page('/consents', { cookie, form: consent })).status).toBe(303);
    expect((await page('/consents', { cookie })).body).toContain('You consented.');
    for (const purpose of ['constructor', 'toString', '__proto__'])
      expect((await page('/consents', { cookie, form: { ...consent, purpose } })).status).toBe(422);
    await app.app.database.system.query(
      `update customers set deleted_at = now() where organization_id = $1 and display_name = 'Page Reader'`,
      [organization.id],
    );
    for (const gone of ['', '/consents']) expect((await page(gone, { cookie })).body).toContain('Send me a code');
    await app.app.database.system.query(
      `update customers set deleted_at = null where organization_id = $1 and display_name = 'Page Reader'`,
      [organization.id],
    );
    const out = await page('/sign-out', { cookie, form: {} });
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await page(path, { cookie })).body).not.toContain('Where is it?');
    const spanish = await page('', { headers: { 'accept-language': 'es' } });
    expect(spanish.body).toContain('Envíenme un código');
  });
});

if (missingDovecot) console.warn(missingDovecot);

(missingDovecot ? describe.skip : describe)('a code that is mailed through a real server', () => {
  let loop: MailLoop;
  beforeAll(async () => {
    loop = await openMailLoop();
  });
  afterAll(() => loop?.close());

  test('reaches its customer, and lies neither among the sent mail nor in the inbox of staff', async () => {
    const there = await openPortal(app, { email: 'echo-mail', sms: 'echo-sms' });
    const [bakery, customer] = [loop.someone('pedidos'), loop.someone('zoe')];
    const { settings, credentials } = loop.account(bakery);
    const named = (given: object) => Object.entries(given).map(([name, value]) => ({ name, value: String(value) }));
    const { connectAccount } = await there.owner.data(
      'mutation ($input: ConnectAccountInput!) { connectAccount(input: $input) { account { id } userErrors { message } } }',
      {
        input: {
          connector: 'email',
          handle: bakery,
          settings: named({ ...settings, address: bakery }),
          secrets: named({ password: credentials.password }),
        },
      },
    );
    await there.owner.data(
      'mutation ($input: SetPortalSettingsInput!) { setPortalSettings(input: $input) { userErrors { message } } }',
      { input: { emailAccountId: connectAccount.account.id } },
    );
    const { cursor } = await loop.poll(bakery, null);
    await known(there.owner, 'Zoe Levain', { kind: 'EMAIL', value: customer });
    const input = { organization: there.organization.slug, contact: customer, link: true };
    const { requestId } = (await ask(app, REQUEST, { input })).body.data.requestPortalCode;
    const taken = await eventually(() => loop.smtp.taken.find(({ to }) => to.includes(customer)));
    expect(taken.from).toBe(bakery);
    const code = codeIn(taken.raw.replaceAll('=\r\n', ''));
    expect((await ask(app, SIGN_IN, { input: { requestId, code } })).body.data.signInToPortal.token).toBeTruthy();
    expect((await loop.poll(bakery, cursor)).events).toEqual([]);
    const { posts } = await there.owner.data('{ posts(first: 10) { edges { node { id } } } }');
    expect(posts.edges).toEqual([]);
  });
});

test('what is over is forgotten: codes, counts and sessions', async () => {
  const { system } = app.app.database;
  await system.query("update portal_requests set expires_at = now() - interval '15 days'");
  await system.query("update portal_tallies set since = since - interval '2 days'");
  await system.query("update portal_sessions set expires_at = now() - interval '31 days'");
  await system.query("select graphile_worker.add_job('portal:expire')");
  for (const table of ['portal_requests', 'portal_tallies', 'portal_sessions'])
    await eventually(async () => (await system.query(`select 1 from ${table}`)).rowCount === 0);
});
