import { randomInt } from 'node:crypto';
import type { AnyConnector } from '../../src/ingest/connector.js';
import { newId, publicId, storedId } from '../../src/platform/ids.js';
import type { Client, TestApp, TestOrganization } from './app.js';
import { eventually } from './subscriber.js';

/** What was sent to whom, in order. */
export interface Letter {
  to: string;
  text: string;
}

/** A network that takes messages and keeps them; `refuses` while it does not. */
export function letterBox(echo: AnyConnector, kind: string): { connector: AnyConnector; letters: Letter[] } {
  const letters: Letter[] = [];
  const send = echo.send!;
  return {
    letters,
    connector: {
      ...echo,
      kind,
      async send(context, command) {
        const result = await send(context, command);
        letters.push({ to: command.recipient?.handle ?? '', text: command.rendered.text });
        return result;
      },
    },
  };
}

/** An address of its own for each who asks. */
export const someAddress = (): string => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: any;
}

/** Sends an operation over HTTP from an address. */
export async function ask(
  test: TestApp,
  query: string,
  variables: object,
  { from = someAddress(), token }: { from?: string; token?: string } = {},
): Promise<Answer> {
  const response = await test.app.server.fastify.inject({
    method: 'POST',
    url: '/graphql',
    remoteAddress: from,
    headers: token ? { authorization: `Bearer ${token}` } : {},
    payload: { query, variables },
  });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}

export const REQUEST = `mutation ($input: RequestPortalCodeInput!) {
  requestPortalCode(input: $input) { accepted requestId expiresAt userErrors { field code message } } }`;
export const SIGN_IN = `mutation ($input: SignInToPortalInput!) {
  signInToPortal(input: $input) { token expiresAt customerId displayName userErrors { field code message } } }`;

export const codeIn = (text: string): string => /\d{4} \d{4}/.exec(text)![0];

/** An organisation whose customers are let in, by codes that go through the given adapters. */
export async function openPortal(
  test: TestApp,
  kinds: { email: string; sms: string },
): Promise<{ organization: TestOrganization; owner: Client; accounts: { email: string; sms: string } }> {
  const organization = await test.organization();
  const accounts = { email: newId(), sms: newId() };
  for (const [network, connector, id] of [
    ['EMAIL', kinds.email, accounts.email],
    ['SMS', kinds.sms, accounts.sms],
  ] as const)
    await test.app.database.system.query(
      'insert into accounts (organization_id, id, network, connector, handle) values ($1, $2, $3, $4, $5)',
      [organization.id, id, network, connector, 'panaderia'],
    );
  const owner = await organization.as('OWNER');
  await owner.data(
    'mutation ($input: SetPortalSettingsInput!) { setPortalSettings(input: $input) { userErrors { code } } }',
    {
      input: {
        isOn: true,
        emailAccountId: publicId('account', accounts.email),
        smsAccountId: publicId('account', accounts.sms),
      },
    },
  );
  return { organization, owner, accounts };
}

/** A customer with a contact that is proven to be theirs, unless said otherwise. Answers its stored id. */
export async function known(
  owner: Client,
  displayName: string,
  contact: { kind: 'EMAIL' | 'PHONE'; value: string },
  verified = true,
): Promise<string> {
  const { createCustomer } = await owner.data(
    `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) {
       customer { id contactPoints { id } } userErrors { field message } } }`,
    { input: { displayName, contactPoints: [contact] } },
  );
  const [point] = createCustomer.customer.contactPoints;
  if (verified)
    await owner.data(
      'mutation ($input: VerifyContactPointInput!) { verifyContactPoint(input: $input) { userErrors { code } } }',
      { input: { id: point.id, verified: true } },
    );
  return storedId('customer', createCustomer.customer.id)!;
}

/** Signs in as a person would: asks, reads the message, types the code. Answers the token. */
export async function enter(
  test: TestApp,
  slug: string,
  contact: string,
  letters: Letter[],
  from = someAddress(),
): Promise<string> {
  const before = letters.length;
  const { body } = await ask(test, REQUEST, { input: { organization: slug, contact } }, { from });
  const { requestId } = body.data.requestPortalCode;
  await eventually(() => letters.length > before);
  const code = codeIn(letters.at(-1)!.text);
  const signedIn = await ask(test, SIGN_IN, { input: { requestId, code } }, { from });
  return signedIn.body.data.signInToPortal.token;
}
