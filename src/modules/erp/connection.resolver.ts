import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { MAX_PAGE } from '../../platform/paging/index.js';
import { DateTime } from '../../platform/schema/index.js';
import { Permit, RequestContext } from '../access/index.js';
import { ErpProblem, ErpSystem } from './connection.entity.js';
import { ErpAdapter, ErpFieldRule, ErpKindStatus, ErpWaitingRecord } from './connection.inputs.js';
import { factsOfConnection, kindsOfConnection, waitingOfConnection } from './connection.loaders.js';
import type { ErpDesk } from './desk.js';
import { ErpRecordKind } from './kinds.rules.js';

@Resolver(() => ErpSystem)
export class ErpConnectionResolver {
  constructor(private readonly desk: ErpDesk) {}

  @Permit('erp:manage')
  @Query(() => [ErpAdapter], { description: 'The ways to reach an ERP, and what each needs to be given.' })
  erpAdapters(): ErpAdapter[] {
    return this.desk.adapters.map(({ kind, label, fields, reads, writes }) => ({
      adapter: kind,
      label,
      reads: reads as ErpRecordKind[],
      writes: writes as ErpRecordKind[],
      fields: fields.map(({ isSecret, isRequired, ...field }) => ({
        ...field,
        secret: isSecret,
        required: isRequired,
      })),
    }));
  }

  @Permit('erp:read')
  @Query(() => [ErpSystem], { description: 'The connections to ERPs, the oldest first.' })
  async erpConnections(@Ctx() context: RequestContext): Promise<ErpSystem[]> {
    const page = await context.page<ErpSystem>(ErpSystem, { first: MAX_PAGE });
    return page.edges.map(edge => edge.node);
  }

  @Permit('erp:read')
  @Query(() => ErpSystem, {
    nullable: true,
    description: 'One connection, or nothing when there is none of this id.',
  })
  erpConnection(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ErpSystem | null> {
    return context.recordByPublicId(ErpSystem, id);
  }

  @FieldResolver(() => String, { nullable: true, description: 'What the ERP calls itself.' })
  async erpName(@Root() { id }: ErpSystem, @Ctx() context: RequestContext) {
    return (await context.load(factsOfConnection, id)).erpName;
  }

  @FieldResolver(() => String, { nullable: true, description: 'The version of the ERP, where it says so.' })
  async erpVersion(@Root() { id }: ErpSystem, @Ctx() context: RequestContext) {
    return (await context.load(factsOfConnection, id)).erpVersion;
  }

  @FieldResolver(() => ErpProblem, { nullable: true, description: 'Why the last reading ended early, and what to do.' })
  async problem(@Root() { id }: ErpSystem, @Ctx() context: RequestContext) {
    return (await context.load(factsOfConnection, id)).problem;
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When everything was last read without a problem.' })
  async lastSyncedAt(@Root() { id }: ErpSystem, @Ctx() context: RequestContext) {
    return (await context.load(factsOfConnection, id)).lastSyncedAt;
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When it is read next.' })
  async nextSyncAt(@Root() { id }: ErpSystem, @Ctx() context: RequestContext) {
    return (await context.load(factsOfConnection, id)).nextSyncAt;
  }

  @FieldResolver(() => Int, { description: 'How many records are on their way to the ERP.' })
  async queuedWrites(@Root() { id }: ErpSystem, @Ctx() context: RequestContext) {
    return (await context.load(factsOfConnection, id)).queuedWrites;
  }

  @FieldResolver(() => Int, { description: 'How many records the ERP refused; see `erpWrites`.' })
  async failedWrites(@Root() { id }: ErpSystem, @Ctx() context: RequestContext) {
    return (await context.load(factsOfConnection, id)).failedWrites;
  }

  @FieldResolver(() => [ErpRecordKind], { description: 'What it reads.' })
  reads(@Root() { adapter, settings }: ErpSystem) {
    return this.desk.handles(adapter, settings).reads;
  }

  @FieldResolver(() => [ErpRecordKind], { description: 'What it writes.' })
  writes(@Root() { adapter, settings }: ErpSystem) {
    return this.desk.handles(adapter, settings).writes;
  }

  @FieldResolver(() => [ErpKindStatus], { description: 'How far each kind is in step, in the order they are read.' })
  kinds(@Root() { id }: ErpSystem, @Ctx() context: RequestContext): Promise<ErpKindStatus[]> {
    return context.load(kindsOfConnection, id);
  }

  @FieldResolver(() => [ErpWaitingRecord], {
    description: 'What was read and is not kept yet, or only in part; the longest waiting first, 100 at most.',
  })
  waiting(@Root() { id }: ErpSystem, @Ctx() context: RequestContext): Promise<ErpWaitingRecord[]> {
    return context.load(waitingOfConnection, id);
  }

  @FieldResolver(() => [ErpFieldRule], {
    description: 'Who is right about which field; about all others a person is asked.',
  })
  fieldRules(@Root() { fieldRules }: ErpSystem): ErpFieldRule[] {
    return Object.entries(fieldRules).flatMap(([kind, fields]) =>
      Object.entries(fields ?? {}).map(([field, rule]) => ({ kind, field, rule }) as ErpFieldRule),
    );
  }
}
