import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../../platform/schema/index.js';
import { Permit, RequestContext } from '../../access/index.js';
import { Post } from '../../social/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { TicketConnection, TicketsArgs } from '../tickets/ticket.inputs.js';
import { Incident } from './incident.entity.js';
import { IncidentConnection, IncidentProgress, IncidentsArgs } from './incident.inputs.js';
import { progressOfIncident } from './incident.loaders.js';

const IncidentPostConnection = connectionOf(Post, 'IncidentPost');

@Resolver(() => Incident)
export class IncidentResolver {
  @Permit('support:read')
  @Query(() => IncidentConnection, { description: 'Incidents, the latest first.' })
  incidents(@Args(() => IncidentsArgs) args: IncidentsArgs, @Ctx() context: RequestContext) {
    return context.page(Incident, args);
  }

  @Permit('support:read')
  @Query(() => Incident, { nullable: true, description: 'One incident, or nothing when there is none.' })
  incident(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId<Incident>(Incident, id);
  }

  @FieldResolver(() => TicketConnection, { description: 'Its tickets, the latest first.' })
  tickets(@Root() incident: Incident, @Args(() => TicketsArgs) args: TicketsArgs, @Ctx() context: RequestContext) {
    const list = { name: 'incident.tickets', condition: 't.incident_id = k.parent' };
    return context.pageOf(Ticket, list, incident.id, args);
  }

  @FieldResolver(() => IncidentPostConnection, { description: 'What was said of it, the latest first.' })
  posts(@Root() incident: Incident, @Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    const list = {
      name: 'incident.posts',
      condition:
        't.id in (select j.post_id from incident_posts j where j.organization_id = t.organization_id and j.incident_id = k.parent and not j.is_out)',
    };
    return context.pageOf(Post, list, incident.id, args);
  }

  @FieldResolver(() => IncidentProgress, { description: 'How far the answering is.' })
  progress(@Root() incident: Incident, @Ctx() context: RequestContext): Promise<IncidentProgress> {
    return context.load(progressOfIncident, incident.id);
  }
}

@Resolver(() => Ticket)
export class TicketIncidentResolver {
  @FieldResolver(() => Incident, {
    nullable: true,
    description: 'The incident it belongs to; nothing for whom that is hidden.',
  })
  async incident(@Root() ticket: Ticket, @Ctx() context: RequestContext): Promise<Incident | null> {
    if (!ticket.incidentId || context.isHidden('TICKET', 'incident') || !context.viewer.may('support:read'))
      return null;
    return context.recordById<Incident>(Incident, ticket.incidentId);
  }
}
