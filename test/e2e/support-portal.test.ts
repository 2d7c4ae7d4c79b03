import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Network } from '../../src/modules/social/index.js';
import { publicId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { ask, codeIn, enter, known, type Letter, letterBox, openPortal, REQUEST, SIGN_IN } from '../support/portal.js';
import { eventually } from '../support/subscriber.js';

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
});
