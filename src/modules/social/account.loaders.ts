import { MAX_PAGE } from '../../platform/paging/index.js';
import type { RequestContext } from '../access/index.js';
import { Account } from './account.entity.js';
import { Source } from './source.entity.js';

/** Services keep an organisation's accounts, and an account's sources, to one page. */
export async function allAccounts(context: RequestContext): Promise<Account[]> {
  const page = await context.page<Account>(Account, { first: MAX_PAGE });
  return page.edges.map(edge => edge.node);
}

/** The oldest first; asked for many accounts it is one statement. */
export async function sourcesOfAccount(context: RequestContext, accountId: string): Promise<Source[]> {
  const list = { name: 'account.sources', condition: 't.account_id = k.parent' };
  const page = await context.pageOf<Source>(Source, list, accountId, { first: MAX_PAGE });
  return page.edges.map(edge => edge.node);
}
