import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';

let app: TestApp;
let organization: TestOrganization;
let owner: Client;
let customerId: string;

const ERRORS = 'userErrors { field code message }';
const COMPLAINT = `complaint { id stage outcome version nextDueAt acknowledgeBy answerBy steps { kind } } ${ERRORS}`;
const run = (name: string, type: string, shape: string) =>
  `mutation ($input: ${type}!) { ${name}(input: $input) { ${shape} } }`;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
  organization = await app.organization();
  owner = await organization.as('OWNER');
  customerId = newId();
  await app.app.database.system.query(
    `insert into customers (organization_id, id, kind, display_name) values ($1, $2, 'PERSON', 'Rosa Peña')`,
    [organization.id, customerId],
  );
});
afterAll(async () => {
  await app?.close();
});

async function open(subject: string, more: object = {}): Promise<string> {
  const input = { subject, customerId: organization.publicId('customer', customerId), ...more };
  const { openTicket } = await owner.data(run('openTicket', 'OpenTicketInput', `ticket { id } ${ERRORS}`), { input });
  expect(openTicket.userErrors).toEqual([]);
  return openTicket.ticket.id;
}

async function act(name: string, type: string, input: object, by: Client = owner) {
  return (await by.data(run(name, type, COMPLAINT), { input }))[name];
}

describe('a complaint', () => {
  test('is acknowledged, answered, appealed by its customer and decided again by somebody else', async () => {
    const ticketId = await open('El pan tenía piedras');
    const registered = await act('registerComplaint', 'RegisterComplaintInput', { ticketId, severity: 'HIGH' });
    expect(registered.userErrors).toEqual([]);
    const { id, nextDueAt, acknowledgeBy } = registered.complaint;
    expect(nextDueAt).toBe(acknowledgeBy);
    const again = await act('registerComplaint', 'RegisterComplaintInput', { ticketId });
    expect(again).toMatchObject({ complaint: null, userErrors: [{ field: 'ticketId', code: 'TAKEN' }] });

    const early = await act('appealComplaint', 'AppealComplaintInput', { id, reason: 'No' });
    expect(early.userErrors).toMatchObject([
      {
        code: 'NOT_ALLOWED',
        message: expect.stringMatching(/RECEIVED.*becomes ACKNOWLEDGED or ANSWERED or WITHDRAWN/),
      },
    ]);
    const acknowledged = await act('acknowledgeComplaint', 'ComplaintInput', { id });
    expect(acknowledged.complaint).toMatchObject({ stage: 'ACKNOWLEDGED', nextDueAt: acknowledged.complaint.answerBy });
    const stale = await act('answerComplaint', 'AnswerComplaintInput', {
      id,
      version: 1,
      outcome: 'REJECTED',
      answer: 'No.',
    });
    expect(stale.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    const answered = await act('answerComplaint', 'AnswerComplaintInput', {
      id,
      outcome: 'REJECTED',
      answer: 'No había.',
    });
    expect(answered.complaint).toMatchObject({ stage: 'ANSWERED', outcome: 'REJECTED', nextDueAt: null });

    const rosa = await organization.as('CUSTOMER', { customerId });
    const other = newId();
    await app.app.database.system.query(
      `insert into customers (organization_id, id, kind, display_name) values ($1, $2, 'PERSON', 'Otra')`,
      [organization.id, other],
    );
    const stranger = await organization.as('CUSTOMER', { customerId: other });
    const appeal = { id, reason: 'Tengo fotos.' };
    expect((await act('appealComplaint', 'AppealComplaintInput', appeal, stranger)).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    const appealed = await act('appealComplaint', 'AppealComplaintInput', appeal, rosa);
    expect(appealed.complaint).toMatchObject({ stage: 'APPEALED', steps: [] });
    const decision = { id, outcome: 'UPHELD', answer: 'Tiene razón.', remedy: 'Un pan nuevo' };
    expect((await act('answerAppeal', 'AnswerComplaintInput', decision)).userErrors).toMatchObject([
      { code: 'NOT_ALLOWED' },
    ]);
    const manager = await organization.as('MANAGER');
    const decided = await act('answerAppeal', 'AnswerComplaintInput', decision, manager);
    expect(decided.complaint).toMatchObject({ stage: 'CLOSED' });
    expect(decided.complaint.steps.map(({ kind }: { kind: string }) => kind)).toEqual([
      'REGISTERED',
      'ACKNOWLEDGED',
      'ANSWERED',
      'APPEALED',
      'APPEAL_ANSWERED',
    ]);
    const { complaintReport } = await owner.data(
      `query { complaintReport(from: "2020-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z") { received open answered upheld appealed answeredInTimePercent } }`,
    );
    expect(complaintReport).toEqual({
      received: 1,
      open: 0,
      answered: 1,
      upheld: 1,
      appealed: 1,
      answeredInTimePercent: 100,
    });
  });

  test('is registered by its customer as well, of a ticket of its own, and what is weighed among us is not for it', async () => {
    const rosa = await organization.as('CUSTOMER', { customerId });
    const ticketId = await open('La tarta llegó rota', { openedAt: '2026-01-02T03:04:05Z' });
    const input = { ticketId, wanted: 'Otra tarta' };
    const weighed = { ...input, severity: 'HIGH', receivedAt: '2026-01-02T03:04:05Z' };
    const refused = await act('registerComplaint', 'RegisterComplaintInput', weighed, rosa);
    expect(refused.userErrors).toMatchObject([
      { field: 'severity', code: 'NOT_ALLOWED' },
      { field: 'receivedAt', code: 'NOT_ALLOWED' },
    ]);
    const somebody = newId();
    await app.app.database.system.query(
      `insert into customers (organization_id, id, kind, display_name) values ($1, $2, 'PERSON', 'Otra más')`,
      [organization.id, somebody],
    );
    const stranger = await organization.as('CUSTOMER', { customerId: somebody });
    const theirs = await act('registerComplaint', 'RegisterComplaintInput', input, stranger);
    expect(theirs).toMatchObject({ complaint: null, userErrors: [{ field: 'ticketId', code: 'NOT_FOUND' }] });

    const before = Date.now();
    const { complaint, userErrors } = await act('registerComplaint', 'RegisterComplaintInput', input, rosa);
    expect(userErrors).toEqual([]);
    expect(complaint).toMatchObject({ stage: 'RECEIVED', steps: [] });
    // The times run from when it complained, however old the ticket is.
    expect(Date.parse(complaint.acknowledgeBy)).toBeGreaterThan(before);
    const again = await act('registerComplaint', 'RegisterComplaintInput', input, rosa);
    expect(again.userErrors).toMatchObject([{ field: 'ticketId', code: 'TAKEN' }]);
    const SEEN = 'query ($id: ID!) { complaint(id: $id) { wanted severity customer { id } ticket { id type } } }';
    const seen = {
      wanted: 'Otra tarta',
      severity: 'MEDIUM',
      customer: { id: organization.publicId('customer', customerId) },
      ticket: { id: ticketId, type: 'COMPLAINT' },
    };
    for (const by of [rosa, owner]) expect((await by.data(SEEN, complaint)).complaint).toEqual(seen);
    expect((await stranger.data(SEEN, complaint)).complaint).toBeNull();
    const { complaint: known } = await owner.data(
      'query ($id: ID!) { complaint(id: $id) { steps { kind } } }',
      complaint,
    );
    expect(known.steps).toEqual([{ kind: 'REGISTERED' }]);
    const withdrawn = await act('withdrawComplaint', 'ComplaintInput', { id: complaint.id }, rosa);
    expect(withdrawn.complaint).toMatchObject({ stage: 'WITHDRAWN' });
  });

  test('is registered by one customer ten times an hour, however many at once', async () => {
    const many = newId();
    await app.app.database.system.query(
      `insert into customers (organization_id, id, kind, display_name) values ($1, $2, 'PERSON', 'Muchas')`,
      [organization.id, many],
    );
    const client = await organization.as('CUSTOMER', { customerId: many });
    const own = { customerId: organization.publicId('customer', many) };
    const ticketIds = await Promise.all(Array.from({ length: 12 }, (_, at) => open(`Queja ${at}`, own)));
    const document = run('registerComplaint', 'RegisterComplaintInput', COMPLAINT);
    const answers = await Promise.all(ticketIds.map(ticketId => client.send(document, { input: { ticketId } })));
    expect(answers.filter(({ data }) => data?.registerComplaint?.complaint)).toHaveLength(10);
    const refused = answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions));
    expect(refused).toHaveLength(2);
    for (const each of refused) expect(each).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
  });

  test('is whose its ticket turns out to be', async () => {
    const ticketId = await open('Anónima', { customerId: null });
    const { complaint } = await act('registerComplaint', 'RegisterComplaintInput', { ticketId });
    const known = { id: ticketId, customerId: organization.publicId('customer', customerId) };
    await owner.data(run('updateTicket', 'UpdateTicketInput', `ticket { id } ${ERRORS}`), { input: known });
    const { complaint: shown } = await owner.data(
      `query ($id: ID!) { complaint(id: $id) { customer { id } } }`,
      complaint,
    );
    expect(shown.customer).toEqual({ id: known.customerId });
  });

  test('is not lost from sight when its ticket becomes a part of another', async () => {
    const [mergedId, survivorId] = [await open('Piedras'), await open('Piedras otra vez')];
    const { complaint } = await act('registerComplaint', 'RegisterComplaintInput', { ticketId: mergedId });
    const merge = run('mergeTickets', 'MergeTicketsInput', `ticket { complaint { id } } ${ERRORS}`);
    const { mergeTickets } = await owner.data(merge, { input: { survivorId, mergedId } });
    expect(mergeTickets).toEqual({ ticket: { complaint: { id: complaint.id } }, userErrors: [] });
    const other = await open('Una parte');
    await owner.data(merge, { input: { survivorId, mergedId: other } });
    const late = await act('registerComplaint', 'RegisterComplaintInput', { ticketId: other });
    expect(late.userErrors).toMatchObject([{ field: 'ticketId', code: 'NOT_ALLOWED' }]);
  });

  test('registered by two at once is registered once', async () => {
    const ticketId = await open('Dos a la vez');
    const both = await Promise.all([1, 2].map(() => act('registerComplaint', 'RegisterComplaintInput', { ticketId })));
    expect(both.filter(({ complaint }) => complaint)).toHaveLength(1);
    expect(both.flatMap(({ userErrors }) => userErrors)).toMatchObject([{ code: 'TAKEN' }]);
  });
});

describe('codes', () => {
  const CREATE = run('createContactReason', 'CreateContactReasonInput', `reason { id version } ${ERRORS}`);
  const code = async (input: object) => (await owner.data(CREATE, { input })).createContactReason;

  test('are suggested by what the customer says, and given to many tickets at once', async () => {
    const late = await code({
      kind: 'REASON',
      name: 'Late delivery',
      names: { es: 'Entrega tarde' },
      words: ['tarde', 'no ha llegado'],
    });
    await code({ kind: 'REASON', name: 'Billing', words: ['factura'] });
    const cause = await code({ kind: 'ROOT_CAUSE', name: 'Carrier' });
    const ticketId = await open('Mi pedido no ha llegado', { description: 'Siempre TARDE.' });
    const spanish = `query ($id: ID!) { ticket(id: $id) { suggestedReasons { name } reason { name } rootCause { name } } }`;
    expect((await owner.data(spanish, { id: ticketId })).ticket.suggestedReasons).toEqual([{ name: 'Late delivery' }]);
    const other = await open('Otra cosa');
    const items = [
      { ticketId, reasonId: late.reason.id, rootCauseId: cause.reason.id },
      { ticketId: other, reasonId: cause.reason.id },
      { ticketId: other },
    ];
    const { codeTickets } = await owner.data(
      run('codeTickets', 'CodeTicketsInput', `results { index ticket { id } ${ERRORS} } ${ERRORS}`),
      { input: { items } },
    );
    expect(codeTickets.results).toMatchObject([
      { ticket: { id: ticketId }, userErrors: [] },
      { ticket: null, userErrors: [{ field: 'reasonId', code: 'NOT_ALLOWED' }] },
      { ticket: null, userErrors: [{ field: 'reasonId', code: 'REQUIRED' }] },
    ]);
    expect((await owner.data(spanish, { id: ticketId })).ticket).toMatchObject({
      reason: { name: 'Late delivery' },
      rootCause: { name: 'Carrier' },
    });
    const rosa = await organization.as('CUSTOMER', { customerId });
    expect((await rosa.data(spanish, { id: ticketId })).ticket).toEqual({
      suggestedReasons: [],
      reason: null,
      rootCause: null,
    });

    const today = new Date().toISOString().slice(0, 10);
    const report = `query ($day: Date!, $by: SupportGroup) { supportReport(from: $day, to: $day, groupBy: $by) {
      rows { key opened group { ... on ContactReason { name } } } } }`;
    for (const [by, named] of [
      ['REASON', 'Late delivery'],
      ['ROOT_CAUSE', 'Carrier'],
    ]) {
      const { supportReport } = await owner.data(report, { day: today, by });
      expect(supportReport.rows).toContainEqual(expect.objectContaining({ opened: 1, group: { name: named } }));
    }
    const coded = `query ($filter: TicketFilter) { tickets(filter: $filter) { edges { node { id } } } }`;
    const filters = [{ reasonId: { eq: late.reason.id } }, { rootCauseId: { eq: cause.reason.id } }];
    for (const filter of filters)
      expect((await owner.data(coded, { filter })).tickets.edges).toEqual([{ node: { id: ticketId } }]);
    const hidden = await rosa.send(coded, { filter: filters[0] });
    expect(hidden.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  test('form no circle, and none of one kind lies below the other', async () => {
    const [wide, cause] = [
      await code({ kind: 'REASON', name: 'Wide' }),
      await code({ kind: 'ROOT_CAUSE', name: 'Deep' }),
    ];
    const narrow = await code({ kind: 'REASON', name: 'Narrow', parentId: wide.reason.id });
    const update = run('updateContactReason', 'UpdateContactReasonInput', `reason { id } ${ERRORS}`);
    for (const parentId of [narrow.reason.id, cause.reason.id]) {
      const { updateContactReason } = await owner.data(update, { input: { id: wide.reason.id, parentId } });
      expect(updateContactReason.userErrors).toMatchObject([{ field: 'parentId', code: 'NOT_ALLOWED' }]);
    }
    expect((await code({ kind: 'REASON', name: 'Wide' })).userErrors).toMatchObject([{ field: 'name', code: 'TAKEN' }]);
  });
});
