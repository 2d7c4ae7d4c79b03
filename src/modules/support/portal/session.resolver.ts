import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver } from 'type-graphql';
import { columnsOf } from '../../../platform/schema/index.js';
import { type Access, Caller, issue, mutate, Permit, RequestContext, withUserErrors } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import type { Entrance } from './entrance.js';
import {
  EndPortalSessionsInput,
  PortalSessionInput,
  RequestPortalCodeInput,
  SignInToPortalInput,
} from './portal.inputs.js';
import {
  EndPortalSessionsPayload,
  RenewPortalSessionPayload,
  RequestPortalCodePayload,
  SignInToPortalPayload,
} from './portal.payloads.js';
import { PortalSession } from './portal-session.entity.js';
import { type Asker, requestCode } from './request.service.js';
import { endOwnSessions, endSession, endSessionsFor, renewSession } from './session.service.js';
import { MOST_SESSIONS, signIn } from './signing-in.service.js';

export const askerOf = ({ options }: RequestContext): Asker => ({
  clientIp: options.clientIp ?? '',
  requestId: options.requestId,
  language: options.language,
});

@Resolver(() => Caller)
export class PortalSessionResolver {
  constructor(private readonly entrance: Entrance) {}

  private get access(): Access {
    return this.entrance.access;
  }

  @FieldResolver(() => Customer, {
    nullable: true,
    description: 'The customer who is signed in, or whom the key acts for; nothing for everybody else.',
  })
  async customer(@Ctx() context: RequestContext): Promise<Customer | null> {
    const { customerId } = context.viewer;
    return customerId ? context.recordById(Customer, customerId) : null;
  }

  @Permit('PUBLIC')
  @Mutation(() => RequestPortalCodePayload, {
    description:
      'Sends a code to a customer who wants to sign in, where the contact is proven to be of one customer. It answers the same for everybody.',
  })
  requestPortalCode(
    @Arg('input', () => RequestPortalCodeInput, { description: 'Who, and where.' }) input: RequestPortalCodeInput,
    @Ctx() context: RequestContext,
  ) {
    return withUserErrors(() => requestCode(this.entrance, input, askerOf(context)));
  }

  @Permit('PUBLIC')
  @Mutation(() => SignInToPortalPayload, { description: 'Signs a customer in by the code or the link it was sent.' })
  signInToPortal(
    @Arg('input', () => SignInToPortalInput, { description: 'The proof.' }) input: SignInToPortalInput,
    @Ctx() context: RequestContext,
  ) {
    return withUserErrors(() => signIn(this.entrance, input, askerOf(context)));
  }

  @Permit('self:manage')
  @Mutation(() => RenewPortalSessionPayload, {
    description: 'Gives your session another token and a later end; the token it had works no more.',
  })
  renewPortalSession(
    @Arg('input', () => PortalSessionInput, { description: 'Nothing but a key to repeat it by.' })
    input: PortalSessionInput,
    @Ctx() context: RequestContext,
  ) {
    return issue(context, 'renewPortalSession', input, async (tx, making) => {
      const { sessionId, token, expiresAt } = await renewSession(tx, context.viewer);
      tx.afterCommit(() => this.access.forgetSessions([sessionId]));
      making.tell({ token });
      return { expiresAt };
    });
  }

  @Permit('self:manage')
  @Mutation(() => EndPortalSessionsPayload, { description: 'Signs you out here.' })
  endPortalSession(
    @Arg('input', () => PortalSessionInput, { description: 'Nothing but a key to repeat it by.' })
    input: PortalSessionInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'endPortalSession', input, async tx => {
      const ended = await endSession(tx, context.viewer);
      // Also where it ended already, by what another process did: here it is still remembered.
      tx.afterCommit(() => this.access.forgetSessions([context.viewer.portalSessionId!]));
      return { ended: ended.length };
    });
  }

  @Permit('self:manage')
  @Mutation(() => EndPortalSessionsPayload, { description: 'Signs you out everywhere.' })
  endAllMySessions(
    @Arg('input', () => PortalSessionInput, { description: 'Nothing but a key to repeat it by.' })
    input: PortalSessionInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'endAllMySessions', input, async tx =>
      this.over(tx, await endOwnSessions(tx, context.viewer)),
    );
  }

  @Permit('customers:write')
  @Mutation(() => EndPortalSessionsPayload, { description: 'Signs a customer out everywhere.' })
  endPortalSessions(
    @Arg('input', () => EndPortalSessionsInput, { description: 'Whom.' }) input: EndPortalSessionsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'endPortalSessions', input, async tx =>
      this.over(tx, (await endSessionsFor(tx, context.viewer, input.customerId)).ended),
    );
  }

  @Permit('self:manage')
  @Query(() => [PortalSession], {
    description: `Where you are signed in, ${MOST_SESSIONS} places at the most; the latest first.`,
  })
  async myPortalSessions(@Ctx() context: RequestContext): Promise<PortalSession[]> {
    const { customerId } = context.viewer;
    return customerId ? liveSessions(context, customerId) : [];
  }

  @Permit('customers:write')
  @Query(() => [PortalSession], {
    description: `Where a customer is signed in, ${MOST_SESSIONS} places at the most; the latest first.`,
  })
  async customerPortalSessions(
    @Arg('customerId', () => ID, { description: 'The customer.' }) customerId: string,
    @Ctx() context: RequestContext,
  ): Promise<PortalSession[]> {
    const customer = await context.recordByPublicId(Customer, customerId);
    return customer ? liveSessions(context, customer.id) : [];
  }

  private over(tx: { afterCommit(work: () => void): void }, ids: string[]): { ended: number } {
    tx.afterCommit(() => this.access.forgetSessions(ids));
    return { ended: ids.length };
  }
}

const liveSessions = (context: RequestContext, customerId: string): Promise<PortalSession[]> =>
  context.read<PortalSession>(
    `select ${columnsOf(PortalSession)} from portal_sessions t
      where t.customer_id = $1 and t.ended_at is null and t.expires_at > now()
      order by t.signed_in_at desc, t.id desc limit ${MOST_SESSIONS}`,
    [customerId],
  );
