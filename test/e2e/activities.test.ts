import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';

let product: TestApp;
let organization: TestOrganization;
let admin: Client;

beforeAll(async () => {
  product = await openTestApp();
});
afterAll(() => product.close());
beforeEach(async () => {
  organization = await product.organization();
  admin = await organization.as('ADMIN');
});

const ACTIVITY =
  'id kind status subject version startsAt endsAt dueAt remindAt outcome occurrenceAt isException checkIn { at latitude longitude accuracy } owner { name } customer { displayName } regarding { __typename id } attendees { member { name } customer { displayName } } recurrence { rule timeZone endsBefore }';
const PAYLOAD = `{ activity { ${ACTIVITY} } userErrors { field code message } }`;

/** Sends a mutation of one input and answers its payload. */
async function change(client: Client, name: string, input: object): Promise<Answer> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const data: Answer = await client.data(
    `mutation ($input: ${type}!) { payload: ${name}(input: $input) ${name.endsWith('ies') ? `{ results { index activity { ${ACTIVITY} } userErrors { field code message } } userErrors { code } }` : PAYLOAD} }`,
    { input },
  );
  return data.payload;
}

async function customer(displayName: string): Promise<string> {
  const { createCustomer }: Answer = await admin.data(
    'mutation ($name: String!) { createCustomer(input: { displayName: $name }) { customer { id } } }',
    { name: displayName },
  );
  return createCustomer.customer.id;
}

async function all(filter: object, client = admin): Promise<Answer[]> {
  const { activities }: Answer = await client.data(
    `query ($filter: ActivityFilter) { activities(filter: $filter, orderBy: { field: AT }, first: 200) { edges { node { ${ACTIVITY} } } } }`,
    { filter },
  );
  return activities.edges.map(({ node }: Answer) => node);
}

describe('an activity', () => {
  test('is planned with its people, found by day, done with its outcome, and opened again', async () => {
    const ana = await customer('Panadería Ana');
    const memberId = await organization.member('Luis', 'AGENT');
    const luis = organization.publicId('member', memberId);
    const { activity, userErrors } = await change(admin, 'createActivity', {
      kind: 'MEETING',
      subject: ' Spring\nmenu ',
      notes: 'Bring samples.',
      priority: 'HIGH',
      startsAt: '2026-12-01T09:00:00Z',
      endsAt: '2026-12-01T10:00:00Z',
      customerId: ana,
      ownerId: luis,
      attendeeIds: [luis, ana],
    });
    expect(userErrors).toEqual([]);
    expect(activity).toMatchObject({
      subject: 'Spring menu',
      status: 'OPEN',
      owner: { name: 'Luis' },
      customer: { displayName: 'Panadería Ana' },
      attendees: expect.arrayContaining([
        { member: { name: 'Luis' }, customer: null },
        { member: null, customer: { displayName: 'Panadería Ana' } },
      ]),
    });
    const day = { ownerId: { eq: luis }, at: { gte: '2026-12-01T00:00:00Z', lt: '2026-12-02T00:00:00Z' } };
    expect(await all(day)).toEqual([activity]);
    expect(await all({ ...day, status: { eq: 'DONE' } })).toEqual([]);
    expect(await all({ attendeeId: ana })).toHaveLength(1);

    const done = await change(admin, 'completeActivity', { id: activity.id, version: 1, outcome: 'They want it.' });
    expect(done.activity).toMatchObject({ status: 'DONE', outcome: 'They want it.', version: 2 });
    expect((await change(admin, 'completeActivity', { id: activity.id })).userErrors).toMatchObject([
      { code: 'CONFLICT' },
    ]);
    expect(
      (await change(admin, 'updateActivity', { id: activity.id, version: 1, notes: null })).userErrors,
    ).toMatchObject([{ field: 'version', code: 'CONFLICT' }]);
    expect((await change(admin, 'reopenActivity', { id: activity.id })).activity.status).toBe('OPEN');
    expect((await change(admin, 'cancelActivity', { id: activity.id })).activity.status).toBe('CANCELLED');
  });

  test('says everything that is wrong with it at once', async () => {
    const { userErrors } = await change(admin, 'createActivity', {
      kind: 'CALL',
      subject: ' ',
      startsAt: '2026-12-01T10:00:00Z',
      endsAt: '2026-12-01T10:00:00Z',
      customerId: organization.publicId('customer', '01890000-0000-7000-8000-000000000000'),
      regardingId: 'nonsense',
    });
    expect(userErrors.map(({ field, code }: Answer) => [field, code])).toEqual([
      ['subject', 'REQUIRED'],
      ['customerId', 'NOT_FOUND'],
      ['regardingId', 'NOT_FOUND'],
      ['endsAt', 'INVALID'],
    ]);
  });

  test('moved takes its end and its reminder along', async () => {
    const { activity } = await change(admin, 'createActivity', {
      kind: 'CALL',
      subject: 'Call back',
      startsAt: '2026-12-01T10:00:00Z',
      endsAt: '2026-12-01T10:30:00Z',
      remindAt: '2026-12-01T09:45:00Z',
    });
    const moved = await change(admin, 'updateActivity', { id: activity.id, startsAt: '2026-12-02T12:00:00Z' });
    expect(moved.activity).toMatchObject({ endsAt: '2026-12-02T12:30:00Z', remindAt: '2026-12-02T11:45:00Z' });
  });

  test('that is a visit is checked in to once, also by two at the same moment', async () => {
    const visit = (await change(admin, 'createActivity', { kind: 'VISIT', subject: 'See the oven' })).activity;
    const here = { id: visit.id, latitude: -34.6, longitude: -58.4, accuracy: 12.5 };
    expect((await change(admin, 'checkIn', { ...here, latitude: 91 })).userErrors).toMatchObject([
      { field: 'latitude' },
    ]);
    const both = await Promise.all([change(admin, 'checkIn', here), change(admin, 'checkIn', here)]);
    expect(both.map(({ userErrors }) => userErrors[0]?.code).sort()).toEqual(['CONFLICT', undefined]);
    const [kept] = await all({ id: { eq: visit.id } });
    expect(kept.checkIn).toMatchObject({ latitude: -34.6, longitude: -58.4, accuracy: 12.5 });
    const task = (await change(admin, 'createActivity', { kind: 'TASK', subject: 'Bake' })).activity;
    expect((await change(admin, 'checkIn', { id: task.id })).userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
  });

  test('of a colleague in another team is seen only by who is asked to it', async () => {
    const [ours, theirs] = [await organization.member('Ours'), await organization.member('Theirs')];
    const { activity } = await change(admin, 'createActivity', {
      kind: 'MEETING',
      subject: 'Quiet',
      ownerId: organization.publicId('member', theirs),
    });
    const agent = await organization.as('AGENT', { memberId: ours });
    expect(await all({}, agent)).toEqual([]);
    expect((await change(agent, 'completeActivity', { id: activity.id })).userErrors).toMatchObject([
      { field: 'id', code: 'NOT_FOUND' },
    ]);
    await change(admin, 'updateActivity', { id: activity.id, attendeeIds: [organization.publicId('member', ours)] });
    expect(await all({}, agent)).toHaveLength(1);
  });

  test('is planned and done in batches, each by itself', async () => {
    const { results } = await change(admin, 'createActivities', {
      items: [
        { kind: 'TASK', subject: 'One' },
        { kind: 'TASK', subject: '' },
        { kind: 'TASK', subject: 'Three' },
      ],
    });
    expect(results.map((result: Answer) => result.activity?.subject ?? result.userErrors[0].code)).toEqual([
      'One',
      'REQUIRED',
      'Three',
    ]);
    const ids = [results[0].activity.id, results[0].activity.id, results[2].activity.id];
    const done = await change(admin, 'completeActivities', { items: ids.map(id => ({ id })) });
    expect(done.results.map((result: Answer) => result.activity?.status ?? result.userErrors[0].code)).toEqual([
      'DONE',
      'CONFLICT',
      'DONE',
    ]);
  });

  test('stands on the timeline of its customer, in the language of the reader', async () => {
    const ana = await customer('Ana');
    const { activity } = await change(admin, 'createActivity', { kind: 'CALL', subject: 'Flour', attendeeIds: [ana] });
    await change(admin, 'completeActivity', { id: activity.id, outcome: 'Twelve sacks' });
    const read = async (language: string): Promise<string[]> => {
      const response = await product.app.server.fastify.inject({
        method: 'POST',
        url: '/graphql',
        headers: { authorization: admin.authorization, 'accept-language': language },
        payload: {
          query: 'query ($id: ID!) { customer(id: $id) { timeline(first: 2) { edges { node { summary } } } } }',
          variables: { id: ana },
        },
      });
      return response.json().data.customer.timeline.edges.map(({ node }: Answer) => node.summary);
    };
    expect(await read('en')).toEqual(['Call made: Flour – Twelve sacks', 'Call planned: Flour']);
    expect(await read('es')).toEqual(['Llamada hecha: Flour – Twelve sacks', 'Llamada planeada: Flour']);
    expect(await read('pt')).toEqual(['Ligação feita: Flour – Twelve sacks', 'Ligação planejada: Flour']);
  });
});
