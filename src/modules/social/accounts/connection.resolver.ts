import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { InputError, invalid } from '../../../platform/errors.js';
import { issue, mutate, Permit, RequestContext, Team, visibleId } from '../../access/index.js';
import { Account } from '../account.entity.js';
import { AccountPayload } from '../account.inputs.js';
import { type ChannelDirectory, textProblems } from '../channel.directory.js';
import { SourceKind } from '../source.entity.js';
import { attempt, type Connecting, connectedAccount, namedChannel, withoutSecrets } from './connecting.js';
import {
  BeginAccountConnectionInput,
  BeginAccountConnectionPayload,
  ChannelDescription,
  CheckAccountInput,
  CheckAccountPayload,
  ConnectAccountInput,
  FinishAccountConnectionInput,
  SetAccountCredentialsInput,
} from './connection.inputs.js';
import { keepConnection, recordAccountCheck, renewConnection } from './connection.service.js';
import { type Given, requireSecretsFor, sortGiven } from './given.rules.js';
import { checkAccount, recogniseAccount } from './recognition.js';
import { beginSignIn, finishSignIn, keepFinished, keepSignIn } from './sign-in.service.js';

@Resolver(() => ChannelDescription)
export class ConnectionResolver {
  constructor(
    private readonly directory: ChannelDirectory,
    private readonly parts: Connecting,
  ) {}

  @Permit('channels:read')
  @Query(() => [ChannelDescription], {
    description: 'The adapters there are: what each reaches, can do, and needs to be given.',
  })
  channels(): ChannelDescription[] {
    return this.directory.all.map(({ kind, network, label, capabilities, fields, signIn, follows }) => ({
      connector: kind,
      network,
      label,
      capabilities,
      fields: fields.map(({ kind: is, ...field }) => ({ ...field, secret: is === 'secret' })),
      signsIn: signIn !== null,
      follows: follows.map(one => SourceKind[one]),
    }));
  }

  @Permit('channels:manage')
  @Mutation(() => AccountPayload, {
    description:
      'Connects an account: the network is asked whose it is, then it is read and can be answered from. Connected again, it is the same account with new credentials.',
  })
  async connectAccount(
    @Arg('input', () => ConnectAccountInput, { description: 'The account.' }) input: ConnectAccountInput,
    @Ctx() context: RequestContext,
  ) {
    const confirmed = await attempt(async () => {
      requireTexts(input);
      const channel = namedChannel(this.directory, input.connector);
      const holder = { organizationId: context.viewer.organizationId, accountId: null };
      return recogniseAccount(channel, { ...named(input), ...sortGiven(channel, input) }, holder);
    });
    return mutate(context, 'connectAccount', withoutSecrets(input, this.parts.digest), async tx => {
      const { viewer } = context;
      const connection = confirmed();
      const teamId = input.teamId ? await visibleId(tx, viewer, Team, input.teamId, 'teamId') : null;
      return keepConnection(tx, this.parts.vault, viewer, connection, teamId);
    });
  }

  @Permit('channels:manage')
  @Mutation(() => AccountPayload, {
    description:
      'Gives a connected account new credentials or settings, for the same account of the network, and starts what waited for them.',
  })
  async setAccountCredentials(
    @Arg('input', () => SetAccountCredentialsInput, { description: 'What is to change.' })
    input: SetAccountCredentialsInput,
    @Ctx() context: RequestContext,
  ) {
    const confirmed = await attempt(async () => {
      const { account, channel } = await this.connected(context, input.accountId, 'accountId');
      const known = knownOf(account);
      const given = sortGiven(channel, input, known);
      const { handle, displayName } = account;
      requireSecretsFor(channel, handle, { known, given, secrets: input.secrets });
      const holder = { organizationId: account.organizationId, accountId: account.id };
      return { account, connection: await recogniseAccount(channel, { handle, displayName, ...given }, holder) };
    });
    return mutate(context, 'setAccountCredentials', withoutSecrets(input, this.parts.digest), async tx => {
      const { account, connection } = confirmed();
      await visibleId(tx, context.viewer, Account, input.accountId, 'accountId');
      return renewConnection(tx, this.parts.vault, account, connection);
    });
  }

  @Permit('channels:manage')
  @Mutation(() => CheckAccountPayload, {
    description: 'Tries whether the network still lets us in, within 15 seconds, and keeps what it finds.',
  })
  async checkAccount(
    @Arg('input', () => CheckAccountInput, { description: 'Which account.' }) input: CheckAccountInput,
    @Ctx() context: RequestContext,
  ) {
    const checked = await attempt(async () => {
      const { account, channel } = await this.connected(context, input.id, 'id');
      return { account, found: await checkAccount(channel, account) };
    });
    return mutate(context, 'checkAccount', input, async tx => {
      const { account, found } = checked();
      await visibleId(tx, context.viewer, Account, input.id);
      return recordAccountCheck(tx, account, found);
    });
  }

  @Permit('channels:manage')
  @Mutation(() => BeginAccountConnectionPayload, {
    description: 'Begins a sign-in at a network (OAuth 2 with PKCE). Send the browser to the address it answers.',
  })
  async beginAccountConnection(
    @Arg('input', () => BeginAccountConnectionInput, { description: 'Which network or account.' })
    input: BeginAccountConnectionInput,
    @Ctx() context: RequestContext,
  ) {
    const begun = await attempt(async () => {
      requireTexts(input);
      const known = input.accountId ? await this.connected(context, input.accountId, 'accountId') : null;
      if (!known && !input.connector) throw invalid('connector', 'Say which adapter, or which account.', 'REQUIRED');
      const channel = known?.channel ?? namedChannel(this.directory, input.connector!);
      const before = known ? knownOf(known.account) : undefined;
      const given = sortGiven(channel, input, before);
      if (known && before)
        requireSecretsFor(channel, known.account.handle, { known: before, given, secrets: input.secrets });
      const teamId = input.teamId ? ((await context.recordByPublicId<Team>(Team, input.teamId))?.id ?? null) : null;
      if (input.teamId && !teamId)
        throw invalid('teamId', 'There is no such team, or you may not see it.', 'NOT_FOUND');
      const { redirectUri } = input;
      const details = known ? { handle: known.account.handle } : { ...named(input), teamId };
      const holder = { organizationId: context.viewer.organizationId, accountId: known?.account.id ?? null };
      const signIn = await beginSignIn(this.parts, { channel, given, redirectUri, details, holder });
      return { signIn, connector: channel.kind, accountId: holder.accountId };
    });
    const plain = withoutSecrets(input, this.parts.digest);
    return issue<Record<string, unknown>, { authorizationUrl: string; state: string }>(
      context,
      'beginAccountConnection',
      plain,
      async (tx, making) => {
        const { signIn, connector, accountId } = begun();
        await keepSignIn(tx, signIn, connector, accountId);
        making.tell({ authorizationUrl: signIn.url, state: signIn.state });
        return {};
      },
    );
  }

  @Permit('channels:manage')
  @Mutation(() => AccountPayload, {
    description: 'Ends a sign-in with what came back from the network, by who began it.',
  })
  async finishAccountConnection(
    @Arg('input', () => FinishAccountConnectionInput, { description: 'What came back.' })
    input: FinishAccountConnectionInput,
    @Ctx() context: RequestContext,
  ) {
    const finished = await attempt(() => finishSignIn(this.parts, this.directory, context.scope, input));
    return mutate(context, 'finishAccountConnection', withoutSecrets(input, this.parts.digest), tx =>
      keepFinished(tx, this.parts, finished()),
    );
  }

  private connected(context: RequestContext, id: string, field: string) {
    return connectedAccount(context, this.parts, this.directory, id, field);
  }
}

const named = ({ handle, displayName }: { handle?: string | null; displayName?: string | null }) => ({
  handle: handle ?? null,
  displayName: displayName ?? null,
});

const knownOf = ({
  settings,
  credentials,
}: {
  settings: Record<string, unknown>;
  credentials: Given['credentials'];
}) => ({
  settings: settings as Given['settings'],
  credentials,
});

function requireTexts(input: { handle?: string | null; displayName?: string | null }): void {
  const problems = [
    ...textProblems('handle', input.handle, 500),
    ...textProblems('displayName', input.displayName, 200),
  ];
  if (problems.length > 0) throw new InputError(problems);
}
