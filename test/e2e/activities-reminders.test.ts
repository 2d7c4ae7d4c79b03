import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { remindOf } from '../../src/modules/activities/index.js';
import { storedId } from '../../src/platform/ids.js';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { listen } from '../support/posts.js';
import { eventually, subscribe } from '../support/subscriber.js';

let product: TestApp;
let url: string;
let organization: TestOrganization;
let admin: Client;

beforeAll(async () => {
  product = await openTestApp();
  url = await listen(product);
});
afterAll(() => product.close());
beforeEach(async () => {
  organization = await product.organization();
  admin = await organization.as('ADMIN');
});

const EVENT = 'cursor activityId activity { subject status remindedAt }';

async function plan(remindAt: Date, over: object = {}): Promise<Answer> {
  const { createActivity }: Answer = await admin.data(
    'mutation ($input: CreateActivityInput!) { createActivity(input: $input) { activity { id } userErrors { message } } }',
    { input: { kind: 'CALL', subject: 'Call the mill', remindAt, ...over } },
  );
  return createActivity.activity;
}

const watch = (field: string) => subscribe(url, admin.authorization, `subscription { ${field} { ${EVENT} } }`);

const scopeOf = () => ({ organizationId: organization.id, actor: 'system:test', requestId: 'test' });

const soon = () => new Date(Date.now() + 300);
const later = () => new Date(Date.now() + 3_600_000);

test('whoever waits is reminded once of what is due, and told of every change', async () => {
  const due = watch('activityDue');
  const changed = watch('activityChanged');
  try {
    await eventually(() => product.app.hub.subscribers >= 2);
    const { id } = await plan(soon());
    await due.until(received => received.length > 0);
    expect(due.received).toMatchObject([
      { activityDue: { activityId: id, activity: { subject: 'Call the mill', status: 'OPEN' } } },
    ]);
    // Run again, as after a crash between the work and the end of the job.
    await Promise.all([1, 2].map(() => remindOf(product.app.database, scopeOf(), storedId('activity', id)!)));
    const other = await plan(soon(), { subject: 'Another' });
    await due.until(received => received.length > 1);
    expect(due.received.map((event: Answer) => event.activityDue.activityId)).toEqual([id, other.id]);
    await changed.until(received => received.length > 1);
    expect(changed.received.map((event: Answer) => event.activityChanged.activityId)).toEqual([id, other.id]);
  } finally {
    await Promise.all([due.close(), changed.close()]);
  }
});

test('a reminder moves with its activity, and none is given of what is done', async () => {
  const due = watch('activityDue');
  try {
    await eventually(() => product.app.hub.subscribers > 0);
    const moved = await plan(later(), { subject: 'Moved' });
    const early = await plan(later(), { subject: 'Early' });
    const done = await plan(later(), { subject: 'Done' });
    const change = (name: string, input: string) =>
      admin.data(`mutation { ${name}(input: ${input}) { userErrors { message } } }`);
    await change('completeActivity', `{ id: "${done.id}" }`);
    await change('updateActivity', `{ id: "${done.id}", remindAt: "${soon().toISOString()}" }`);
    // As a job that was about to run when its activity was put off.
    await remindOf(product.app.database, scopeOf(), storedId('activity', early.id)!);
    await change('updateActivity', `{ id: "${moved.id}", remindAt: "${soon().toISOString()}" }`);
    await due.until(received => received.length > 0);
    const last = await plan(soon(), { subject: 'Last' });
    await due.until(received => received.some((event: Answer) => event.activityDue.activityId === last.id));
    expect(due.received.map((event: Answer) => event.activityDue.activity.subject)).toEqual(['Moved', 'Last']);

    // Given once, it is given again when it is planned again.
    await change('updateActivity', `{ id: "${moved.id}", remindAt: "${soon().toISOString()}" }`);
    await due.until(received => received.length > 2);
    expect(due.received.at(-1).activityDue.activityId).toBe(moved.id);
  } finally {
    await due.close();
  }
});
