import { type GraphQLSchema } from 'graphql';
import { isAllowed, rootRules } from '../../src/modules/access/permissions.rules.js';
import { Role } from '../../src/modules/access/roles.js';
import { newId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from './app.js';
import { type RootField, rootFields } from './documents.js';
import { openEchoNetwork } from './echo-network.js';
import { listen } from './posts.js';
import { openPracticeNetwork } from './practice.js';
import { plant, type Specimens } from './specimens.js';

export type Kind = keyof typeof Role | 'MEMBER';
/** Everybody, as files of tests share them out; a `MEMBER` is an agent who signed in, and not with a key. */
export const KINDS = {
  owner: ['OWNER'],
  managers: ['ADMIN', 'MANAGER'],
  staff: ['AGENT', 'ANALYST', 'MEMBER'],
  outsiders: ['PARTNER', 'CUSTOMER'],
} satisfies Record<string, Kind[]>;

/** What every text of an organisation carries that is somebody else's. */
export const FOREIGN = 'foreignmarker';

export interface Caller {
  role: Role;
  organization: TestOrganization;
  client: Client;
  own: Specimens;
}

/** The product, ready for everything in its schema to be asked for; and an organisation that is somebody else's. */
export interface Stage {
  app: TestApp;
  url: string;
  schema: GraphQLSchema;
  stranger: TestOrganization;
  theirs: Specimens;
  /** Somebody of that kind, in an organisation to themselves: what one changes, no other sees. */
  callerOf(kind: Kind): Promise<Caller>;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const echo = await openEchoNetwork();
  const network = await openPracticeNetwork();
  const app = await openTestApp(
    {
      WORKER: 'off',
      MAX_DEPTH: '50',
      MAX_ALIASES: '1000',
      MAX_COST: '10000000',
      COST_PER_MINUTE: '1000000000',
      ANONYMOUS_COST_PER_MINUTE: '1000000000',
      ALLOW_PRIVATE_ADDRESSES: 'true',
    },
    { adapters: [echo.connector, ...network.connectors] },
  );
  const stranger = await app.organization();
  return {
    app,
    url: await listen(app),
    schema: app.app.server.executor.schema,
    stranger,
    theirs: await plant(app, stranger, FOREIGN),
    async callerOf(kind) {
      const organization = await app.organization();
      const own = await plant(app, organization, 'ownmarker');
      const role = kind === 'MEMBER' ? Role.AGENT : Role[kind];
      const who = {
        ...(kind === 'MEMBER' ? { memberId: newId() } : {}),
        ...(role === Role.CUSTOMER ? { customerId: own.customerId } : {}),
      };
      return { role, organization, own, client: await organization.as(role, who) };
    },
    async close() {
      await app.close();
      await echo.close();
      await network.close();
    },
  };
}

export const codes = (answer: { errors?: readonly { extensions?: { code?: unknown } }[] | undefined }) =>
  (answer.errors ?? []).map(error => error.extensions?.code);

export const permitted = (role: Role, field: string): boolean => {
  const rule = rootRules().get(field);
  if (!rule) throw new Error(`${field} has no rule.`);
  return rule === 'PUBLIC' || isAllowed(role, rule);
};

/** Every query and mutation. */
export const operations = (schema: GraphQLSchema): RootField[] =>
  rootFields(schema).filter(({ root }) => root !== 'Subscription');

/** What nobody can do with made-up words: it takes a secret that was sent to somebody. */
export const NEEDS_SECRET = new Set(['acceptInvitation', 'requestPortalCode', 'setUpFirstOwner', 'signInToPortal']);
