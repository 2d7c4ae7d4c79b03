import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import {
  CannedResponseConnection,
  CannedResponsePayload,
  CannedResponsesArgs,
  CreateCannedResponseInput,
  RemoveCannedResponseInput,
  RenderedCannedResponse,
  UpdateCannedResponseInput,
} from './canned.inputs.js';
import { createCannedResponse, removeCannedResponse, sayCanned, updateCannedResponse } from './canned.service.js';
import { CannedResponse, CannedText } from './canned-response.entity.js';

@Resolver(() => CannedResponse)
export class CannedResponseResolver {
  @Permit('support:read')
  @Query(() => CannedResponseConnection, {
    description:
      'Answers that are given often: those for everybody and for your teams; all of them for who manages support.',
  })
  cannedResponses(
    @Args(() => CannedResponsesArgs) { search, ...args }: CannedResponsesArgs,
    @Ctx() context: RequestContext,
  ) {
    const { viewer } = context;
    return context.page(CannedResponse, args, parameters => {
      const begins = search && parameters.add(`${search.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`, 'text');
      const conditions = [
        !viewer.may('support:manage') &&
          `(t.team_id is null or t.team_id = any (${parameters.add(viewer.teamIds, 'uuid[]')}))`,
        begins && `(t.shortcut like ${begins} or lower(t.name) like ${begins})`,
      ].filter(Boolean);
      return conditions.join(' and ') || 'true';
    });
  }

  @Permit('tickets:work')
  @Query(() => RenderedCannedResponse, {
    nullable: true,
    description:
      'What a canned response would say in a ticket; nothing when there is none, or no ticket that you may see.',
  })
  async renderCannedResponse(
    @Arg('id', () => ID, { description: 'The canned response.' }) id: string,
    @Arg('ticketId', () => ID, { description: 'The ticket.' }) ticketId: string,
    @Ctx() context: RequestContext,
    @Arg('language', () => String, {
      nullable: true,
      description: 'In this language rather than that of the customer.',
    })
    language?: string,
  ): Promise<RenderedCannedResponse | null> {
    const ticket = await context.recordByPublicId(Ticket, ticketId);
    const canned = await context.recordByPublicId(CannedResponse, id);
    if (!ticket || !canned) return null;
    const reader = { scope: context.scope, query: context.read.bind(context) };
    return sayCanned(reader, context.viewer, { id, ticketId: ticket.id, language: language ?? null, field: 'id' });
  }

  @Permit('support:manage')
  @Mutation(() => CannedResponsePayload, { description: 'Keeps an answer that is given often.' })
  createCannedResponse(
    @Arg('input', () => CreateCannedResponseInput, { description: 'What it says.' }) input: CreateCannedResponseInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createCannedResponse', input, tx => createCannedResponse(tx, context.viewer, input));
  }

  @Permit('support:manage')
  @Mutation(() => CannedResponsePayload, { description: 'Changes an answer that is given often.' })
  updateCannedResponse(
    @Arg('input', () => UpdateCannedResponseInput, { description: 'Which, and how.' }) input: UpdateCannedResponseInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateCannedResponse', input, tx => updateCannedResponse(tx, context.viewer, input));
  }

  @Permit('support:manage')
  @Mutation(() => CannedResponsePayload, {
    description: 'Removes an answer that is given often; macros that use it no longer work.',
  })
  removeCannedResponse(
    @Arg('input', () => RemoveCannedResponseInput, { description: 'Which.' }) input: RemoveCannedResponseInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeCannedResponse', input, tx => removeCannedResponse(tx, input.id));
  }

  @FieldResolver(() => [CannedText], { description: 'What it says, in each of its languages.' })
  texts(@Root() { texts }: CannedResponse): CannedText[] {
    return Object.entries(texts).map(([language, text]) => ({ language, text }));
  }
}
