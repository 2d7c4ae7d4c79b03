import { z } from 'zod';
import { type ErpContext, ErpError, type ErpResponse } from '../../src/erp/port.js';
import type { TrytonConfig } from './account.config.js';
import { parseTyped } from './typed.values.js';

const READ_MS = 30_000;
/** Tryton makes invoice and shipment while a sale is processed. */
const WRITE_MS = 90_000;

const login = z.tuple([z.int(), z.string()]);
const preferences = z.looseObject({ company: z.int().nullish(), language: z.string().nullish() });
const answer = z.looseObject({}).refine(body => 'error' in body || 'result' in body);
const ids = z.array(z.int());

/** A condition of Tryton's: a list of clauses, `['OR', …]` or `[field, operator, value]`. */
export type Domain = readonly unknown[];

/** Tryton's JSON-RPC, signed in as one user. Every method throws `ErpError`. */
export class TrytonClient {
  private session: Promise<string> | null = null;
  private signedIn: Promise<z.infer<typeof preferences>> | null = null;
  private number = 0;
  /** When the server last answered, by its own clock where it says so, in milliseconds. */
  serverNow = Date.now();

  constructor(
    private readonly context: ErpContext,
    private readonly config: TrytonConfig,
  ) {}

  /** What the user's own client would send along: company, language. */
  preferences(): Promise<z.infer<typeof preferences>> {
    this.signedIn ??= this.call('model.res.user.get_preferences', [true, {}], false).then(
      result => preferences.catch({}).parse(result),
      error => {
        this.signedIn = null;
        throw error;
      },
    );
    return this.signedIn;
  }

  async company(): Promise<number> {
    const { company } = await this.preferences();
    if (company == null) throw new ErpError('REFUSED', 'The user has no company in Tryton.', { field: 'username' });
    return company;
  }

  /** Of the server; undefined where it keeps that to itself. */
  async version(): Promise<string | undefined> {
    const response = await this.post('common.server.version', [], false, undefined, this.config.server);
    return response.status === 200
      ? z.string().safeParse(this.resultOf(response, 'common.server.version', false)).data
      : undefined;
  }

  async searchRead<Row extends z.ZodType>(
    model: string,
    domain: Domain,
    row: Row,
    fields: readonly string[],
    { limit = null, order = [['id', 'ASC']] }: { limit?: number | null; order?: string[][] } = {},
  ): Promise<z.infer<Row>[]> {
    return this.rowsOf(row, model, await this.ask(`model.${model}.search_read`, [domain, 0, limit, order, fields]));
  }

  /** Rows are in no order, and those that are gone or hidden from this user are missing. */
  async read<Row extends z.ZodType>(
    model: string,
    wanted: readonly number[],
    row: Row,
    fields: readonly string[],
    context: object = {},
  ): Promise<z.infer<Row>[]> {
    if (wanted.length === 0) return [];
    // By a search, for a plain read of one row that is gone is refused for all the others.
    const params = [[['id', 'in', wanted]], 0, null, [['id', 'ASC']], fields];
    return this.rowsOf(row, model, await this.ask(`model.${model}.search_read`, params, context));
  }

  async create(model: string, values: object): Promise<number> {
    const [id] = ids.parse(await this.change(`model.${model}.create`, [[values]]));
    return id!;
  }

  /** Asks something that only reads. */
  async ask(method: string, params: readonly unknown[], context: object = {}): Promise<unknown> {
    return this.call(method, [...params, { ...(await this.preferences()), active_test: false, ...context }], false);
  }

  /** Asks something that writes. Where nothing is heard of it, the error says that it may have happened. */
  async change(method: string, params: readonly unknown[], context: object = {}): Promise<unknown> {
    const all = [...params, { ...(await this.preferences()), ...context }];
    for (const answered = new Set<string>(); ; ) {
      try {
        return await this.call(method, all, true);
      } catch (error) {
        if (!(error instanceof TrytonWarning) || !this.config.acceptsWarnings || answered.has(error.warning))
          throw error;
        answered.add(error.warning);
        const user = Number((await this.signIn()).split(':')[1]);
        await this.call('model.res.user.warning.create', [[{ user, name: error.warning, always: false }], {}], true);
      }
    }
  }

  async close(): Promise<void> {
    if (!this.session) return;
    // The session ends by itself; that this is not heard harms nobody.
    const session = await this.session.catch(() => undefined);
    this.session = null;
    if (session) await this.post('common.db.logout', [], false, session).catch(() => {});
  }

  private rowsOf<Row extends z.ZodType>(row: Row, model: string, result: unknown): z.infer<Row>[] {
    return z
      .array(z.unknown())
      .parse(result)
      .flatMap(each => {
        const parsed = row.safeParse(each);
        if (parsed.success) return [parsed.data];
        const id = z.object({ id: z.int() }).safeParse(each).data?.id;
        this.context.warn('A row of Tryton is not understood and left out.', {
          model,
          id,
          fields: parsed.error.issues.map(issue => issue.path.join('.')),
        });
        return [];
      });
  }

  private async call(method: string, params: readonly unknown[], writes: boolean): Promise<unknown> {
    const session = await this.signIn();
    const response = await this.post(method, params, writes, session);
    // Refused before anything was done, so it can be said again by a session that is new.
    if (response.status !== 401 && response.status !== 403) return this.resultOf(response, method, writes);
    this.session = null;
    return this.resultOf(await this.post(method, params, writes, await this.signIn()), method, writes);
  }

  private signIn(): Promise<string> {
    this.session ??= this.openSession().catch(error => {
      this.session = null;
      throw error;
    });
    return this.session;
  }

  private async openSession(): Promise<string> {
    const { username, password } = this.config;
    const response = await this.post('common.db.login', [username, { password }, null], false);
    if (response.status === 401 || response.status === 403) throw wrongPassword();
    if (response.status === 404) throw new ErpError('NOT_FOUND', 'Tryton has no such database.', { field: 'database' });
    const signed = login.safeParse(this.signedOf(response));
    if (!signed.success) throw new ErpError('BROKEN', 'What answers there is not Tryton.', { field: 'url' });
    return `${username}:${signed.data[0]}:${signed.data[1]}`;
  }

  private signedOf(response: ErpResponse): unknown {
    try {
      return this.resultOf(response, 'common.db.login', false);
    } catch (error) {
      // On SQLite one that is not there is a failure like any other.
      if (!(error instanceof ErpError) || error.code !== 'BROKEN') throw error;
      throw new ErpError('BROKEN', 'Tryton cannot open this database.', { field: 'database' });
    }
  }

  private async post(
    method: string,
    params: readonly unknown[],
    writes: boolean,
    session?: string,
    url = this.config.endpoint,
  ): Promise<ErpResponse> {
    try {
      const response = await this.context.fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(session ? { authorization: `Session ${Buffer.from(session).toString('base64')}` } : {}),
        },
        body: JSON.stringify({ id: ++this.number, method, params }),
        timeoutMs: writes ? WRITE_MS : READ_MS,
      });
      const said = Date.parse(response.headers['date'] ?? '');
      this.serverNow = Number.isNaN(said) ? Date.now() : said;
      return response;
    } catch (error) {
      const { code, details } =
        error instanceof ErpError ? error : { code: 'UNREACHABLE' as const, details: { mayHaveHappened: true } };
      // What only reads is a POST, too.
      const mayHaveHappened = writes && (details.mayHaveHappened ?? true);
      throw new ErpError(code, `Tryton did not answer to ${method}.`, { ...details, mayHaveHappened });
    }
  }

  private resultOf(response: ErpResponse, method: string, writes: boolean): unknown {
    const { status } = response;
    if (status === 429) {
      const seconds = Number(response.headers['retry-after']);
      throw new ErpError(
        'RATE_LIMITED',
        'Tryton asks for a pause.',
        seconds > 0 ? { retryAfterMs: seconds * 1000 } : {},
      );
    }
    if (status === 401 || status === 403)
      throw new ErpError('REFUSED', `Tryton does not let this user call ${method}.`);
    if (status >= 500)
      throw new ErpError('UNREACHABLE', `Tryton answers ${status} to ${method}.`, { mayHaveHappened: writes });
    if (status !== 200) throw new ErpError(status === 404 ? 'NOT_FOUND' : 'BROKEN', `Tryton answers ${status}.`);
    let parsed: z.infer<typeof answer>;
    try {
      parsed = answer.parse(parseTyped(response.text));
    } catch {
      throw new ErpError('BROKEN', `Tryton's answer to ${method} is not understood.`, { mayHaveHappened: writes });
    }
    if ('error' in parsed) throw faultOf(parsed['error'], method);
    return parsed['result'];
  }
}

/** What Tryton asks its user before it goes on. */
export class TrytonWarning extends ErpError {
  constructor(
    readonly warning: string,
    message: string,
  ) {
    super('REFUSED', message);
  }
}

const fault = z.union([
  z.tuple([z.literal('UserError'), z.tuple([z.string(), z.string().nullish()], z.unknown())]),
  z.tuple([z.literal('UserWarning'), z.tuple([z.string(), z.string(), z.string().nullish()], z.unknown())]),
  z.tuple([z.literal('LoginException'), z.unknown()]),
  z.tuple([z.literal('ConcurrencyException'), z.unknown()]),
]);

/** Tryton rolls back whatever it answers with an error, so nothing of it has happened. */
function faultOf(error: unknown, method: string): ErpError {
  const { data } = fault.safeParse(error);
  // The text of another error is of its program, and may show rows or a path of its machine.
  if (!data) return new ErpError('BROKEN', `Tryton failed at ${method}.`, { mayHaveHappened: false });
  switch (data[0]) {
    case 'UserError':
      return new ErpError('REFUSED', [data[1][0], data[1][1]].filter(Boolean).join(' – '));
    case 'UserWarning':
      return new TrytonWarning(data[1][0], [data[1][1], data[1][2]].filter(Boolean).join(' – '));
    case 'LoginException':
      return wrongPassword();
    default:
      return new ErpError('UNREACHABLE', 'Somebody changed the same record in Tryton meanwhile.');
  }
}

const wrongPassword = (): ErpError =>
  new ErpError('UNAUTHORIZED', 'Tryton does not take this user and password.', { field: 'password' });
