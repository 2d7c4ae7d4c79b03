import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { print } from 'graphql';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import {
  AddNoteDocument,
  AssignConversationDocument,
  ChannelListDocument,
  CheckSourceDocument,
  CorrectSentimentDocument,
  CreateApiKeyDocument,
  CreateCustomerDocument,
  CreateSourceDocument,
  CustomerListDocument,
  CustomerScreenDocument,
  CustomersChangedDocument,
  type CustomersChangedSubscription,
  IdentityInteractionsDocument,
  InboxDocument,
  LinkIdentityDocument,
  PauseSourceDocument,
  PostsChangedDocument,
  type PostsChangedSubscription,
  PostsReceivedDocument,
  type PostsReceivedSubscription,
  RecordConsentDocument,
  ResumeSourceDocument,
  SourceListDocument,
  UnlinkIdentityDocument,
  WhoAmIDocument,
} from '../support/operations.generated.js';
import { accept, listen, mention } from '../support/posts.js';
import { eventually, subscribe, toldSoFar } from '../support/subscriber.js';

let app: TestApp;
let url: string;
let organization: TestOrganization;
let owner: Client;
let memberId: string;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
  url = await listen(app);
  organization = await app.organization();
  const stored = await organization.member('Marta Ruiz', 'OWNER');
  memberId = organization.publicId('member', stored);
  owner = await organization.as('OWNER', { memberId: stored });
});
afterAll(() => app?.close());

async function createCustomer(displayName: string): Promise<string> {
  const { createCustomer: made } = await owner.data(CreateCustomerDocument, {
    input: { kind: 'PERSON', displayName, contactPoints: [{ kind: 'EMAIL', value: 'ana@example.com' }] },
  });
  expect(made.userErrors).toEqual([]);
  expect(made.customer!.contactPoints).toEqual([{ kind: 'EMAIL', value: 'ana@example.com' }]);
  return made.customer!.id;
}

describe('the documents of schema/operations', () => {
  test('take a mention from the inbox to its customer', async () => {
    const customerId = await createCustomer('Ana Prieto');
    await accept(app, organization, [mention('1', { handle: 'anap', text: '@acme ¡El pan llegó frío, es horrible!' })]);

    const { posts } = await owner.data(InboxDocument, { first: 5 });
    expect(posts.totalCount).toBe(1);
    const post = posts.edges[0]!.node;
    expect(post).toMatchObject({ network: 'TWITTER', language: 'es', author: { handle: 'anap', customer: null } });
    expect(post.priority!.reasons.map(({ code }) => code)).toContain('SENTIMENT');

    const { linkIdentity } = await owner.data(LinkIdentityDocument, {
      input: { customerId, identityId: post.author.id, note: 'She said so on the telephone.' },
    });
    expect(linkIdentity.userErrors).toEqual([]);
    expect(linkIdentity.identity!.customer!.id).toBe(customerId);

    const { correctSentiment } = await owner.data(CorrectSentimentDocument, {
      input: { postId: post.id, label: 'NEUTRAL' },
    });
    expect(correctSentiment.post!.sentiment.label).toBe('NEUTRAL');

    const { assignConversation } = await owner.data(AssignConversationDocument, {
      input: { conversationId: post.conversation!.id, assigneeId: memberId },
    });
    expect(assignConversation.conversation!.assignee!.name).toBe('Marta Ruiz');

    const { addNote } = await owner.data(AddNoteDocument, { input: { customerId, text: 'Likes it well baked.' } });
    expect(addNote.note!.text).toBe('Likes it well baked.');
    const { recordConsent } = await owner.data(RecordConsentDocument, {
      input: { customerId, consent: { purpose: 'SERVICE', channel: 'EMAIL', state: 'GRANTED' } },
    });
    expect(recordConsent.userErrors).toEqual([]);

    const { customer } = await owner.data(CustomerScreenDocument, { id: customerId });
    expect(customer!.identities).toMatchObject([{ handle: 'anap', link: { status: 'CONFIRMED' } }]);
    expect(customer!.posts.edges).toHaveLength(1);
    expect(customer!.consents).toHaveLength(1);
    expect(customer!.timeline.edges.length).toBeGreaterThanOrEqual(3);

    const { customers } = await owner.data(CustomerListDocument, { search: 'prieto', first: 5 });
    expect(customers.edges.map(({ node }) => node.id)).toEqual([customerId]);

    const { unlinkIdentity } = await owner.data(UnlinkIdentityDocument, { input: { identityId: post.author.id } });
    expect(unlinkIdentity.identity!.customer).toBeNull();
  });

  test('show who acted on whom', async () => {
    await accept(app, organization, [mention('2', { handle: 'berta', text: 'thanks @carla' })]);
    const { posts } = await owner.data(InboxDocument, { filter: { text: { contains: 'carla' } } });
    const { socialIdentity } = await owner.data(IdentityInteractionsDocument, { id: posts.edges[0]!.node.author.id });
    expect(socialIdentity!.interactions.edges.map(({ node }) => [node.kind, node.to!.handle])).toEqual([
      ['MENTION', 'carla'],
    ]);
  });

  test('follow a feed, and say how it is', async () => {
    const { createSource } = await owner.data(CreateSourceDocument, {
      input: { kind: 'FEED', network: 'BLOG', query: 'https://blog.example/feed' },
    });
    expect(createSource.userErrors).toEqual([]);
    const { id } = createSource.source!;
    const { pauseSource } = await owner.data(PauseSourceDocument, { input: { id } });
    expect(pauseSource.source!.state).toBe('PAUSED');
    const { resumeSource } = await owner.data(ResumeSourceDocument, { input: { id } });
    expect(resumeSource.source!.state).not.toBe('PAUSED');
    const { checkSource } = await owner.data(CheckSourceDocument, { input: { id } });
    expect(checkSource.source!.problem).not.toBeNull();
    const { sources } = await owner.data(SourceListDocument, { first: 5 });
    expect(sources.edges.map(({ node }) => node.id)).toEqual([id]);
    expect((await owner.data(ChannelListDocument)).accounts).toEqual([]);
  });

  test('say who is asking, and let others in', async () => {
    const { viewer } = await owner.data(WhoAmIDocument);
    expect(viewer).toMatchObject({
      role: 'OWNER',
      member: { id: memberId },
      organization: { slug: organization.slug },
    });
    const { createApiKey } = await owner.data(CreateApiKeyDocument, { input: { name: 'console', role: 'AGENT' } });
    expect(createApiKey.userErrors).toEqual([]);
    expect(createApiKey.key).toMatch(/^vnc_/);
  });

  test('tell what happens as it happens', async () => {
    await toldSoFar(app);
    const posts = subscribe<PostsReceivedSubscription>(url, owner.authorization, print(PostsReceivedDocument));
    const changes = subscribe<PostsChangedSubscription>(url, owner.authorization, print(PostsChangedDocument));
    const customers = subscribe<CustomersChangedSubscription>(
      url,
      owner.authorization,
      print(CustomersChangedDocument),
    );
    await eventually(() => app.app.hub.subscribers === 3);
    await accept(app, organization, [mention('3', { text: 'first' })]);
    // An event shows its post as it is when it is told, so it is heard before the edit.
    await posts.until(all => all.some(event => event.postReceived.post.text === 'first'));
    await accept(app, organization, [mention('3', { text: 'edited', revision: '2' })]);
    const customerId = await createCustomer('Berta Ruiz');

    const changed = await changes.until(all => all.some(event => event.postChanged.post.text === 'edited'));
    expect(changed.at(-1)!.postChanged.change).toBe('EDITED');
    const told = await customers.until(all => all.some(event => event.customerChanged.customerId === customerId));
    const made = told.find(event => event.customerChanged.customerId === customerId)!;
    expect(made.customerChanged).toMatchObject({ change: 'CREATED', customer: { displayName: 'Berta Ruiz' } });
    await Promise.all([posts.close(), changes.close(), customers.close()]);
  });
});
