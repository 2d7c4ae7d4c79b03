import { Ctx, Field, FieldResolver, ObjectType, Query, Resolver } from 'type-graphql';
import { Reference } from '../../platform/schema/index.js';
import { publicActor } from './actors.rules.js';
import { RequestContext } from './context.js';
import { Member } from './member.entity.js';
import { ownMember } from './member.loaders.js';
import { Organization } from './organization.entity.js';
import { PERMISSIONS, type Permission, Permit } from './permissions.rules.js';
import { Role } from './roles.js';

@ObjectType({ description: 'Who is asking, and what they may do.', simpleResolvers: true })
export class Caller {
  @Field({ description: 'Id of the member, API key or OAuth client, as the audit log names it.' })
  actor: string;

  @Field(() => Role, { description: 'The role they act in.' })
  role: Role;

  @Field(() => [String], { description: 'What the role may do, as `customers:read`.' })
  permissions: Permission[];

  @Reference(() => Organization, 'organizationId', { description: 'The organisation they act in.' })
  organization: Organization;
}

@Resolver(() => Caller)
export class CallerResolver {
  @Permit('organization:read')
  @Query(() => Caller, { description: 'Who is asking.' })
  viewer(@Ctx() { viewer }: RequestContext) {
    const permissions = (Object.keys(PERMISSIONS) as Permission[]).filter(permission => viewer.may(permission));
    return {
      actor: publicActor(viewer.actor),
      role: viewer.role,
      permissions,
      organizationId: viewer.organizationId,
    };
  }

  @Permit('organization:read')
  @Query(() => Member, { nullable: true, description: 'The member who is signed in; nothing for keys and clients.' })
  me(@Ctx() context: RequestContext): Promise<Member | null> {
    return loadOwnMember(context);
  }

  @FieldResolver(() => Member, {
    nullable: true,
    description: 'The member who is signed in; nothing for keys and clients.',
  })
  member(@Ctx() context: RequestContext): Promise<Member | null> {
    return loadOwnMember(context);
  }
}

const loadOwnMember = async (context: RequestContext): Promise<Member | null> =>
  context.viewer.memberId ? context.load(ownMember, context.viewer.memberId) : null;
