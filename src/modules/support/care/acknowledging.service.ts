import type { Tx } from '../../../platform/database/database.js';
import { InputError } from '../../../platform/errors.js';
import { publicId } from '../../../platform/ids.js';
import { type Language, Role, Viewer } from '../../access/index.js';
import { addressPost, keepReply, type Network, type Outbox, type Writer } from '../../social/index.js';
import { channelOfPost } from '../tickets/channel.rules.js';
import { addMessages } from '../tickets/message.service.js';
import { TicketMessageKind, type TicketMessageVisibility } from '../tickets/ticket.states.rules.js';
import type { TicketMessageState } from '../tickets/ticket-enums.entity.js';
import { DEFAULT_SETTINGS } from './care.ground.js';
import { careLanguage, careWords } from './care.words.js';
import { foldText } from './folding.rules.js';
import { fillIn } from './intake.rules.js';

/** Who speaks when nobody of us does. It sees everything, and says only what somebody wrote down before. */
export const machineWriter = (organizationId: string, actor: string, language: Language): Writer => ({
  viewer: new Viewer({ actor, organizationId, role: Role.ADMIN }),
  language,
});

interface Ground {
  number: string;
  subject: string;
  language: string | null;
  postId: string;
  network: Network;
  title: string | null;
  text: string;
  author: string;
  identityId: string;
  isOurs: boolean;
  texts: Record<string, string> | null;
  most: number | null;
  defaultLanguage: string;
}

/**
 * Tells whoever opened a ticket (stored id) that it was received: once, at most so many times an hour for one person, and never
 * our own accounts, machines, or somebody who says the same words again, as machines do that pass for people.
 */
export async function acknowledge(
  tx: Tx,
  outbox: Outbox,
  { ticketId, ruleId }: { ticketId: string; ruleId: string },
): Promise<'SENT' | 'NOT_DUE'> {
  const ground = await groundOf(tx, ticketId, ruleId);
  if (!ground || ground.isOurs || !(await isDue(tx, ticketId, ground))) return 'NOT_DUE';
  const language = careLanguage(ground.language, ground.defaultLanguage);
  const words = ground.texts?.[language] ?? ground.texts?.[careLanguage(ground.defaultLanguage)];
  const { number, subject, author } = ground;
  const text = words ? fillIn(words, { number, subject, author }) : careWords(language).acknowledgement(number);
  const writer = machineWriter(tx.scope.organizationId, tx.scope.actor, language);
  const addressed = await addressPost(tx, writer.viewer, { postId: publicId('post', ground.postId) });
  const { replyId } = await keepReply(tx, outbox, writer, addressed, { text, language, isAutomatic: true });
  await tx.query('update acknowledgements set reply_id = $3 where organization_id = $1 and ticket_id = $2', [
    tx.scope.organizationId,
    ticketId,
    replyId,
  ]);
  const [reply] = await tx.query<{ state: TicketMessageState; visibility: TicketMessageVisibility }>(
    'select state, visibility from replies where organization_id = $1 and id = $2',
    [tx.scope.organizationId, replyId],
  );
  await addMessages(tx, [
    {
      ticketId,
      kind: TicketMessageKind.AGENT,
      channel: channelOfPost(ground),
      network: ground.network,
      visibility: reply!.visibility,
      state: reply!.state,
      replyId,
      isAutomatic: true,
      author: tx.scope.actor,
      occurredAt: new Date(),
    },
  ]);
  return 'SENT';
}

async function groundOf(tx: Tx, ticketId: string, ruleId: string): Promise<Ground | undefined> {
  const [ground] = await tx.query<Ground>(
    `select t.number, t.subject, t.language, p.id as "postId", p.network, p.title, p.text, i.id as "identityId",
            coalesce(nullif(i.display_name, ''), i.handle) as author, r.acknowledgement as texts,
            s.acknowledgements_per_hour as most, o.default_language as "defaultLanguage",
            exists (select 1 from accounts a where a.organization_id = t.organization_id and a.network = p.network
                     and (lower(a.handle) = lower(i.handle) or a.external_id = i.external_id)) as "isOurs"
       from tickets t
       join posts p on p.organization_id = t.organization_id and p.id = t.source_post_id and not p.auto and not p.own and p.deleted_at is null
       join social_identities i on i.organization_id = p.organization_id and i.id = p.author_id
       join organizations o on o.id = t.organization_id
       left join intake_rules r on r.organization_id = t.organization_id and r.id = $3
       left join care_settings s on s.organization_id = t.organization_id
      where t.organization_id = $1 and t.id = $2 and t.status not in ('SOLVED', 'CLOSED') and t.merged_into_id is null
        and t.first_responded_at is null`,
    [tx.scope.organizationId, ticketId, ruleId],
  );
  return ground;
}

/** Takes the right to acknowledge. Of several tickets of one person one is asked for at a time. */
async function isDue(tx: Tx, ticketId: string, ground: Ground): Promise<boolean> {
  const { organizationId } = tx.scope;
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `acknowledge:${organizationId}:${ground.identityId}`,
  ]);
  const [before] = await tx.query<{ count: number }>(
    `select count(*)::integer as count from acknowledgements
      where organization_id = $1 and identity_id = $2 and acknowledged_at > now() - interval '1 hour'`,
    [organizationId, ground.identityId],
  );
  if (before!.count >= (ground.most ?? DEFAULT_SETTINGS.acknowledgementsPerHour)) return false;
  const said = await tx.query<{ text: string }>(
    `select p.text from acknowledgements a
       join tickets t on t.organization_id = a.organization_id and t.id = a.ticket_id
       join posts p on p.organization_id = t.organization_id and p.id = t.source_post_id
      where a.organization_id = $1 and a.identity_id = $2 and a.acknowledged_at > now() - interval '1 day'
      order by a.acknowledged_at desc limit 50`,
    [organizationId, ground.identityId],
  );
  if (said.some(({ text }) => foldText(text) === foldText(ground.text))) return false;
  const taken = await tx.query(
    `insert into acknowledgements (organization_id, ticket_id, identity_id) values ($1, $2, $3) on conflict do nothing returning 1`,
    [organizationId, ticketId, ground.identityId],
  );
  return taken.length > 0;
}

/** Whether what stood in the way is that the channel does not take it: then nobody is acknowledged, and nothing is wrong. */
export const isRefusal = (error: unknown): error is InputError => error instanceof InputError;
