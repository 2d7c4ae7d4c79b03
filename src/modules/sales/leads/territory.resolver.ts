import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connectionOf } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { Lead } from './lead.entity.js';
import { LeadsArgs } from './lead.inputs.js';
import { LeadConnection } from './lead.resolver.js';
import { Territory } from './territory.entity.js';
import {
  CreateTerritoryInput,
  RemoveTerritoryPayload,
  TerritoriesArgs,
  TerritoryIdInput,
  TerritoryPayload,
  UpdateTerritoryInput,
} from './territory.inputs.js';
import { createTerritory, removeTerritory, updateTerritory } from './territory.service.js';

const TerritoryConnection = connectionOf(Territory, 'Territory');

const IN_TREE = `t.territory_id in (with recursive below as (
    select k.parent as id union select c.id from below b join territories c on c.parent_id = b.id) select id from below)`;

@Resolver(() => Territory)
export class TerritoryResolver {
  @Permit('sales:read')
  @Query(() => Territory, { nullable: true, description: 'One territory, or nothing when there is none.' })
  territory(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Territory | null> {
    return context.recordByPublicId(Territory, id);
  }

  @Permit('sales:read')
  @Query(() => TerritoryConnection, { description: 'The territories of the organisation.' })
  territories(@Args(() => TerritoriesArgs) args: TerritoriesArgs, @Ctx() context: RequestContext) {
    return context.page(Territory, args);
  }

  @FieldResolver(() => LeadConnection, { description: 'Leads you may see that lie in it or in a part of it.' })
  leads(@Root() territory: Territory, @Args(() => LeadsArgs) args: LeadsArgs, @Ctx() context: RequestContext) {
    return context.pageOf(Lead, { name: 'territory.leads', condition: IN_TREE }, territory.id, args);
  }

  @Permit('sales:manage')
  @Mutation(() => TerritoryPayload, { description: 'Makes a territory.' })
  createTerritory(
    @Arg('input', () => CreateTerritoryInput, { description: 'What lies in it.' }) input: CreateTerritoryInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createTerritory', input, tx => createTerritory(tx, context.viewer, input));
  }

  @Permit('sales:manage')
  @Mutation(() => TerritoryPayload, { description: 'Changes a territory.' })
  updateTerritory(
    @Arg('input', () => UpdateTerritoryInput, { description: 'Which, and how.' }) input: UpdateTerritoryInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateTerritory', input, tx => updateTerritory(tx, context.viewer, input));
  }

  @Permit('sales:manage')
  @Mutation(() => RemoveTerritoryPayload, { description: 'Removes a territory that nothing belongs to but leads.' })
  removeTerritory(
    @Arg('input', () => TerritoryIdInput, { description: 'Which.' }) input: TerritoryIdInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeTerritory', input, tx => removeTerritory(tx, input.id));
  }
}
