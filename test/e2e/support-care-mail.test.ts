import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { missingDovecot } from '../support/dovecot.js';
import { bounce, CUSTOMER, type MailLoop, openMailLoop } from '../support/mail-loop.js';
import { eventually } from '../support/subscriber.js';

if (missingDovecot) console.warn(missingDovecot);
const onReal = missingDovecot ? describe.skip : describe;

/** The product between a real mailbox and a real mail server: what people and machines write becomes tickets, once. */
onReal('mail that becomes tickets', () => {
  let app: TestApp;
  let mail: MailLoop;
  let bakery: TestOrganization;
  let manager: Client;
  let address: string;

  beforeAll(async () => {
    mail = await openMailLoop();
    app = await openTestApp({ ALLOW_PRIVATE_ADDRESSES: 'true' });
  }, 60_000);
  afterAll(async () => {
    await app?.close();
    await mail?.close();
  });

  const act = async (name: string, type: string, input: object, answer: string): Promise<any> => {
    const data = await manager.data<any>(
      `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} userErrors { field code message } } }`,
      { input },
    );
    expect(data[name].userErrors).toEqual([]);
    return data[name];
  };
  const tickets = async (): Promise<any[]> =>
    (
      await manager.data<any>(
        `{ tickets(first: 50) { edges { node { id number status messageCount messages(first: 50) { edges { node { kind state isAutomatic text } } } } } } }`,
      )
    ).tickets.edges.map((edge: any) => ({
      ...edge.node,
      messages: edge.node.messages.edges.map((message: any) => message.node),
    }));
  const until = <Value>(probe: (all: any[]) => Value) => eventually(async () => probe(await tickets()), 30);
  const deliver = (lines: Record<string, string>, text: string) =>
    mail.dovecot.deliver(mail.mail(address, lines, text), address, CUSTOMER);
  const sent = () => mail.smtp.taken.filter(({ from }) => from === address);
  const idOf = (raw: string) => /^Message-ID:\s*<([^>]+)>/im.exec(raw)![1]!;

  beforeEach(async () => {
    bakery = await app.organization();
    manager = await bakery.as('MANAGER');
    address = mail.someone('ayuda');
    const { settings, credentials } = mail.account(address);
    const named = (given: Record<string, unknown>) =>
      Object.entries(given).map(([name, value]) => ({ name, value: String(value) }));
    await act(
      'connectAccount',
      'ConnectAccountInput',
      {
        connector: 'email',
        handle: address,
        settings: named({ ...settings, address }),
        secrets: named({ password: credentials.password }),
      },
      'account { id }',
    );
  });

  test('is one message when it is delivered twice, and its ticket is acknowledged as by a machine', async () => {
    await act('createDefaultIntakeRules', 'CreateDefaultIntakeRulesInput', { acknowledges: true }, 'rules { id }');
    const twice = { 'Message-ID': '<twice@customer.example>', Subject: 'Pan duro' };
    await Promise.all([deliver(twice, 'El pan llegó muy duro.'), deliver(twice, 'El pan llegó muy duro.')]);
    const [ticket] = await until(all => (all[0]?.messages.length === 2 ? all : null));
    expect(ticket.messages).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'CUSTOMER', text: 'El pan llegó muy duro.', isAutomatic: false }),
        expect.objectContaining({ kind: 'AGENT', isAutomatic: true, text: expect.stringContaining(ticket.number) }),
      ]),
    );
    const [acknowledgement] = await eventually(() => (sent().length > 0 ? sent() : null));
    expect(acknowledgement!.raw).toMatch(/^Auto-Submitted: auto-replied/im);
    expect(acknowledgement!.raw).toMatch(/In-Reply-To: <twice@customer\.example>/i);
    // Its copy among what we sent comes by as well, and is not taken for a colleague's word.
    await deliver({ 'In-Reply-To': `<${idOf(acknowledgement!.raw)}>`, Subject: 'Re: Pan duro' }, 'Gracias, espero.');
    const after = await until(all => (all[0].messages.length >= 3 ? all : null));
    expect(after).toHaveLength(1);
    // Mails tell their second only.
    expect(after[0].messages.map(({ kind }: any) => kind).sort()).toEqual(['AGENT', 'CUSTOMER', 'CUSTOMER']);
    expect(sent()).toHaveLength(1);
  }, 90_000);

  test('that another machine answers ours with never goes round and round', async () => {
    await act('createDefaultIntakeRules', 'CreateDefaultIntakeRulesInput', { acknowledges: true }, 'rules { id }');
    await act('updateCareSettings', 'UpdateCareSettingsInput', { continueDays: null }, 'settings { version }');
    await deliver({ Subject: 'Ausente' }, 'Estoy de vacaciones hasta el lunes.');
    // A machine that says nowhere that it is one, and answers whatever it gets by a new mail.
    let answered = 0;
    await eventually(async () => {
      while (answered < Math.min(sent().length, 10)) {
        answered += 1;
        await deliver({ Subject: 'Ausente' }, 'Estoy de vacaciones hasta el lunes.');
      }
      const { rows } = await app.app.database.system.query(
        `select 1 from graphile_worker.jobs where task_identifier in ('care.acknowledge', 'reply.send')`,
      );
      return (await tickets()).length === answered + 1 && answered > 0 && rows.length === 0;
    }, 40);
    expect(sent()).toHaveLength(1);
    // One that does say so opens nothing.
    const before = (await tickets()).length;
    await deliver({ Subject: 'Fuera', 'Auto-Submitted': 'auto-replied' }, 'Fuera de la oficina.');
    await eventually(async () => {
      const { posts } = await manager.data<any>('{ posts(first: 50) { edges { node { text } } } }');
      return posts.edges.some((edge: any) => edge.node.text.includes('Fuera de la oficina'));
    }, 30);
    expect(await tickets()).toHaveLength(before);
  }, 90_000);

  test('that comes back undelivered says so in its ticket, and opens it again for us', async () => {
    await act('createDefaultIntakeRules', 'CreateDefaultIntakeRulesInput', {}, 'rules { id }');
    await deliver({ Subject: 'Pan duro' }, 'El pan llegó muy duro.');
    const [ticket] = await until(all => (all.length > 0 ? all : null));
    await act(
      'replyToTicket',
      'ReplyToTicketInput',
      { ticketId: ticket.id, text: 'Lo sentimos mucho.', undoSeconds: 0 },
      'message { id }',
    );
    const [ours] = await eventually(() => (sent().length > 0 ? sent() : null), 30);
    await until(all => all[0].status === 'PENDING' && all[0].messages.some(({ state }: any) => state === 'SENT'));
    await mail.dovecot.deliver(bounce(address, idOf(ours!.raw), '5.1.1', 'smtp; 550 5.1.1 No such user'), address, '');
    const [back] = await until(all => (all[0].status === 'OPEN' ? all : null));
    expect(back.messages).toMatchObject([{ kind: 'CUSTOMER' }, { kind: 'AGENT', state: 'FAILED' }, { kind: 'SYSTEM' }]);
    expect(await tickets()).toHaveLength(1);
  }, 90_000);
});
