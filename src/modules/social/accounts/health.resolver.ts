import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { DateTime } from '../../../platform/schema/index.js';
import { RequestContext } from '../../access/index.js';
import { Account } from '../account.entity.js';
import { sourcesOfAccount } from '../account.loaders.js';
import type { ChannelDirectory } from '../channel.directory.js';
import { SourceProblemClass } from '../source.entity.js';
import { lagSeconds, waysToRead } from '../source.rules.js';
import type { Connecting } from './connecting.js';
import { type AccountHealth, accountProblem } from './health.rules.js';
import { reachOfAccount } from './reach.loaders.js';

@ObjectType({ description: 'What stands most in the way of an account.', simpleResolvers: true })
export class AccountProblem implements AccountHealth {
  @Field(() => SourceProblemClass, { description: 'What kind of problem.' })
  class: SourceProblemClass;
  @Field({ description: 'In plain words: those of the network, or of the adapter.' })
  message: string;
  @Field(() => DateTime, {
    nullable: true,
    description: 'When it is tried again by itself; nothing when it waits for somebody.',
  })
  retryAt: string | null;
  @Field({ description: 'What to do about it, in the language of who asks.' })
  remedy: string;
}

@ObjectType({ description: 'A setting of a connected account.', simpleResolvers: true })
export class AccountSetting {
  @Field({ description: 'Name of the field; see `channels`.' })
  name: string;
  @Field({ description: 'What it is.' })
  value: string;
}

@Resolver(() => Account)
export class AccountHealthResolver {
  constructor(
    private readonly directory: ChannelDirectory,
    private readonly parts: Connecting | undefined,
  ) {}

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The adapter it is connected by; nothing for an account that is only kept. See `channels`.',
  })
  connector(@Root() account: Account): string | null {
    return account.connector;
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When one of its sources last brought something.' })
  async lastEventAt(@Root() account: Account, @Ctx() context: RequestContext): Promise<string | null> {
    const moments = (await sourcesOfAccount(context, account.id)).flatMap(source => source.lastEventAt ?? []);
    return moments.reduce<string | null>((last, at) => (last && Date.parse(last) > Date.parse(at) ? last : at), null);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How late the latest of its sources is, in seconds; nothing while none of them is read.',
  })
  async lagSeconds(@Root() account: Account, @Ctx() context: RequestContext): Promise<number | null> {
    const now = new Date();
    const lags = (await sourcesOfAccount(context, account.id)).flatMap(
      source => lagSeconds(source, waysToRead(this.directory, source), now) ?? [],
    );
    return lags.length > 0 ? Math.max(...lags) : null;
  }

  @FieldResolver(() => AccountProblem, {
    nullable: true,
    description: 'What stands most in the way, and what to do about it; also that access ends within a week.',
  })
  async problem(@Root() account: Account, @Ctx() context: RequestContext): Promise<AccountHealth | null> {
    return accountProblem(account, await sourcesOfAccount(context, account.id), context.language, new Date());
  }

  @FieldResolver(() => [AccountSetting], { description: 'What it was connected with, less its secrets.' })
  async settings(@Root() account: Account, @Ctx() context: RequestContext): Promise<AccountSetting[]> {
    const { settings } = await reachOfAccount(context, account.id);
    return Object.entries(settings).map(([name, value]) => ({ name, value: String(value) }));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Where its network calls us; for who may manage channels, and where the network does that.',
  })
  async webhookUrl(@Root() account: Account, @Ctx() context: RequestContext): Promise<string | null> {
    const channel = account.connector ? this.directory.byKind(account.connector) : undefined;
    if (!this.parts || !channel?.capabilities.webhooks || !context.viewer.may('channels:manage')) return null;
    return `${this.parts.publicUrl}/hooks/${(await reachOfAccount(context, account.id)).hookKey}`;
  }
}
