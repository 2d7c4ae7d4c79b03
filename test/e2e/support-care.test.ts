import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Network, PostKind } from '../../src/modules/social/index.js';
import { newId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { accept, mention } from '../support/posts.js';

let app: TestApp;
let bakery: TestOrganization;
let manager: Client;

beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app?.close());
beforeEach(async () => {
  bakery = await app.organization();
  manager = await bakery.as('MANAGER');
});

const sql = async <Row = any>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await app.app.database.system.query(text, [bakery.id, ...values])).rows;
const rule = (given: Record<string, unknown> = {}) => {
  const row = { organization_id: bakery.id, id: newId(), name: 'Rule', position: 1, ...given };
  const columns = Object.keys(row).join(', ');
  return app.app.database.system.query(
    `insert into intake_rules (${columns}) select ${columns} from jsonb_populate_record(
       jsonb_populate_record(null::intake_rules, '{"is_active":true,"channels":[],"networks":[],"kinds":[],"account_ids":[],"source_ids":[],"words_any":[],"words_all":[],"words_none":[],"languages":[],"customer_tags":[],"action":"OPEN","tags":[],"acknowledges":false,"acknowledgement":{},"version":1}'), $1)`,
    [JSON.stringify(row)],
  );
};
type Given = Parameters<typeof mention>[1];
const mail = (id: string, given: Given = {}) =>
  accept(
    app,
    bakery,
    [
      mention(id, {
        kind: PostKind.DIRECT_MESSAGE,
        author: { id: 'eva@example.com', handle: 'eva@example.com', displayName: 'Eva' },
        occurredAt: new Date(),
        title: 'Pan duro',
        text: 'El pan llegó duro.',
        ...given,
      }),
    ],
    { network: Network.EMAIL },
  );
const tickets = () =>
  sql(
    'select id, number, subject, status, channel, customer_id, message_count, waiting_since, last_customer_message_at from tickets where organization_id = $1 order by opened_at, number',
  );
const messages = () =>
  sql(
    'select m.ticket_id, m.kind, m.is_automatic, p.external_id from ticket_messages m left join posts p on p.organization_id = m.organization_id and p.id = m.post_id where m.organization_id = $1 order by m.occurred_at, m.id',
  );

describe('what is said', () => {
  test('stays in the inbox of an organisation that has no rules and no tickets', async () => {
    await mail('a1');
    expect(await tickets()).toEqual([]);
    expect(await sql('select 1 from posts where organization_id = $1')).toHaveLength(1);
  });

  test('opens a ticket by a rule, and what its author answers goes into it', async () => {
    await rule({ channels: ['EMAIL'], priority: 'HIGH' });
    await mail('a1');
    await mail('a2', { title: 'Re: Pan duro', parent: { id: 'a1' }, text: 'Y frío.' });
    expect(await tickets()).toMatchObject([{ subject: 'Pan duro', status: 'NEW', channel: 'EMAIL', message_count: 2 }]);
    expect(await messages()).toMatchObject([{ external_id: 'a1' }, { external_id: 'a2' }]);
    expect(manager).toBeDefined();
  });

  test('is one message however often it is delivered, also at the same moment', async () => {
    await rule({ channels: ['EMAIL'] });
    await Promise.all([mail('a1'), mail('a1'), mail('a1')]);
    await mail('a1');
    expect(await tickets()).toHaveLength(1);
    expect(await messages()).toHaveLength(1);
  });
});
