import { randomBytes } from 'node:crypto';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type DocumentNode, type FormattedExecutionResult, print } from 'graphql';
import { type App, type AppOptions, openApp } from '../../src/app.js';
import { Role } from '../../src/modules/access/index.js';
import { type Config, readConfig } from '../../src/platform/config.js';
import { newId, publicId } from '../../src/platform/ids.js';
import { openLogger } from '../../src/platform/logger.js';
import { authorizationFor, type Who } from './callers.js';
import { cloneDatabase } from './database.js';
import { quietErp } from './erps/quiet-erp.js';

/** A document of `schema/operations` brings the types of its variables and of its answer; a text brings none. */
interface Send<What extends 'result' | 'data'> {
  <Result, Variables>(
    document: TypedDocumentNode<Result, Variables>,
    variables?: Variables,
  ): Promise<What extends 'data' ? Result : FormattedExecutionResult<Result>>;
  <Result = any>(
    document: string,
    variables?: object,
  ): Promise<What extends 'data' ? Result : FormattedExecutionResult<Result>>;
}

export interface Client {
  /** Sends a document and answers the whole result, errors included. */
  send: Send<'result'>;
  /** The data; throws when there are errors. */
  data: Send<'data'>;
  authorization: string;
}

export interface TestOrganization {
  /** Stored id. */
  id: string;
  slug: string;
  /** A client that acts in this role: by an API key, or by the session of the member that `who` names. */
  as(role: keyof typeof Role, who?: Who): Promise<Client>;
  /** Adds a member and answers its stored id. */
  member(name: string, role?: keyof typeof Role): Promise<string>;
  publicId(prefix: string, id: string): string;
}

export interface TestApp {
  app: App;
  /** Address of its database, as the owner. */
  ownerUrl: string;
  /** A new organisation, so that tests of one file do not meet. */
  organization(): Promise<TestOrganization>;
  anonymous: Client;
  close(): Promise<void>;
}

/** The whole product on a database of its own, with adapters beside those it has. */
export async function openTestApp(
  settings: Partial<Record<keyof Config, string>> = {},
  more: Partial<Pick<AppOptions, 'adapters' | 'log' | 'sending' | 'erps' | 'erpTimes'>> = {},
): Promise<TestApp> {
  const database = await cloneDatabase();
  const app = await openApp({
    config: readConfig({ PORT: '0', LOG_LEVEL: process.env.TEST_LOG ?? 'silent', ...settings }, '/nonexistent'),
    ownerUrl: database.ownerUrl,
    appUrl: database.appUrl,
    log: openLogger(process.env.TEST_LOG ?? 'silent'),
    erps: [quietErp],
    ...more,
  });
  const client = (authorization: string): Client => {
    const send = async (document: string | DocumentNode, variables?: object) => {
      const response = await app.server.fastify.inject({
        method: 'POST',
        url: '/graphql',
        headers: authorization ? { authorization } : {},
        payload: { query: typeof document === 'string' ? document : print(document), variables },
      });
      return response.json();
    };
    return {
      authorization,
      send,
      async data(document: string | DocumentNode, variables?: object) {
        const result = await send(document, variables);
        if (result.errors) throw new Error(JSON.stringify(result.errors));
        return result.data;
      },
    };
  };
  return {
    app,
    ownerUrl: database.ownerUrl,
    anonymous: client(''),
    async organization() {
      const id = newId();
      const slug = `org-${randomBytes(4).toString('hex')}`;
      await app.database.system.query('insert into organizations (id, slug, name) values ($1, $2, $3)', [
        id,
        slug,
        slug,
      ]);
      return {
        id,
        slug,
        publicId,
        async as(role, who = {}) {
          return client(await authorizationFor(app, id, Role[role], who));
        },
        async member(name, role = 'AGENT') {
          const memberId = newId();
          await app.database.system.query(
            'insert into members (organization_id, id, name, email, role) values ($1, $2, $3, $4, $5)',
            [id, memberId, name, `${memberId}@example.com`, role],
          );
          return memberId;
        },
      };
    },
    async close() {
      await app.close();
      await database.drop();
    },
  };
}
