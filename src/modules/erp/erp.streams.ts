import { Args, ArgsType, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../events/index.js';
import { publicId } from '../../platform/ids.js';
import { Reference } from '../../platform/schema/index.js';
import { Permit } from '../access/index.js';
import { ErpSystem } from './connection.entity.js';
import { erpConnectionRecord } from './records.js';

@ObjectType({ description: 'Something about a connection to an ERP changed.', simpleResolvers: true })
export class ErpChanged {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Field(() => ID, { description: 'Id of the connection, also when it is gone.' })
  connectionId: string;
  @Reference(() => ErpSystem, 'storedConnectionId', {
    nullable: true,
    description: 'The connection as it is now; nothing once it is gone.',
  })
  connection?: ErpSystem;
}

defineStream({
  field: 'erpChanged',
  types: ['erp.changed'],
  record: erpConnectionRecord,
  root: (event, cursor) => ({
    cursor,
    connectionId: publicId('erp_connection', event.subjectId),
    storedConnectionId: event.subjectId,
  }),
});

@ArgsType()
class ErpStreamArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@Resolver()
export class ErpStreamResolver {
  @Permit('erp:read')
  @Subscription(() => ErpChanged, {
    subscribe: overSocket,
    description:
      'Connections to ERPs that brought something, wrote something, found a conflict, or fare otherwise than before; each once and in order.',
  })
  erpChanged(@Root() event: ErpChanged, @Args(() => ErpStreamArgs) _args: ErpStreamArgs): ErpChanged {
    return event;
  }
}
