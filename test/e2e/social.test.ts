import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Network } from '../../src/ingest/connector.js';
import { sortEvents } from '../../src/ingest/inbound.rules.js';
import { sentimentModelOf, trainOnCorrections } from '../../src/modules/social/index.js';
import { newId, publicId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { accept, mention } from '../support/posts.js';
import { type Social, socialOf } from '../support/social.js';

let app: TestApp;
let organization: TestOrganization;
let client: Client;
let social: Social;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(() => app?.close());
beforeEach(async () => {
  organization = await app.organization();
  client = await organization.as('OWNER');
  social = socialOf(app, organization, client);
});

const say: Social['say'] = (...given) => social.say(...given);
const identity: Social['identity'] = (...given) => social.identity(...given);
const post: Social['post'] = (...given) => social.post(...given);

describe('what becomes of a post', () => {
  test('an edit replaces what it said and keeps that it was edited; the same revision again changes nothing', async () => {
    await say('1', { text: 'me encanta #pan' });
    const before = await post('1');
    expect(await say('1', { text: 'something else', revision: '1' })).toMatchObject({ unchanged: 1, edited: 0 });
    expect((await post('1')).text).toBe('me encanta #pan');
    expect(await say('1', { text: 'odio el #queso', revision: '2' })).toMatchObject({ edited: 1, created: 0 });
    const after = await post('1');
    expect(after).toMatchObject({
      id: before.id,
      text: 'odio el #queso',
      hashtags: ['queso'],
      editedAt: expect.any(String),
    });
    expect([before.sentiment.label, after.sentiment.label]).toEqual(['POSITIVE', 'NEGATIVE']);
  });

  test('a deletion marks it, a tombstone also takes away what it said, and neither comes back', async () => {
    await say('1', { text: 'keep #this' });
    await say('2', { text: 'forget #this' });
    await say('2', { text: 'forget #this too', revision: '2' });
    const gone = new Date('2026-11-03T10:00:00Z');
    const remove = (id: string, tombstone: boolean) =>
      accept(app, organization, [{ op: 'delete', ref: { id }, occurredAt: gone, tombstone }]);
    expect(await remove('1', false)).toMatchObject({ deleted: 1 });
    expect(await remove('2', true)).toMatchObject({ deleted: 1 });
    expect(await remove('2', true)).toMatchObject({ deleted: 0 });
    expect(await remove('unknown', true)).toMatchObject({ deleted: 0 });
    expect(await post('1')).toMatchObject({ text: 'keep #this', deletedAt: '2026-11-03T10:00:00Z' });
    expect(await post('2')).toMatchObject({ text: '', hashtags: [], media: [], links: [] });
    const { rowCount } = await app.app.database.system.query(
      `select 1 from post_revisions where organization_id = $1 and text like 'forget%'`,
      [organization.id],
    );
    expect(rowCount).toBe(0);
    await say('2', { text: 'I am back', revision: '3' });
    expect((await post('2')).text).toBe('');
  });

  test('a reply is tied to what it answers, also when it comes first', async () => {
    await say('reply', { handle: 'eva', parent: { id: 'root' }, text: 'sí' });
    expect((await post('reply')).inReplyTo).toBeNull();
    await say('root', { handle: 'ana', text: '¿abren?' });
    await say('later', { handle: 'luis', parent: { id: 'reply' }, text: 'gracias' });
    expect((await post('reply')).inReplyTo).toEqual({ externalId: 'root' });
    expect((await post('later')).inReplyTo).toEqual({ externalId: 'reply' });
    const conversations = await Promise.all(
      ['root', 'reply', 'later'].map(async id => (await post(id)).conversation.id),
    );
    expect(new Set(conversations).size).toBe(1);
    expect((await identity('eva')).sent.edges).toEqual([{ node: { kind: 'REPLY', to: { handle: 'ana' } } }]);
    expect((await identity('eva')).got.edges).toEqual([{ node: { kind: 'REPLY', from: { handle: 'luis' } } }]);
    expect((await identity('eva')).all.totalCount).toBe(2);
  });

  test('replies that come in the opposite order end in one conversation', async () => {
    await say('c', { handle: 'c', parent: { id: 'b' } });
    await say('b', { handle: 'b', parent: { id: 'a' } });
    await say('a', { handle: 'a' });
    const conversations = await Promise.all(['a', 'b', 'c'].map(async id => (await post(id)).conversation.id));
    expect(new Set(conversations).size).toBe(1);
    expect((await client.data('{ conversations { totalCount } }')).conversations.totalCount).toBe(1);
    // Two that answer each other, as only a broken network would say.
    await say('x', { handle: 'x', parent: { id: 'y' } });
    await say('y', { handle: 'y', parent: { id: 'x' } });
    expect((await post('y')).conversation).not.toBeNull();
  });

  test('whom it names, quotes and passes on is told once each, whatever comes twice', async () => {
    const event = mention('1', {
      handle: 'ana',
      text: '@eva @eva y @luis',
      quoted: { id: 'q', author: { handle: 'pia' } },
      reposted: { id: 'r', author: { handle: 'noa' } },
    });
    await accept(app, organization, [event, event]);
    await accept(app, organization, [event]);
    const { sent } = await identity('ana');
    expect(sent.edges.map(({ node }: any) => `${node.kind} ${node.to.handle}`).sort()).toEqual([
      'MENTION eva',
      'MENTION luis',
      'QUOTE pia',
      'REPOST noa',
    ]);
  });

  test('who speaks of themselves did it once', async () => {
    await say('1', { handle: 'ana', text: 'soy @ana' });
    const { all } = await identity('ana');
    expect(all.totalCount).toBe(all.edges.length);
    expect(all.totalCount).toBeLessThanOrEqual(1);
  });
});

describe('an identity', () => {
  test('is known by the id of its network: its handle may change, and pass to another', async () => {
    await say('1', { author: { id: '1', handle: 'ana' } });
    await say('2', { author: { id: '1', handle: 'ana_gil' } });
    await say('3', { author: { id: '2', handle: 'ana' } });
    const [first, second] = [await identity('ana_gil'), await identity('ana')];
    expect(first).toMatchObject({ externalId: '1', posts: { totalCount: 2 } });
    expect(second).toMatchObject({ externalId: '2', posts: { totalCount: 1 } });
    await say('4', { handle: 'eva', text: '@ana hola' });
    expect((await identity('ana')).got.totalCount).toBe(1);
    expect((await identity('ana_gil')).got.totalCount).toBe(0);
  });

  test('known by its handle alone is the one whose id is told later', async () => {
    await say('1', { handle: 'eva', text: '@Ana hola' });
    await say('2', { author: { id: '1', handle: 'ana' } });
    expect(await identity('ana')).toMatchObject({ externalId: '1', got: { totalCount: 1 }, posts: { totalCount: 1 } });
    expect((await client.data('{ socialIdentities { totalCount } }')).socialIdentities.totalCount).toBe(2);
  });

  test('of one handle on two networks is two', async () => {
    await say('1', { handle: 'ana' });
    await accept(app, organization, [mention('1', { handle: 'ana' })], { network: Network.BLUESKY });
    const [here, there] = [await identity('ana'), await identity('ana', 'BLUESKY')];
    expect(here.id).not.toBe(there.id);
    expect((await client.data('{ posts { totalCount } }')).posts.totalCount).toBe(2);
  });

  test('that ten writers meet at once is one, with all its posts', async () => {
    await Promise.all(
      Array.from({ length: 10 }, (_, at) => say(`p${at % 5}`, { author: { id: '1', handle: 'ana' }, text: '@eva' })),
    );
    expect(await identity('ana')).toMatchObject({ posts: { totalCount: 5 }, sent: { totalCount: 5 } });
    expect((await client.data('{ socialIdentities { totalCount } }')).socialIdentities.totalCount).toBe(2);
  });
});

describe('people', () => {
  test('take conversations, hand them on, and close them', async () => {
    await say('1');
    const { conversation } = await post('1');
    const memberId = publicId('member', await organization.member('Marta Ruiz'));
    const teamId = (await client.data('mutation { createTeam(input: { name: "Front" }) { team { id } } }')).createTeam
      .team.id;
    const assign = async (input: object) =>
      (
        await client.data(
          'mutation ($input: AssignConversationInput!) { assignConversation(input: $input) { conversation { assignee { name } team { name } } userErrors { field code } } }',
          { input: { conversationId: conversation.id, ...input } },
        )
      ).assignConversation;
    expect(await assign({ assigneeId: memberId, teamId })).toEqual({
      conversation: { assignee: { name: 'Marta Ruiz' }, team: { name: 'Front' } },
      userErrors: [],
    });
    expect(await assign({ assigneeId: publicId('member', newId()) })).toEqual({
      conversation: null,
      userErrors: [{ field: 'assigneeId', code: 'NOT_FOUND' }],
    });
    expect(await assign({})).toMatchObject({ conversation: { assignee: null, team: null } });
    const status = async (to: string) =>
      (
        await client.data(
          'mutation ($input: SetConversationStatusInput!) { setConversationStatus(input: $input) { conversation { status } userErrors { code } } }',
          { input: { conversationId: conversation.id, status: to } },
        )
      ).setConversationStatus;
    for (const to of ['PENDING', 'CLOSED', 'OPEN'])
      expect(await status(to)).toEqual({ conversation: { status: to }, userErrors: [] });
    const listed = await client.data('{ conversations(filter: { status: { eq: OPEN } }) { totalCount } }');
    expect(listed.conversations.totalCount).toBe(1);
  });

  test('correct a sentiment, and after three hundred corrections new posts are judged as they judge', async () => {
    await say('1', { text: 'qué pasada de pan' });
    const { id } = await post('1');
    const corrected = await client.data(
      'mutation ($input: CorrectSentimentInput!) { correctSentiment(input: $input) { post { sentiment { label score } } userErrors { code } } }',
      { input: { postId: id, label: 'POSITIVE' } },
    );
    expect(corrected.correctSentiment).toEqual({
      post: { sentiment: { label: 'POSITIVE', score: 1 } },
      userErrors: [],
    });

    const scope = { organizationId: organization.id, actor: 'system:test', requestId: 'test' };
    expect(await trainOnCorrections(app.app.database, scope)).toEqual({ examples: 1, kept: false });
    // Words that no list knows: only from corrections can it be learned what they mean here.
    const sentences = Array.from({ length: 300 }, (_, at) => {
      const label = ['POSITIVE', 'NEGATIVE', 'NEUTRAL'][at % 3]!;
      const word = { POSITIVE: 'zumbante', NEGATIVE: 'grumoso', NEUTRAL: 'plano' }[label]!;
      return {
        label,
        text: `el pan ${['de hoy', 'blanco', 'de centeno', 'del domingo'][at % 4]} estaba ${word} ${at}`,
      };
    });
    await accept(
      app,
      organization,
      sentences.map(({ text }, at) => mention(`t${at}`, { text })),
    );
    await app.app.database.system.query(
      `insert into sentiment_corrections (organization_id, id, post_id, label, previous_label, corrected_by)
       select p.organization_id, gen_random_uuid(), p.id, c.label, p.sentiment_label, 'system:test'
         from posts p join unnest($2::text[], $3::text[]) as c(external_id, label) on c.external_id = p.external_id where p.organization_id = $1`,
      [organization.id, sentences.map((_, at) => `t${at}`), sentences.map(({ label }) => label)],
    );
    expect(await trainOnCorrections(app.app.database, scope)).toEqual({ examples: 301, kept: true });
    const model = await sentimentModelOf(app.app.database, scope);
    await accept(app, organization, [mention('new', { text: 'el pan de ayer estaba grumoso' })], { model });
    expect((await post('new')).sentiment.label).toBe('NEGATIVE');
  });
});

describe('what people write', () => {
  test('is kept as far as it can be kept, and never stops those who write beside it', async () => {
    const texts = ['a\u0000b', '\ud800 half', '\u202eevil\u202c', '🥖'.repeat(250_000), '', '\u0007\u001b[31m', 'Z̸̧̢̛͍͓̤'];
    const written = [
      ...texts.map((text, at) =>
        mention(`odd${at}`, { text, author: { handle: `odd${at}`, displayName: text.slice(0, 500) } }),
      ),
      mention('plain', { text: 'hola' }),
    ];
    // As a source's batch is: sorted, then kept.
    await accept(app, organization, sortEvents(written, new Date()).kept);
    expect((await post('plain')).text).toBe('hola');
    expect((await post('odd0')).text).not.toContain('\u0000');
    expect((await post('odd2')).text).toContain('evil');
    const { posts } = await client.data(
      '{ posts(first: 50) { totalCount edges { node { text author { displayName } } } } }',
    );
    expect(posts.totalCount).toBe(texts.length + 1);
  });
});
