import { randomBytes } from 'node:crypto';
import { getNamedType, isObjectType } from 'graphql';
import { areas } from './areas/index.js';
import { minimal, type RootField, withValue } from './documents.js';
import type { Specimens } from './specimens.js';

/** Which specimen an id stands for, by the name of the argument or input field that takes it. */
const BY_NAME: Record<string, string> = {
  customerId: 'customer',
  survivorId: 'customer',
  mergedIds: 'other_customer',
  mergeId: 'merge',
  fromId: 'customer',
  toId: 'other_customer',
  identityId: 'identity',
  authorId: 'linked_identity',
  conversationId: 'conversation',
  postId: 'post',
  teamId: 'team',
  teamIds: 'team',
  parentId: 'team',
  memberId: 'member',
  assigneeId: 'member',
  ownerId: 'member',
  actor: 'member',
  accountId: 'account',
  account: 'account',
  with: 'account',
  center: 'linked_identity',
  from: 'identity',
  to: 'linked_identity',
  post: 'post',
  community: 'community',
  sourceId: 'source',
  subjectId: 'customer',
  ids: 'customer',
  recipientId: 'linked_identity',
  ...Object.assign({}, ...areas.map(({ byName }) => byName)),
};

const BY_FIELD: Record<string, string> = Object.assign({}, ...areas.map(({ byField }) => byField));

/** Which specimen `id` stands for in a mutation, by the mutation's name; the first that fits. */
const BY_MUTATION: [RegExp, string][] = [
  [/^removeTeam$/, 'spare_team'],
  ...areas.flatMap(({ byMutation }) => byMutation ?? []),
  [/^unrelateCustomers$/, 'relation'],
  [/^restoreCustomer$/, 'deleted_customer'],
  [/LinkSuggestion$/, 'suggestion'],
  [/ContactPoint$/, 'contact'],
  [/Customers?$/, 'customer'],
  [/Note$/, 'note'],
  [/Member$/, 'member'],
  [/Team$/, 'team'],
  [/ApiKey$/, 'api_key'],
  [/OAuthClient$/, 'oauth_client'],
  [/Account$/, 'account'],
  [/Source(Now)?$/, 'source'],
  [/GraphRun$/, 'graph_run'],
  [/^(approve|reject)Reply$/, 'waiting_reply'],
  [/^retryReply$/, 'failed_reply'],
  [/^resolveReply$/, 'unknown_reply'],
  [/^deleteReply$/, 'sent_reply'],
  [/Reply$/, 'reply'],
];

const BY_TYPE: Record<string, string> = {
  Account: 'account',
  ApiKey: 'api_key',
  AuditEntry: 'customer',
  Community: 'community',
  GraphRun: 'graph_run',
  Conversation: 'conversation',
  Customer: 'customer',
  JSON: 'customer',
  LinkSuggestion: 'suggestion',
  Member: 'member',
  Node: 'customer',
  OAuthClient: 'oauth_client',
  Post: 'post',
  PostChanged: 'post',
  PostReceived: 'post',
  Reply: 'reply',
  ReplyChanged: 'reply',
  SocialIdentity: 'linked_identity',
  Source: 'source',
  Team: 'team',
  ...Object.assign({}, ...areas.map(({ byType }) => byType)),
};

/** Which specimen belongs where `path` of a root field takes an id. Throws for a place nobody has described. */
export function specimenAt({ root, field }: RootField, path: string[]): string {
  const name = path.findLast(part => !['eq', 'in'].includes(part))!;
  if (field.name === 'unlinkIdentity' && name === 'identityId') return 'linked_identity';
  let kind = BY_FIELD[`${field.name}.${name}`] ?? BY_NAME[name];
  if (name === 'id') {
    kind =
      root === 'Mutation'
        ? BY_MUTATION.find(([pattern]) => pattern.test(field.name))?.[1]
        : BY_TYPE[shownType(field.type)];
  }
  if (!kind) throw new Error(`${field.name} takes an id at ${path.join('.')}: say in ${import.meta.filename} of what.`);
  return kind;
}

function shownType(output: RootField['field']['type']): string {
  const type = getNamedType(output);
  const edges = isObjectType(type) ? type.getFields()['edges'] : undefined;
  const edge = edges && getNamedType(edges.type);
  return edge && isObjectType(edge) ? getNamedType(edge.getFields()['node']!.type).name : type.name;
}

/** What a call needs beyond what its input requires, or other than the first value of an enumeration. */
const SENSIBLE: Record<string, [path: string, value: (own: Specimens) => unknown][]> = {
  ...Object.assign({}, ...areas.map(({ sensible }) => sensible)),
  beginAccountConnection: [
    ['input.connector', () => 'practice-sign-in'],
    ['input.settings', () => ({ name: 'clientId', value: 'ours' })],
    ['input.secrets', () => ({ name: 'clientSecret', value: 'open sesame' })],
  ],
  connectAccount: [
    ['input.connector', () => 'practice'],
    ['input.secrets', () => ({ name: 'token', value: `good-${fresh()}` })],
  ],
  setAccountCredentials: [['input.secrets', () => ({ name: 'token', value: `good-${fresh()}` })]],
  addContactPoint: [['input.contactPoint', () => ({ kind: 'EMAIL', value: `${fresh()}@example.com` })]],
  createApiKey: [['input.role', () => 'ANALYST']],
  createCustomer: [['input.displayName', fresh]],
  createCustomers: [['input.items.displayName', fresh]],
  createOAuthClient: [['input.role', () => 'ANALYST']],
  createSource: [['input', () => ({ network: 'BLOG', kind: 'FEED', query: `https://example.com/${fresh()}` })]],
  customerByContactPoint: [['kind', () => 'EMAIL']],
  defineCustomField: [['input.type', () => 'TEXT']],
  inviteMember: [['input.role', () => 'ANALYST']],
  placeCall: [['input.number', () => '+34910000000']],
  sendDirectMessage: [['input.identityId', own => own.ids['linked_identity']]],
  recordConsent: [['input.consent.state', () => 'GRANTED']],
  removeCustomField: [['input.key', own => own.marker]],
  removePreference: [['input.key', own => own.marker]],
  resetAccessRule: [['input.role', () => 'ANALYST']],
  setAccountBudget: [['input.monthlyBudget', () => '12.50']],
  setAccessRule: [
    ['input.role', () => 'ANALYST'],
    ['input.scope', () => 'ALL'],
  ],
  setMatchingRules: [['input.review', () => 0.5]],
  upsertCustomers: [
    ['input.items.displayName', fresh],
    ['input.items.externalId', fresh],
  ],
};

function fresh(): string {
  return `a${randomBytes(5).toString('hex')}`;
}

const TEXTS: Record<string, () => string> = {
  email: () => `${fresh()}@example.com`,
  password: () => 'correct horse battery',
  query: () => `https://example.com/${fresh()}`,
};

/** The smallest variables with which a root field does something to `own`. */
export function argumentsFor(root: RootField, own: Specimens): Record<string, unknown> {
  const leaf = leafOf(root, own);
  let variables = Object.fromEntries(
    root.field.args
      .filter(argument => String(argument.type).endsWith('!') && argument.defaultValue === undefined)
      .map(argument => [argument.name, minimal(argument.type, [argument.name], leaf)]),
  );
  for (const [path, value] of SENSIBLE[root.field.name] ?? [])
    variables = withValue(variables, root.field.args, path.split('.'), value(own), leaf);
  return variables;
}

export function leafOf(root: RootField, own: Specimens) {
  return (path: string[], type: string): unknown => {
    switch (type) {
      case 'ID':
        return own.ids[specimenAt(root, path)];
      case 'Int':
      case 'Float':
        return 1;
      case 'Boolean':
        return true;
      case 'DateTime':
        return '2026-11-01T10:00:00Z';
      case 'Decimal':
        return '1';
      case 'Date':
        return '2026-11-01';
      case 'JSON':
        return {};
      case 'String':
        return (TEXTS[path.at(-1)!] ?? fresh)();
      default:
        throw new Error(`${root.field.name} takes a ${type} at ${path.join('.')}: say here what one looks like.`);
    }
  };
}
