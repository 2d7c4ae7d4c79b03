import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { MutationInput, MutationPayload, Reference } from '../../../platform/schema/index.js';
import { Account, AccountCapabilities } from '../account.entity.js';
import { Network } from '../networks.js';
import { SourceKind } from '../source.entity.js';

@ObjectType({ description: 'Something to give when an account is connected.', simpleResolvers: true })
export class ChannelFieldDescription {
  @Field({ description: 'Under which name it is given.' })
  name: string;
  @Field({
    description: 'Whether it is a secret: sealed, and never shown again. Otherwise it is a setting, which is shown.',
  })
  secret: boolean;
  @Field({ description: 'Whether an account cannot be connected without it.' })
  required: boolean;
  @Field({ description: 'What it is, and where the network shows it.' })
  description: string;
}

@ObjectType({ description: 'An adapter: a way to reach a network.', simpleResolvers: true })
export class ChannelDescription {
  @Field({ description: 'Name of the adapter, as `connectAccount` and `createSource` take it.' })
  connector: string;
  @Field(() => Network, { description: 'The network it reaches.' })
  network: Network;
  @Field({ description: 'What people call it.' })
  label: string;
  @Field(() => AccountCapabilities, {
    description: 'What can be done through it, where an account is allowed everything.',
  })
  capabilities: AccountCapabilities;
  @Field(() => [ChannelFieldDescription], { description: 'What to give when an account is connected.' })
  fields: ChannelFieldDescription[];
  @Field({
    description:
      'Whether the owner signs in at the network (`beginAccountConnection`); otherwise `connectAccount` takes it all.',
  })
  signsIn: boolean;
  @Field(() => [SourceKind], { description: 'What it follows.' })
  follows: SourceKind[];
}

@InputType({ description: 'A value and the name of the field it is for; see `channels`.' })
export class AccountValueInput {
  @Field({ description: 'Name of the field.' })
  name: string;
  @Field({ description: 'What it is to be.' })
  value: string;
}

@InputType()
abstract class GivenInput extends MutationInput {
  @Field(() => [AccountValueInput], { nullable: true, description: 'What is shown: addresses, hosts, names.' })
  settings?: AccountValueInput[] | null;
  @Field(() => [AccountValueInput], {
    nullable: true,
    description: 'What nobody is ever shown again: tokens, passwords, keys.',
  })
  secrets?: AccountValueInput[] | null;
}

@InputType()
abstract class NewAccountInput extends GivenInput {
  @Field(() => String, {
    nullable: true,
    description: 'Its handle there, with or without @; needed where the network does not say it.',
  })
  handle?: string | null;
  @Field(() => String, { nullable: true, description: "Its name; the network's unless given." })
  displayName?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team it belongs to.' })
  teamId?: string | null;
}

@InputType({ description: 'An account that is to be reached from now on.' })
export class ConnectAccountInput extends NewAccountInput {
  @Field({ description: 'The adapter, by its name; see `channels`.' })
  connector: string;
}

@InputType({ description: 'New credentials or settings of a connected account; what is left out stays.' })
export class SetAccountCredentialsInput extends GivenInput {
  @Field(() => ID, { description: 'The account.' })
  accountId: string;
}

@InputType({ description: 'Which account is to be tried.' })
export class CheckAccountInput extends MutationInput {
  @Field(() => ID, { description: 'The account.' })
  id: string;
}

@InputType({ description: 'A sign-in at a network, for a new account or for one that is connected.' })
export class BeginAccountConnectionInput extends NewAccountInput {
  @Field(() => String, {
    nullable: true,
    description: 'The adapter, by its name; needed unless an account is named.',
  })
  connector?: string | null;
  @Field(() => ID, { nullable: true, description: 'The connected account that is signed in again.' })
  accountId?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'Where the network sends the browser back to, with `state` and `code`; our own page unless given. Others must be at an origin that the installation allows.',
  })
  redirectUri?: string | null;
}

@InputType({ description: 'What came back from a sign-in.' })
export class FinishAccountConnectionInput extends MutationInput {
  @Field({ description: 'The `state` that came back.' })
  state: string;
  @Field({ description: 'The `code` that came back.' })
  code: string;
}

@ObjectType({ description: 'How an account was found.', simpleResolvers: true })
export class CheckAccountPayload extends MutationPayload {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the network let us in just now; `problem` of the account says why not.',
  })
  ok?: boolean;
  @Reference(() => Account, 'accountId', { nullable: true, description: 'The account.' })
  account?: Account;
}

@ObjectType({ description: 'A sign-in that was begun.', simpleResolvers: true })
export class BeginAccountConnectionPayload extends MutationPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'Send the browser there. It is told once: a repetition with the same idempotency key has nothing here.',
  })
  authorizationUrl?: string;
  @Field(() => String, {
    nullable: true,
    description: 'What comes back with the browser; for ten minutes, for you alone, and once.',
  })
  state?: string;
}
