import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestApp, type TestApp } from '../support/app.js';
import { deskOn } from '../support/desk.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';

let app: TestApp;
let echo: EchoNetwork;
let desk: Awaited<ReturnType<typeof deskOn>>;

beforeAll(async () => {
  echo = await openEchoNetwork();
  app = await openTestApp(
    { ALLOW_PRIVATE_ADDRESSES: 'true' },
    { adapters: [echo.connector], sending: { lookUpAfterMs: 20 } },
  );
});
afterAll(async () => {
  await app?.close();
  await echo?.close();
});
beforeEach(async () => {
  echo.messages.length = 0;
  desk = await deskOn(app);
});
afterEach(() => {
  echo.trouble = undefined;
  echo.gate = undefined;
});

describe('an answer in a ticket', () => {
  test('goes out by the channel and in the thread the customer spoke by, and waits for them', async () => {
    const { ticketId } = await desk.say('q1', { text: '¿Por qué está quemado?' });
    const { message, userErrors } = await desk.answer(ticketId, 'Lo sentimos.');
    expect(userErrors).toEqual([]);
    expect(message).toMatchObject({ kind: 'AGENT', channel: 'CHAT', network: 'TELEGRAM', visibility: 'PUBLIC' });
    await desk.until(message.id, 'SENT');
    expect(echo.messages).toMatchObject([{ text: '@cliente Lo sentimos.', parent: 'q1' }]);
    const stand = await desk.stand(ticketId);
    expect(stand).toMatchObject({ status: 'PENDING', waitingSince: null, messageCount: 2 });
    expect(stand.firstRespondedAt).not.toBeNull();
  });
});
