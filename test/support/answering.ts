import { newId, publicId } from '../../src/platform/ids.js';
import type { Client, TestApp, TestOrganization } from './app.js';
import {
  PreviewReplyDocument,
  type PreviewReplyQuery,
  ReplyStateDocument,
  type ReplyStateQuery,
  ReplyToPostDocument,
} from './operations.generated.js';
import { accept, mention } from './posts.js';
import { eventually } from './subscriber.js';

type Given = Parameters<typeof mention>[1];

/** An organisation with an account on a network of ours, where people write to it. */
export async function answeringOn(
  test: TestApp,
  { network, connector = 'echo' }: { network: string; connector?: string },
  role: Parameters<TestOrganization['as']>[0] = 'OWNER',
) {
  const { system } = test.app.database;
  const organization = await test.organization();
  const client = await organization.as(role);
  const account = newId();
  await system.query(
    'insert into accounts (organization_id, id, network, connector, handle) values ($1, $2, $3, $4, $5)',
    [organization.id, account, network, connector, 'panaderia'],
  );

  /** Somebody says something to us; answers the post's public id. */
  async function hear(externalId: string, given: Given = {}): Promise<string> {
    await accept(test, organization, [mention(externalId, { occurredAt: new Date(), ...given })], {
      network: network as never,
      accountId: account,
    });
    const { rows } = await system.query<{ id: string }>(
      'select id from posts where organization_id = $1 and external_id = $2',
      [organization.id, externalId],
    );
    return publicId('post', rows[0]!.id);
  }

  async function reply(postId: string, text: string, more: object = {}, by: Client = client) {
    return (await by.data(ReplyToPostDocument, { input: { postId, text, ...more } })).replyToPost;
  }

  async function preview(postId: string, text: string, more: object = {}): Promise<PreviewReplyQuery['previewReply']> {
    return (await client.data(PreviewReplyDocument, { input: { postId, text, ...more } })).previewReply;
  }

  type Shown = NonNullable<ReplyStateQuery['reply']>;

  async function shown(id: string): Promise<Shown> {
    return (await client.data(ReplyStateDocument, { id })).reply!;
  }

  async function until(id: string, state: string | ((reply: Shown) => boolean)): Promise<Shown> {
    let last: Shown | undefined;
    try {
      return await eventually(async () => {
        last = await shown(id);
        const isThere = typeof state === 'string' ? last.state === state : state(last);
        return isThere ? last : null;
      });
    } catch {
      throw new Error(`It ended as ${JSON.stringify(last)}.`);
    }
  }

  return { organization, client, account, accountId: publicId('account', account), hear, reply, preview, shown, until };
}
