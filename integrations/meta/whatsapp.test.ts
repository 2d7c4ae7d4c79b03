import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { UpsertEvent } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { command, NOW, openGraphs, parent, source, told } from '../../test/support/meta-account.js';
import { whatsappConnector } from './whatsapp.connector.js';

const graph = openGraphs();
const { open } = graph;
afterEach(() => graph.close());

describe('WhatsApp', () => {
  const whatsapp = source({ phoneNumberId: '123456123', businessId: '0' });

  const folder = '../shared/fixtures/whatsapp';
  (existsSync(folder) ? test : test.skip)(
    'reads what was recorded, with and without a number (skipped without the recordings)',
    () => {
      const connector = whatsappConnector();
      const context = contextFor(connector, whatsapp);
      const read = (name: string) =>
        connector.parseWebhook!(context, told(JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))));
      expect(read('text').events).toMatchObject([{ author: { id: '16315551181', verifiedPhone: '+16315551181' } }]);
      expect(read('text-with-bsuid').events).toMatchObject([
        { author: { id: 'IN.2081978709342942', verifiedPhone: '+919745786257' }, replyTo: { to: '919745786257' } },
      ]);
      const [hidden] = read('text-bsuid-only-no-phone').events as UpsertEvent[];
      expect(hidden).toMatchObject({
        author: { id: 'IN.2081978709342942', handle: 'muhsin' },
        replyTo: { isUserId: true },
      });
      expect(hidden!.author.verifiedPhone).toBeUndefined();
      expect(read('image').events).toMatchObject([{ text: 'Check out my product!', media: [{ kind: 'image' }] }]);
      expect(read('status-sent').receipts).toMatchObject([{ state: 'sent' }]);
      expect(read('status-failed-131047').receipts).toMatchObject([
        { state: 'failed', fault: { class: 'window_closed', code: 'TEMPLATE_NEEDED' } },
      ]);
    },
  );

  test('writes to a number by the number, and to who hides it by the id', async () => {
    const connector = await open(whatsappConnector);
    const context = contextFor(connector, whatsapp);
    const to = (replyTo: Record<string, unknown>) => command({ visibility: 'private', parent: parent({ replyTo }) });
    await connector.send!(context, to({ to: '34600111222', messageId: 'wamid.1' }));
    await connector.send!(context, to({ to: 'PT.901', isUserId: true }));
    expect(graph.server.requests[0]!.body).toMatchObject({ to: '34600111222', context: { message_id: 'wamid.1' } });
    expect(graph.server.requests[1]!.body).toMatchObject({ recipient: 'PT.901' });
  });

  test('is told only once the business has taken on the app', async () => {
    const connector = await open(whatsappConnector);
    await connector.subscribe!(contextFor(connector, whatsapp), {
      url: 'https://crm.example.com/hooks/k',
      secret: 's',
    });
    expect(graph.server.requests.map(({ path }) => path)).toEqual(['600/subscriptions', '0/subscribed_apps']);
  });

  test('tells before sending that the day is over', () => {
    const connector = whatsappConnector();
    const context = { ...contextFor(connector, whatsapp), now: () => NOW };
    const until = (offset: number) =>
      parent({ replyability: { public: false, private: true, until: new Date(NOW.getTime() + offset) } });
    const render = (offset: number) =>
      connector.render!(context, { text: 'Hola', visibility: 'private' }, until(offset));
    expect(render(1)).toMatchObject({ text: 'Hola' });
    expect(render(0)).toMatchObject({ class: 'window_closed', code: 'TEMPLATE_NEEDED' });
  });
});
