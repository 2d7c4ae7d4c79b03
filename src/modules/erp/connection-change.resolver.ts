import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { InputError, invalid } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { mutate, Permit, RequestContext } from '../access/index.js';
import { ErpSystem } from './connection.entity.js';
import {
  ConnectErpInput,
  DryRunErpInput,
  DryRunErpPayload,
  ErpConnectionIdInput,
  ErpConnectionPayload,
  RemoveErpPayload,
  ReplayErpInput,
  SetErpFieldRulesInput,
  UpdateErpConnectionInput,
} from './connection.inputs.js';
import {
  type CheckedGiven,
  changeErpConnection,
  keepErpConnection,
  pauseErp,
  removeErp,
  replayErp,
  resumeErp,
  setErpFieldRules,
  syncErpNow,
} from './connection.service.js';
import type { ErpAdapterFacts, ErpDesk } from './desk.js';
import { checkServers, sortValues } from './given.rules.js';
import type { ErpRecordKind } from './kinds.rules.js';

const MOST_SHOWN = 500;

@Resolver(() => ErpSystem)
export class ErpConnectionChangeResolver {
  constructor(private readonly desk: ErpDesk) {}

  @Permit('erp:manage')
  @Mutation(() => ErpConnectionPayload, {
    description: 'Connects an ERP: it is asked to let us in, then it is read at once and from then on.',
  })
  async connectErp(
    @Arg('input', () => ConnectErpInput, { description: 'The ERP.' }) input: ConnectErpInput,
    @Ctx() context: RequestContext,
  ) {
    const id = newId();
    const checked = await attempt(() =>
      this.checked(context, input.adapter, id, sortValues(this.adapter(input.adapter), input)),
    );
    return mutate(context, 'connectErp', this.withoutSecrets(input), tx => keepErpConnection(tx, id, input, checked()));
  }

  @Permit('erp:manage')
  @Mutation(() => ErpConnectionPayload, {
    description:
      'Changes a connection. With other settings or secrets the ERP is asked to let us in before they are kept.',
  })
  async updateErpConnection(
    @Arg('input', () => UpdateErpConnectionInput, { description: 'What to change.' }) input: UpdateErpConnectionInput,
    @Ctx() context: RequestContext,
  ) {
    const checked = await attempt(async () => {
      if (!input.settings && !input.secrets) return null;
      const known = await context.recordByPublicId<ErpSystem>(ErpSystem, input.id);
      if (!known) throw invalid('id', 'There is no such connection, or you may not see it.', 'NOT_FOUND');
      const secrets = await this.desk.secretsOf(context.viewer.organizationId, known.id);
      const before = { settings: known.settings, secrets };
      const values = sortValues(this.adapter(known.adapter), input, before);
      const serversOf = (settings: Record<string, string>) => this.desk.servers(known.adapter, settings);
      checkServers(serversOf, values.settings, before, input.secrets ?? []);
      return this.checked(context, known.adapter, known.id, values);
    });
    return mutate(context, 'updateErpConnection', this.withoutSecrets(input), tx =>
      changeErpConnection(tx, context.viewer, input, checked()),
    );
  }

  @Permit('erp:manage')
  @Mutation(() => ErpConnectionPayload, { description: 'Stops reading an ERP and writing to it, until `resumeErp`.' })
  pauseErp(
    @Arg('input', () => ErpConnectionIdInput, { description: 'Which.' }) input: ErpConnectionIdInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'pauseErp', input, tx => pauseErp(tx, context.viewer, input.id));
  }

  @Permit('erp:manage')
  @Mutation(() => ErpConnectionPayload, { description: 'Goes on with a connection where it was left, at once.' })
  resumeErp(
    @Arg('input', () => ErpConnectionIdInput, { description: 'Which.' }) input: ErpConnectionIdInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'resumeErp', input, tx => resumeErp(tx, context.viewer, input.id));
  }

  @Permit('erp:manage')
  @Mutation(() => RemoveErpPayload, {
    description: 'Removes a connection, with its secrets, conflicts and log. What it brought stays.',
  })
  removeErp(
    @Arg('input', () => ErpConnectionIdInput, { description: 'Which.' }) input: ErpConnectionIdInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeErp', input, tx => removeErp(tx, context.viewer, input.id));
  }

  @Permit('erp:resolve')
  @Mutation(() => ErpConnectionPayload, {
    description: 'Reads an ERP now, and writes to it what waits, without waiting for their turn.',
  })
  syncErpNow(
    @Arg('input', () => ErpConnectionIdInput, { description: 'Which.' }) input: ErpConnectionIdInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'syncErpNow', input, tx => syncErpNow(tx, context.viewer, input.id));
  }

  @Permit('erp:manage')
  @Mutation(() => ErpConnectionPayload, {
    description:
      'Has kinds read again from the beginning, as after a mistake in a mapping. What is right already stays as it is.',
  })
  replayErp(
    @Arg('input', () => ReplayErpInput, { description: 'What.' }) input: ReplayErpInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'replayErp', input, async tx => {
      const known = await context.recordByPublicId<ErpSystem>(ErpSystem, input.id);
      const kinds = input.kinds ?? (known ? this.desk.handles(known.adapter, known.settings).reads : []);
      return replayErp(tx, context.viewer, input.id, kinds as ErpRecordKind[]);
    });
  }

  @Permit('erp:manage')
  @Mutation(() => DryRunErpPayload, {
    description:
      'Says what the next reading would do, and does nothing of it: up to 1,000 records a kind, within half a minute.',
  })
  async dryRunErp(
    @Arg('input', () => DryRunErpInput, { description: 'What.' }) input: DryRunErpInput,
    @Ctx() context: RequestContext,
  ) {
    const known = await context.recordByPublicId<ErpSystem>(ErpSystem, input.id);
    if (!known)
      return { userErrors: invalid('id', 'There is no such connection, or you may not see it.', 'NOT_FOUND').problems };
    const { applied, ...rest } = await this.desk.dryRun(context.scope, known.id, input.kinds ?? null);
    const effective = applied.filter(({ effect }) => effect !== 'UNCHANGED');
    return mutate(context, 'dryRunErp', input, async () => ({
      items: effective.slice(0, MOST_SHOWN),
      unchanged: applied.length - effective.length,
      ...rest,
      isPartial: rest.isPartial || effective.length > MOST_SHOWN,
    }));
  }

  @Permit('erp:manage')
  @Mutation(() => ErpConnectionPayload, { description: 'Sets who is right about a field that both sides changed.' })
  setErpFieldRules(
    @Arg('input', () => SetErpFieldRulesInput, { description: 'The rules.' }) input: SetErpFieldRulesInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'setErpFieldRules', input, tx =>
      setErpFieldRules(tx, context.viewer, input.id, input.rules),
    );
  }

  private adapter(kind: string): ErpAdapterFacts {
    const adapter = this.desk.adapters.find(one => one.kind === kind);
    if (!adapter) throw invalid('adapter', 'There is no adapter of this name.', 'NOT_FOUND');
    return adapter;
  }

  private async checked(
    context: RequestContext,
    adapter: string,
    connectionId: string,
    { settings, secrets }: ReturnType<typeof sortValues>,
  ): Promise<CheckedGiven> {
    const values = { ...settings, ...secrets };
    const problems = this.desk.problems(adapter, values);
    if (problems.length > 0)
      throw new InputError(
        problems.map(({ field, message }) => {
          const place =
            field in secrets || this.adapter(adapter).fields.find(one => one.name === field)?.isSecret
              ? 'secrets'
              : 'settings';
          return { field: `${place}.${field}`, code: 'INVALID' as const, message };
        }),
      );
    const erp = await this.desk.check(adapter, values, context.viewer.organizationId);
    if ('problem' in erp) throw invalid('settings', erp.problem);
    const sealed = Object.keys(secrets).length > 0 ? await this.desk.seal(secrets, connectionId) : null;
    return { settings, sealed, erp };
  }

  /** An input as it may be compared and kept: every secret in it as its digest. */
  private withoutSecrets<Input extends { secrets?: { name: string; value: string }[] | null }>(input: Input): Input {
    if (!input.secrets) return input;
    return { ...input, secrets: input.secrets.map(({ name, value }) => ({ name, value: this.desk.digest(value) })) };
  }
}

/** What was prepared before the transaction, or why it could not be, to be thrown inside it: so a repetition answers the same. */
async function attempt<Prepared>(work: () => Promise<Prepared>): Promise<() => Prepared> {
  try {
    const prepared = await work();
    return () => prepared;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return () => {
      throw error;
    };
  }
}
