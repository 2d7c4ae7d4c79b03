import { afterEach, describe, expect, test } from '@jest/globals';
import {
  type ConnectorContext,
  ConnectorError,
  type Draft,
  type Fault,
  type ParentPost,
  type Rendered,
  type RenderFault,
  type SendCommand,
  type SendResult,
} from '../src/ingest/connector.js';
import { newId } from '../src/platform/ids.js';
import { contextFor } from './support/connector-context.js';
import { type Sending, SUBJECTS, type Subject } from './support/subjects/index.js';
import { eventually } from './support/subscriber.js';

const opened: Subject[] = [];
afterEach(async () => {
  for (const subject of opened.splice(0)) await subject.close();
});

/** Emoji of one and of many code points, a combining mark, both directions, letters beyond the first plane, and a line break. */
const ODD = 'Ñandú 🥐 👩🏽‍🍳 e\u0301 שלום مرحبا 𝒜𐍈\nsegunda línea';
const NEVER_DOUBLED = ['native', 'deterministicId', 'duplicateError'];

/** An adapter that sends, before its network. */
function senderOf(subject: Subject & { sending: Sending }) {
  const { connector, source, sending } = subject;
  const context: ConnectorContext<unknown> = contextFor(connector, source);
  const { parent, visibility } = sending.command;

  const render = (text: string, over: ParentPost | null = parent): Rendered | RenderFault => {
    const draft: Draft = { text, visibility };
    // What takes no text, a call, has nothing to render.
    return connector.render?.(context, draft, over) ?? { text, length: text.length, payload: null };
  };
  const rendered = (text: string): Rendered => {
    const result = render(text);
    if ('class' in result) throw new Error(`${result.code}: ${result.message}`);
    return result;
  };
  const count = async (): Promise<number> => (await sending.sent()).length;
  return {
    ...subject,
    render,
    rendered,
    count,
    takesText: sending.command.kind !== 'call' && Boolean(connector.render),
    command: (text: string): SendCommand => ({
      ...sending.command,
      key: newId(),
      rendered: rendered(text),
      media: [],
      firstTriedAt: new Date(),
    }),
    send: (command: SendCommand): Promise<SendResult> => connector.send!(context, structuredClone(command)),
    find: (command: SendCommand) => connector.findSent!(context, structuredClone(command)),
    remove: (id: string) => connector.delete!(context, { id }),
    /** What the network holds once it has come to `expected` messages; it may take a moment. */
    held: async (expected: number) => {
      await eventually(async () => (await count()) >= expected);
      return sending.sent();
    },
  };
}

type Sender = ReturnType<typeof senderOf>;

/** What sending came to when it did not succeed: thrown or answered, both count. */
async function faultOf(sent: Promise<SendResult>): Promise<Partial<Fault>> {
  try {
    const result = await sent;
    if (result.state === 'failed') return result.fault;
    if (result.state === 'unknown') return { class: 'transient', mayHaveHappened: true };
    throw new Error(`It was ${result.state}.`);
  } catch (error) {
    if (error instanceof ConnectorError) return error.fault;
    throw error;
  }
}

const idOf = (result: SendResult): string => {
  if ('ref' in result) return result.ref.id;
  throw new Error(`It is ${result.state}: ${JSON.stringify(result)}`);
};

describe.each(SUBJECTS)('the adapter $name', ({ open }) => {
  async function subjectOf(): Promise<Subject> {
    const subject = await open();
    opened.push(subject);
    return subject;
  }
  /** A test of adapters that send; for the others there is nothing to hold. */
  const sends = (name: string, hold: (sender: Sender) => Promise<void>) =>
    test(name, async () => {
      const subject = await subjectOf();
      const { sending } = subject;
      if (sending) await hold(senderOf({ ...subject, sending }));
    });

  test('can do what it says it can, and says what it can do', async () => {
    const { connector, reading, readElsewhere, hooks, calledElsewhere, sending } = await subjectOf();
    const { inbound, reply, idempotency, edits, deletions, textLimit } = connector.capabilities;
    const calls = sending?.command.kind === 'call';
    expect({
      listen: Boolean(connector.listen),
      poll: Boolean(connector.poll),
      verifyWebhook: Boolean(connector.verifyWebhook),
      parseWebhook: Boolean(connector.parseWebhook),
      send: Boolean(connector.send),
      render: Boolean(connector.render),
    }).toEqual({
      listen: inbound.stream,
      poll: inbound.poll,
      verifyWebhook: inbound.webhook,
      parseWebhook: inbound.webhook,
      send: reply.public || reply.private || calls,
      render: reply.public || reply.private || Boolean(calls && connector.render),
    });
    if (connector.send && idempotency === 'lookup') expect(connector.findSent).toBeDefined();
    if (connector.findSent) expect(idempotency).not.toBe('none');
    if (edits.detectable || deletions.detectable) expect(connector.refetch ?? connector.poll).toBeDefined();
    if (textLimit) expect(textLimit.max).toBeGreaterThan(0);
    // Nothing an adapter does goes unheld.
    expect({
      reading: Boolean(reading ?? readElsewhere),
      hooks: Boolean(hooks ?? calledElsewhere),
      sending: Boolean(sending),
    }).toEqual({
      reading: Boolean(connector.poll ?? connector.listen),
      hooks: inbound.webhook,
      sending: Boolean(connector.send),
    });
  });

  sends('sends once, and answers the id the network holds', async it => {
    const before = await it.count();
    const command = it.command('Sí, también los domingos.');
    const id = idOf(await it.send(command));
    const held = await it.held(before + 1);
    expect(held).toHaveLength(before + 1);
    expect(held.filter(message => message.id === id)).toHaveLength(1);
    if (it.takesText) expect(held.find(message => message.id === id)!.text).toBe(command.rendered.text);
  });

  sends('does not double what is sent again under the same key, where the network can tell', async it => {
    const before = await it.count();
    const command = it.command('De ocho a dos.');
    const id = idOf(await it.send(command));
    if (!NEVER_DOUBLED.includes(it.connector.capabilities.idempotency)) return;
    const again = it.send(command);
    const fault = await again.then(
      result => (result.state === 'failed' ? result.fault : null),
      error => (error as ConnectorError).fault,
    );
    if (fault) expect(fault.class).toBe('duplicate');
    else expect(idOf(await again)).toBe(id);
    expect(await it.held(before + 1)).toHaveLength(before + 1);
  });

  sends('says so when it does not know whether something was sent, and then finds exactly it', async it => {
    await it.send(it.command('Otra cosa.'));
    const before = await it.count();
    const command = it.command('Esto se pierde por el camino.');
    it.sending.misbehave('lostAnswer');
    const outcome = await it.send(command).then(
      result => (result.state === 'failed' ? result.fault : result),
      error => {
        if (error instanceof ConnectorError) return error.fault;
        throw error;
      },
    );
    it.sending.misbehave('no');
    // An adapter whose network never doubles may have tried again by itself.
    if ('state' in outcome && outcome.state !== 'unknown') {
      expect(NEVER_DOUBLED).toContain(it.connector.capabilities.idempotency);
    } else if (!('state' in outcome)) {
      expect(outcome).toMatchObject({ mayHaveHappened: true });
    }
    const held = await it.held(before + 1);
    expect(held).toHaveLength(before + 1);
    if (!it.connector.findSent) return;
    const lost = held.find(message => message.text === command.rendered.text) ?? held.at(-1)!;
    expect((await it.find(command))?.ref.id).toBe(lost.id);
  });

  sends('finds nothing of what was never sent', async it => {
    if (!it.connector.findSent) return;
    await it.send(it.command('Esto sí.'));
    expect(await it.find(it.command('Esto nunca salió de aquí.'))).toBeNull();
  });

  for (const [trouble, faultClass] of [
    ['limited', 'rate'],
    ['broken', 'transient'],
    ['expired', 'auth'],
  ] as const) {
    sends(`to a network that is ${trouble} fails with class ${faultClass}, and sends nothing`, async it => {
      if (it.sending.isAtHome) return;
      const before = await it.count();
      const command = it.command('¿Llega esto?');
      it.sending.misbehave(trouble);
      const fault = await faultOf(it.send(command));
      it.sending.misbehave('no');
      expect(fault.class).toBe(faultClass);
      if (trouble === 'limited') expect(fault.retryAt!.getTime()).toBeGreaterThan(Date.now());
      if (trouble !== 'broken') expect(fault).not.toMatchObject({ mayHaveHappened: true });
      expect(await it.count()).toBe(before);
    });
  }

  sends('brings any text to the network as it was written', async it => {
    if (!it.takesText) return;
    const before = await it.count();
    const command = it.command(ODD);
    expect(command.rendered.text.normalize('NFC')).toContain(ODD.normalize('NFC'));
    const id = idOf(await it.send(command));
    const held = await it.held(before + 1);
    expect(held.find(message => message.id === id)?.text).toBe(command.rendered.text);
  });

  sends('takes a text of exactly the limit, and refuses one unit more', async it => {
    const { textLimit } = it.connector.capabilities;
    if (!it.takesText || !textLimit) return;
    const fits = (letters: number) => !('class' in it.render('a'.repeat(letters)));
    // Most letters that fit: what is added to them, a mention, is the adapter's affair.
    let [most, tooMany] = [1, 2];
    while (fits(tooMany)) [most, tooMany] = [tooMany, tooMany * 2];
    while (tooMany - most > 1) {
      const middle = Math.floor((most + tooMany) / 2);
      if (fits(middle)) most = middle;
      else tooMany = middle;
    }
    const full = it.command('a'.repeat(most));
    expect(full.rendered.length).toBe(textLimit.max);
    expect(it.render('a'.repeat(most + 1))).toMatchObject({ code: 'TEXT_TOO_LONG' });
    expect(idOf(await it.send(full))).toEqual(expect.any(String));
  });

  sends('renders the same from the same, changes nothing it is given, and refuses what the network would', async it => {
    if (!it.takesText) return;
    const { parent } = it.sending.command;
    const before = structuredClone(parent);
    const first = it.rendered(ODD);
    expect(it.rendered(ODD)).toEqual(first);
    expect(parent).toEqual(before);
    expect(JSON.parse(JSON.stringify(first.payload ?? null))).toEqual(first.payload ?? null);
    expect(it.render(' \n ')).toMatchObject({ code: 'EMPTY', class: expect.any(String) });
    const { refused } = it.sending;
    if (refused) expect(it.render('Hola', refused.parent)).toMatchObject({ code: refused.code });
  });

  sends('deletes what it sent, and once more without harm', async it => {
    if (!it.connector.delete) return;
    const before = await it.count();
    const id = idOf(await it.send(it.command('Esto lo retiramos.')));
    await it.held(before + 1);
    await it.remove(id);
    await eventually(async () => (await it.sending.sent()).every(message => message.id !== id));
    await it.remove(id);
  });
});
