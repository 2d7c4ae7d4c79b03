import { Args, ArgsType, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../../events/index.js';
import { publicId } from '../../../platform/ids.js';
import { Reference } from '../../../platform/schema/index.js';
import { Permit } from '../../access/index.js';
import { Incident } from './incident.entity.js';
import { IncidentFilter } from './incident.inputs.js';
import { incidentRecord } from './records.js';

@ObjectType({ description: 'A change to an incident.', simpleResolvers: true })
export class IncidentChanged {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Field(() => ID, { description: 'Id of the incident.' })
  incidentId: string;
  @Reference(() => Incident, 'storedIncidentId', { nullable: true, description: 'The incident as it is now.' })
  incident?: Incident;
}

defineStream({
  field: 'incidentChanged',
  types: ['incident.changed'],
  record: incidentRecord,
  root: (event, cursor) => ({
    cursor,
    incidentId: publicId('incident', event.subjectId),
    storedIncidentId: event.subjectId,
  }),
});

@ArgsType()
class IncidentStreamArgs {
  @Field(() => IncidentFilter, { nullable: true, description: 'Only incidents like these.' })
  filter?: IncidentFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@Resolver()
export class IncidentStreamResolver {
  @Permit('support:read')
  @Subscription(() => IncidentChanged, {
    subscribe: overSocket,
    description: 'Changes to incidents, new ones and posts that join them included, in order.',
  })
  incidentChanged(
    @Root() event: IncidentChanged,
    @Args(() => IncidentStreamArgs) _args: IncidentStreamArgs,
  ): IncidentChanged {
    return event;
  }
}
