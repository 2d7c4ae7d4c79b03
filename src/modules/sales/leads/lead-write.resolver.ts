import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { LeadPayload, LeadsPayload } from './lead.payloads.js';
import { createLead, createLeads, updateLead, updateLeads } from './lead.service.js';
import {
  CreateLeadFromPostInput,
  CreateLeadInput,
  CreateLeadsInput,
  DisqualifyLeadInput,
  QualifyLeadInput,
  UpdateLeadInput,
  UpdateLeadsInput,
} from './lead-write.inputs.js';
import { createLeadFromPost } from './post-lead.service.js';
import { disqualifyLead, qualifyLead } from './qualification.service.js';

@Resolver()
export class LeadWriteResolver {
  @Permit('sales:write')
  @Mutation(() => LeadPayload, { description: 'Keeps a lead.' })
  createLead(
    @Arg('input', () => CreateLeadInput, { description: 'Who it is.' }) input: CreateLeadInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createLead', input, tx => createLead(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => LeadPayload, { description: 'Changes a lead.' })
  updateLead(
    @Arg('input', () => UpdateLeadInput, { description: 'Which, and how.' }) input: UpdateLeadInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateLead', input, tx => updateLead(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => LeadsPayload, { description: 'Keeps up to 200 leads, each by itself.' })
  createLeads(
    @Arg('input', () => CreateLeadsInput, { description: 'Who they are.' }) input: CreateLeadsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createLeads', input, tx => createLeads(tx, context.viewer, input.items));
  }

  @Permit('sales:write')
  @Mutation(() => LeadsPayload, { description: 'Changes up to 200 leads, each by itself.' })
  updateLeads(
    @Arg('input', () => UpdateLeadsInput, { description: 'Which, and how.' }) input: UpdateLeadsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateLeads', input, tx => updateLeads(tx, context.viewer, input.items));
  }

  @Permit('sales:write')
  @Mutation(() => LeadPayload, { description: 'Says that a lead is worth an opportunity.' })
  qualifyLead(
    @Arg('input', () => QualifyLeadInput, { description: 'Which, and why.' }) input: QualifyLeadInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'qualifyLead', input, tx => qualifyLead(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => LeadPayload, { description: 'Says that nothing will come of a lead.' })
  disqualifyLead(
    @Arg('input', () => DisqualifyLeadInput, { description: 'Which, and why.' }) input: DisqualifyLeadInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'disqualifyLead', input, tx => disqualifyLead(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => LeadPayload, {
    description: 'Makes a lead of a post; the post and its author are kept as where it came from.',
  })
  createLeadFromPost(
    @Arg('input', () => CreateLeadFromPostInput, { description: 'Of which post.' }) input: CreateLeadFromPostInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createLeadFromPost', input, tx => createLeadFromPost(tx, context.viewer, input));
  }
}
