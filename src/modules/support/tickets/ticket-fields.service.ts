import type { Tx } from '../../../platform/database/database.js';
import { invalid, sqlState } from '../../../platform/errors.js';
import { optionalLine, type Problems, report } from '../../../platform/input.rules.js';
import { cleanLine, cleanText } from '../../../platform/text.js';
import { Role, type Viewer } from '../../access/index.js';
import {
  CustomFieldSubject,
  cleanLanguage,
  fieldDefinitions,
  mergeCustomFields,
  requireCustomFields,
} from '../../customers/index.js';
import { findStaff } from '../queues/target.queries.js';
import { findNamed } from './named.queries.js';
import type { TicketPriority, TicketType } from './ticket.states.rules.js';
import type { TicketFields } from './ticket-write.inputs.js';

/** What an input sets of a ticket: ids are stored ones, a key that is absent was not said. */
export interface TicketValues {
  description?: string | null;
  type?: TicketType | null;
  priority?: TicketPriority;
  language?: string | null;
  tags?: string[];
  customerId?: string | null;
  identityId?: string | null;
  categoryId?: string | null;
  assigneeId?: string | null;
  teamId?: string | null;
  externalId?: string | null;
  customFields?: Record<string, unknown>;
}

const MOST_DESCRIPTION = 10_000;
const MOST_TAGS = 50;

/** What a customer decides of its own ticket; the rest is dealt with among us. */
const OF_CUSTOMERS = new Set(['description', 'type', 'language', 'categoryId', 'customerId']);

/** What `item` says of a new ticket, or of a `known` one, cleaned, and what it names, found. Everything that is wrong is reported. */
export async function readFields(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  item: TicketFields,
  known?: { customFields: Record<string, unknown> },
): Promise<TicketValues> {
  if (viewer.role === Role.CUSTOMER) refuseInner(problems, item);
  const values: TicketValues = {};
  if (item.description !== undefined) {
    const text = cleanText(item.description ?? '');
    if (text.length > MOST_DESCRIPTION)
      report(problems, 'description', `It has at most ${MOST_DESCRIPTION} characters.`, 'TOO_LONG');
    values.description = text || null;
  }
  if (item.type !== undefined) values.type = item.type;
  if (item.priority != null) values.priority = item.priority;
  if (item.language !== undefined) values.language = cleanLanguage(problems, item.language);
  if (item.tags != null) values.tags = cleanTags(problems, item.tags);
  if (item.externalId !== undefined) values.externalId = optionalLine(problems, 'externalId', item.externalId, 200);
  const named = async (prefix: Parameters<typeof findNamed>[3], field: keyof TicketFields & `${string}Id`) =>
    findNamed(tx, viewer, problems, prefix, item[field], field);
  if (item.customerId !== undefined) values.customerId = await named('customer', 'customerId');
  if (item.identityId !== undefined) values.identityId = await named('identity', 'identityId');
  if (item.categoryId !== undefined) values.categoryId = await named('ticket_category', 'categoryId');
  if (item.assigneeId !== undefined)
    values.assigneeId = await findStaff(tx, viewer, problems, 'member', item.assigneeId, 'assigneeId');
  if (item.teamId !== undefined) values.teamId = await findStaff(tx, viewer, problems, 'team', item.teamId, 'teamId');
  if (values.identityId) await followIdentity(tx, problems, values);
  const fields = await readCustomFields(tx, viewer, problems, item.customFields, known);
  if (fields) values.customFields = fields;
  return values;
}

async function readCustomFields(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  given: unknown,
  known?: { customFields: Record<string, unknown> },
): Promise<Record<string, unknown> | undefined> {
  if (viewer.isHidden('TICKET', 'customFields') || (known && given == null)) return undefined;
  const definitions = await fieldDefinitions(tx, CustomFieldSubject.TICKET);
  const merged = given == null ? {} : mergeCustomFields(problems, definitions, known?.customFields ?? {}, given);
  if (!known) requireCustomFields(problems, definitions, merged);
  return merged;
}

function refuseInner(problems: Problems, item: TicketFields): void {
  for (const [field, value] of Object.entries(item)) {
    const isInner = TICKET_FIELDS.has(field) && !OF_CUSTOMERS.has(field);
    if (isInner && value != null) report(problems, field, 'That is not for its customer to say.', 'NOT_ALLOWED');
  }
}

const TICKET_FIELDS = new Set([
  ...OF_CUSTOMERS,
  'priority',
  'tags',
  'customFields',
  'identityId',
  'assigneeId',
  'teamId',
  'parentId',
  'externalId',
  'channel',
  'network',
  'openedAt',
]);

export function cleanTags(problems: Problems, given: readonly string[]): string[] {
  const tags = [...new Set(given.map(cleanLine).filter(Boolean))];
  if (tags.length > MOST_TAGS) report(problems, 'tags', `There are at most ${MOST_TAGS} tags.`, 'TOO_LONG');
  if (tags.some(tag => tag.length > 50)) report(problems, 'tags', 'A tag has at most 50 characters.', 'TOO_LONG');
  return tags;
}

/** A ticket is the customer's whose identity spoke. */
async function followIdentity(tx: Tx, problems: Problems, values: TicketValues): Promise<void> {
  const [identity] = await tx.query<{ customer_id: string | null }>(
    'select customer_id from social_identities where organization_id = $1 and id = $2',
    [tx.scope.organizationId, values.identityId],
  );
  const owner = identity?.customer_id ?? null;
  if (values.customerId === undefined) values.customerId = owner;
  else if (owner && values.customerId && owner !== values.customerId)
    report(problems, 'identityId', 'The identity is linked to another customer.', 'INVALID');
}

/** Values as columns of the table. */
export const columnsOfValues = (values: TicketValues): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`),
      value,
    ]),
  );

/** What a unique key refuses, as something to mend. */
export function asTaken(error: unknown): unknown {
  const { constraint = '' } = ((error as { driverError?: object }).driverError ?? {}) as { constraint?: string };
  return sqlState(error) === '23505' && constraint === 'tickets_external_id_key'
    ? invalid('externalId', 'Another ticket has this id.', 'TAKEN')
    : error;
}
