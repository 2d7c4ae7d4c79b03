import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { whileHeld } from '../support/locks.js';
import { accept, mention } from '../support/posts.js';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function texts(organization: TestOrganization, externalId: string) {
  const { rows } = await app.app.database.system.query(
    `select p.text, (select array_agg(r.text order by r.revision) from post_revisions r where r.organization_id = p.organization_id and r.post_id = p.id) as former
       from posts p where p.organization_id = $1 and p.external_id = $2`,
    [organization.id, externalId],
  );
  return rows[0];
}

const said = (revision: string, more: object = {}) => mention('p', { revision, text: `text ${revision}`, ...more });

describe('an edit', () => {
  test('is not lost when somebody else stores the first text meanwhile', async () => {
    const organization = await app.organization();
    const [, second] = await whileHeld(
      app,
      held => accept(app, organization, [said('1')], { finish: held }),
      () => accept(app, organization, [said('2')]),
    );
    expect(second).toMatchObject({ created: 0, edited: 1, unchanged: 0 });
    expect(await texts(organization, 'p')).toEqual({ text: 'text 2', former: ['text 1'] });
  });

  test('keeps the text of another edit made at the same time', async () => {
    const organization = await app.organization();
    await accept(app, organization, [said('1')]);
    await whileHeld(
      app,
      held => accept(app, organization, [said('2')], { finish: held }),
      // Of another thread, so that the two do not meet before the post itself.
      () => accept(app, organization, [said('3', { root: { id: 'q' } })]),
    );
    expect(await texts(organization, 'p')).toEqual({ text: 'text 3', former: ['text 1', 'text 2'] });
  });

  test('takes the verdict of a person on the former text with it', async () => {
    const organization = await app.organization();
    await accept(app, organization, [said('1')]);
    const agent = await organization.as('AGENT');
    const { posts } = await agent.data('{ posts(first: 1) { edges { node { id } } } }');
    await agent.data('mutation M($input: CorrectSentimentInput!) { correctSentiment(input: $input) { post { id } } }', {
      input: { postId: posts.edges[0].node.id, label: 'NEGATIVE' },
    });
    await accept(app, organization, [said('2')]);
    const { rows } = await app.app.database.system.query(
      'select 1 from sentiment_corrections where organization_id = $1',
      [organization.id],
    );
    expect(rows).toEqual([]);
  });
});

describe('an older text', () => {
  test('that an archive holds beside the newer one is imported once, however often and in whatever batches', async () => {
    const organization = await app.organization();
    const batches = [[said('1')], [said('2')]];
    for (const batch of batches) await accept(app, organization, batch);
    for (const batch of [...batches, [said('1'), said('2')], ...batches])
      expect(await accept(app, organization, batch)).toMatchObject({ created: 0, edited: 0 });
    expect(await texts(organization, 'p')).toEqual({ text: 'text 2', former: ['text 1'] });
  });

  test('that came in one batch with the newer one is known when it comes alone', async () => {
    const organization = await app.organization();
    await accept(app, organization, [said('1'), said('2')]);
    expect(await accept(app, organization, [said('1')])).toMatchObject({ edited: 0, unchanged: 1 });
    expect(await texts(organization, 'p')).toEqual({ text: 'text 2', former: ['text 1'] });
  });

  test('does not replace one that was edited later', async () => {
    const organization = await app.organization();
    const at = (minute: number) => ({ editedAt: new Date(Date.UTC(2026, 10, 1, 10, minute)) });
    await accept(app, organization, [said('1')]);
    await accept(app, organization, [said('3', at(3))]);
    expect(await accept(app, organization, [said('2', at(2))])).toMatchObject({ edited: 0 });
    expect(await texts(organization, 'p')).toMatchObject({ text: 'text 3' });
  });

  test('is an edit when its author goes back to it: told as later, or shown as it is now', async () => {
    const organization = await app.organization();
    await accept(app, organization, [said('1')]);
    await accept(app, organization, [said('2')]);
    await accept(app, organization, [said('1', { editedAt: new Date(Date.now() + 60_000) })]);
    expect(await texts(organization, 'p')).toMatchObject({ text: 'text 1' });
    await accept(app, organization, [said('2')]);
    expect(await texts(organization, 'p')).toMatchObject({ text: 'text 1' });
    await accept(app, organization, [said('2')], { isPresent: true });
    expect(await texts(organization, 'p')).toMatchObject({ text: 'text 2' });
  });
});

describe('a post shows', () => {
  const POST =
    'query ($id: ID!) { post(id: $id) { text revisions { text replacedAt } mentions { handle } account { displayName } source { query } } }';
  const shown = async (organization: TestOrganization) => {
    const { rows } = await app.app.database.system.query('select id from posts where organization_id = $1', [
      organization.id,
    ]);
    const owner = await organization.as('OWNER');
    return (await owner.data(POST, { id: organization.publicId('post', rows[0].id) })).post;
  };

  test('its earlier texts until it is removed, whom it names, and how it came', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    const { createAccount } = await owner.data(
      'mutation { createAccount(input: { network: TWITTER, displayName: "Nosotros", handle: "nosotros" }) { account { id } userErrors { field message } } }',
    );
    expect(createAccount.userErrors).toEqual([]);
    const { rows } = await app.app.database.system.query('select id from accounts where organization_id = $1', [
      organization.id,
    ]);
    const options = { accountId: rows[0].id };
    await accept(app, organization, [said('1', { text: 'hi @bea and @ana' })], options);
    await accept(app, organization, [said('2', { text: 'hi @bea, @ana' })], options);
    expect(await shown(organization)).toEqual({
      text: 'hi @bea, @ana',
      revisions: [{ text: 'hi @bea and @ana', replacedAt: expect.any(String) }],
      mentions: [{ handle: 'ana' }, { handle: 'bea' }],
      account: { displayName: 'Nosotros' },
      source: null,
    });
    await accept(app, organization, [{ op: 'delete', ref: { id: 'p' }, occurredAt: new Date(), tombstone: true }]);
    expect(await shown(organization)).toMatchObject({ text: '', revisions: [] });
  });
});

describe('a deletion', () => {
  test('that comes before its post keeps the post away, and leaves nothing of it', async () => {
    const organization = await app.organization();
    const gone = { op: 'delete' as const, ref: { id: 'p' }, occurredAt: new Date(), tombstone: true };
    expect(await accept(app, organization, [gone, gone])).toMatchObject({ deleted: 0 });
    expect(await accept(app, organization, [said('1')])).toMatchObject({ created: 0, unchanged: 1 });
    const { rows } = await app.app.database.system.query(
      `select (select count(*)::int from posts where organization_id = $1) as posts,
              (select count(*)::int from conversations where organization_id = $1) as conversations`,
      [organization.id],
    );
    expect(rows).toEqual([{ posts: 0, conversations: 0 }]);
    expect(await accept(app, organization, [mention('another')])).toMatchObject({ created: 1 });
  });
});
