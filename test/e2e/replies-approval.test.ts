import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Network } from '../../src/modules/social/index.js';
import { answeringOn } from '../support/answering.js';
import { type Client, openTestApp, type TestApp } from '../support/app.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { ApproveReplyDocument } from '../support/operations.generated.js';

let app: TestApp;
let echo: EchoNetwork;
let ours: Awaited<ReturnType<typeof answeringOn>>;
let agent: Client;
let manager: Client;

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
  ours = await answeringOn(app, { network: Network.TELEGRAM });
  [agent, manager] = [await ours.organization.as('AGENT'), await ours.organization.as('MANAGER')];
});

const setApproval = async (input: object) => {
  const { setReplyApproval } = await ours.client.data(
    'mutation ($input: SetReplyApprovalInput!) { setReplyApproval(input: $input) { rules { role account { id } } userErrors { code } } }',
    { input },
  );
  expect(setReplyApproval.userErrors).toEqual([]);
  return setReplyApproval.rules;
};
const approve = (client: Client, id: string) => client.send(ApproveReplyDocument, { input: { id } });

test('what an agent writes waits until somebody else, who may, agrees', async () => {
  expect(await setApproval({ role: 'AGENT', required: true })).toEqual([{ role: 'AGENT', account: null }]);
  const postId = await ours.hear('q1');
  const { reply } = await ours.reply(postId, 'Sí.', { approvalNote: '¿Está bien?' }, agent);
  expect(reply!.state).toBe('AWAITING_APPROVAL');

  const other = await ours.organization.as('AGENT');
  for (const client of [agent, other])
    expect((await approve(client, reply!.id)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  expect((await ours.shown(reply!.id)).state).toBe('AWAITING_APPROVAL');

  expect((await approve(manager, reply!.id)).data!.approveReply.userErrors).toEqual([]);
  const sent = await ours.until(reply!.id, 'SENT');
  expect(sent.approvedBy).toMatch(/^api_key_/);
  expect(sent.approvedBy).not.toBe(sent.author);
  expect((await approve(manager, reply!.id)).data!.approveReply.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
});

test('nobody approves what they wrote themselves, whatever their role', async () => {
  await setApproval({ accountId: ours.accountId, required: true });
  const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.', {}, manager);
  expect(reply!.state).toBe('AWAITING_APPROVAL');
  expect((await approve(manager, reply!.id)).data!.approveReply.userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
  expect((await approve(ours.client, reply!.id)).data!.approveReply.userErrors).toEqual([]);
  await ours.until(reply!.id, 'SENT');
});

test('two who decide at once decide once', async () => {
  await setApproval({ required: true });
  const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.', {}, agent);
  const answers = await Promise.all([approve(manager, reply!.id), approve(ours.client, reply!.id)]);
  const errors = answers.flatMap(answer => answer.data!.approveReply.userErrors.map(({ code }) => code));
  expect(errors).toEqual(['CONFLICT']);
  await ours.until(reply!.id, 'SENT');
  expect(echo.messages).toHaveLength(1);
});

test('what is rejected is never sent, with the reason; without the rule nothing waits', async () => {
  await setApproval({ role: 'AGENT', required: true });
  const postId = await ours.hear('q1');
  const { reply } = await ours.reply(postId, 'No.', {}, agent);
  const { rejectReply } = await manager.data(
    'mutation ($id: ID!) { rejectReply(input: { id: $id, reason: "Más amable." }) { reply { state rejectionReason } userErrors { code } } }',
    { id: reply!.id },
  );
  expect(rejectReply).toEqual({ reply: { state: 'REJECTED', rejectionReason: 'Más amable.' }, userErrors: [] });
  expect(await setApproval({ role: 'AGENT', required: false })).toEqual([]);
  const next = await ours.reply(postId, 'Con gusto.', {}, agent);
  await ours.until(next.reply!.id, 'SENT');
  expect(echo.messages.map(({ text }) => text)).toEqual(['@cliente Con gusto.']);
});

test('a thread is approved as a whole, and goes out in order', async () => {
  await setApproval({ required: true });
  const long = 'Abrimos a las ocho de la mañana. Cerramos a las dos de la tarde.';
  const { reply } = await ours.reply(await ours.hear('q1'), long, { splitIntoThread: true }, agent);
  await approve(manager, reply!.id);
  await ours.until(reply!.id, 'SENT');
  const { replies } = await ours.client.data('{ replies { edges { node { id part state } } } }');
  const second = replies.edges.map(({ node }: any) => node).find(({ part }: any) => part === 2);
  await ours.until(second.id, 'SENT');
  expect(echo.messages.map(({ parent }) => parent)).toEqual(['q1', 'm1']);
});
