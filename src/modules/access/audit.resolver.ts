import { Args, ArgsType, Ctx, Field, FieldResolver, ID, InputType, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, DateTimeFilter, enumFilterOf, PageArgs, StringFilter } from '../../platform/schema/index.js';
import { actorName } from './actor.loaders.js';
import { publicActor } from './actors.rules.js';
import { auditPage, publicSubject } from './audit.queries.js';
import { AuditAction, AuditEntry } from './audit-entry.entity.js';
import { RequestContext } from './context.js';
import { Permit } from './permissions.rules.js';

export const AuditEntryConnection = connectionOf(AuditEntry, 'AuditEntry');
const AuditActionFilter = enumFilterOf(AuditAction, 'AuditAction');

@InputType({ description: 'Which entries of the audit log; all conditions must hold.' })
export class AuditEntryFilter {
  @Field(() => ID, { nullable: true, description: 'This very entry.' })
  id?: string;
  @Field(() => ID, { nullable: true, description: 'By the record it was done to.' })
  subjectId?: string;
  @Field(() => ID, { nullable: true, description: 'By who did it: a member, an API key or an OAuth client.' })
  actor?: string;
  @Field(() => StringFilter, { nullable: true, description: 'By the request it was done in.' })
  requestId?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By table, such as `customers`.' })
  table?: StringFilter;
  @Field(() => AuditActionFilter, { nullable: true, description: 'By what was done.' })
  action?: object;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when.' })
  at?: DateTimeFilter;
  @Field(() => [AuditEntryFilter], { nullable: true, description: 'All of these.' })
  and?: AuditEntryFilter[];
  @Field(() => [AuditEntryFilter], { nullable: true, description: 'At least one of these.' })
  or?: AuditEntryFilter[];
  @Field(() => AuditEntryFilter, { nullable: true, description: 'Not this.' })
  not?: AuditEntryFilter;
}

@ArgsType()
export class AuditEntriesArgs extends PageArgs {
  @Field(() => AuditEntryFilter, { nullable: true, description: 'Only these.' })
  filter?: AuditEntryFilter;
}

@Resolver(() => AuditEntry)
export class AuditResolver {
  @Permit('audit:read')
  @Query(() => AuditEntryConnection, {
    description: 'Who wrote what, the latest first. What is hidden from you elsewhere is hidden here.',
  })
  auditEntries(@Args(() => AuditEntriesArgs) args: AuditEntriesArgs, @Ctx() context: RequestContext) {
    return auditPage(context, args);
  }

  @FieldResolver(() => ID, { description: 'Id of the entry.' })
  id(@Root() entry: AuditEntry): string {
    return `audit_${entry.id}`;
  }

  @FieldResolver(() => String, {
    description:
      'Who did it: the id of a member, an API key or an OAuth client, or `system:` and what of Vínculo it was.',
  })
  actor(@Root() entry: AuditEntry): string {
    return publicActor(entry.actor);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Name of who did it, where it is a member, a key or a client.',
  })
  actorName(@Root() entry: AuditEntry, @Ctx() context: RequestContext): Promise<string | null> {
    return context.load(actorName, entry.actor);
  }

  @FieldResolver(() => ID, { nullable: true, description: 'Id of the record it was done to.' })
  subjectId(@Root() entry: AuditEntry): string | null {
    return publicSubject(entry);
  }
}
