import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { TicketPayload } from '../tickets/ticket.payloads.js';
import {
  AnswerIncidentInput,
  IncidentInput,
  IncidentPayload,
  IncidentPostsInput,
  OpenIncidentInput,
  RemoveTicketFromIncidentInput,
  UpdateIncidentInput,
} from './incident.inputs.js';
import {
  addPostsToIncident,
  confirmIncident,
  endIncident,
  openIncident,
  removePostsFromIncident,
  removeTicketFromIncident,
  solveIncident,
  updateIncident,
} from './incident.service.js';
import { answerIncident } from './incident-answering.service.js';

const WHICH = { description: 'Which.' };

@Resolver()
export class IncidentChangeResolver {
  @Permit('support:manage')
  @Mutation(() => IncidentPayload, { description: 'Opens an incident by hand.' })
  openIncident(
    @Arg('input', () => OpenIncidentInput, { description: 'What it is.' }) input: OpenIncidentInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'openIncident', input, tx => openIncident(tx, context.viewer, input));
  }

  @Permit('support:manage')
  @Mutation(() => IncidentPayload, { description: 'Changes an incident, such as its answer.' })
  updateIncident(
    @Arg('input', () => UpdateIncidentInput, { description: 'Which, and how.' }) input: UpdateIncidentInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateIncident', input, tx => updateIncident(tx, input));
  }

  @Permit('support:manage')
  @Mutation(() => IncidentPayload, {
    description: 'Says that a flood is an incident: the tickets of its posts belong to it from now on.',
  })
  confirmIncident(@Arg('input', () => IncidentInput, WHICH) input: IncidentInput, @Ctx() context: RequestContext) {
    return mutate(context, 'confirmIncident', input, tx => confirmIncident(tx, input));
  }

  @Permit('support:manage')
  @Mutation(() => IncidentPayload, {
    description: 'Answers everybody who speaks of it and has not been answered; `progress` says how far that is.',
  })
  answerIncident(
    @Arg('input', () => AnswerIncidentInput, { description: 'Which, and who can read it.' }) input: AnswerIncidentInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'answerIncident', input, tx => answerIncident(tx, input));
  }

  @Permit('support:manage')
  @Mutation(() => IncidentPayload, { description: 'Has all its tickets solved that are not done, some at a time.' })
  solveIncident(@Arg('input', () => IncidentInput, WHICH) input: IncidentInput, @Ctx() context: RequestContext) {
    return mutate(context, 'solveIncident', input, tx => solveIncident(tx, input));
  }

  @Permit('support:manage')
  @Mutation(() => IncidentPayload, { description: 'Ends an incident: no post joins it any more.' })
  endIncident(@Arg('input', () => IncidentInput, WHICH) input: IncidentInput, @Ctx() context: RequestContext) {
    return mutate(context, 'endIncident', input, tx => endIncident(tx, input));
  }

  @Permit('tickets:work')
  @Mutation(() => IncidentPayload, { description: 'Adds posts to an incident.' })
  addPostsToIncident(
    @Arg('input', () => IncidentPostsInput, { description: 'Which to which.' }) input: IncidentPostsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'addPostsToIncident', input, tx => addPostsToIncident(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => IncidentPayload, {
    description: 'Takes posts out of an incident, with the tickets they brought; they do not join by themselves again.',
  })
  removePostsFromIncident(
    @Arg('input', () => IncidentPostsInput, { description: 'Which out of which.' }) input: IncidentPostsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removePostsFromIncident', input, tx => removePostsFromIncident(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, { description: 'Takes a ticket out of its incident.' })
  removeTicketFromIncident(
    @Arg('input', () => RemoveTicketFromIncidentInput, WHICH) input: RemoveTicketFromIncidentInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeTicketFromIncident', input, tx =>
      removeTicketFromIncident(tx, context.viewer, input.ticketId),
    );
  }
}
