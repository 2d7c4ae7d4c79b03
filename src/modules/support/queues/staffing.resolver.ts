import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Member, mutate, Permit, RequestContext } from '../../access/index.js';
import { OutOfOffice } from './absence.entity.js';
import { endOutOfOffice, setAvailability, setOutOfOffice } from './availability.service.js';
import { MemberSkill } from './member-skill.entity.js';
import { Skill } from './skill.entity.js';
import { createSkill, setMemberSkills, updateSkill } from './skill.service.js';
import {
  CreateSkillInput,
  EndOutOfOfficeInput,
  MemberAvailability,
  SetAvailabilityInput,
  SetMemberSkillsInput,
  SetOutOfOfficeInput,
  SkillConnection,
  SkillPayload,
  SkillsArgs,
  StaffingPayload,
  UpdateSkillInput,
} from './staffing.inputs.js';
import {
  absenceOfMember,
  availabilityOfMember,
  languagesOfMember,
  openTicketsOfMember,
  skillsOfMember,
} from './staffing.loaders.js';

@Resolver(() => Member)
export class MemberStaffingResolver {
  @FieldResolver(() => MemberAvailability, {
    nullable: true,
    description: 'Whether they are given new tickets; for staff.',
  })
  availability(@Root() member: Member, @Ctx() context: RequestContext): Promise<MemberAvailability> | null {
    return context.viewer.may('support:read') ? context.load(availabilityOfMember, member.id) : null;
  }

  @FieldResolver(() => OutOfOffice, {
    nullable: true,
    description: 'When they are not here, now or soon; for staff.',
  })
  outOfOffice(@Root() member: Member, @Ctx() context: RequestContext): Promise<OutOfOffice | null> | null {
    return context.viewer.may('support:read') ? context.load(absenceOfMember, member.id) : null;
  }

  @FieldResolver(() => [MemberSkill], { description: 'What they can, by name; for staff.' })
  skills(@Root() member: Member, @Ctx() context: RequestContext): Promise<MemberSkill[]> | MemberSkill[] {
    return context.viewer.may('support:read') ? context.load(skillsOfMember, member.id) : [];
  }

  @FieldResolver(() => [String], {
    description: 'Languages in which they answer customers, BCP 47, beside the one they read; for staff.',
  })
  languages(@Root() member: Member, @Ctx() context: RequestContext): Promise<string[]> | string[] {
    return context.viewer.may('support:read') ? context.load(languagesOfMember, member.id) : [];
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How many tickets they have that are neither done nor put off; for staff.',
  })
  openTickets(@Root() member: Member, @Ctx() context: RequestContext): Promise<number> | null {
    return context.viewer.may('support:read') ? context.load(openTicketsOfMember, member.id) : null;
  }

  @Permit('tickets:work')
  @Mutation(() => StaffingPayload, { description: 'Says whether you, or somebody else, are given new tickets.' })
  setAvailability(
    @Arg('input', () => SetAvailabilityInput, { description: 'Who, and whether.' }) input: SetAvailabilityInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'setAvailability', input, tx => setAvailability(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => StaffingPayload, {
    description:
      'Says when somebody is not here: new tickets go past them, and a ticket in which its customer speaks leaves them.',
  })
  setOutOfOffice(
    @Arg('input', () => SetOutOfOfficeInput, { description: 'When, and who answers meanwhile.' })
    input: SetOutOfOfficeInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'setOutOfOffice', input, tx => setOutOfOffice(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => StaffingPayload, { description: 'Says that somebody is back, or will not go after all.' })
  endOutOfOffice(
    @Arg('input', () => EndOutOfOfficeInput, { description: 'Who.' }) input: EndOutOfOfficeInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'endOutOfOffice', input, tx => endOutOfOffice(tx, context.viewer, input));
  }

  @Permit('support:manage')
  @Mutation(() => StaffingPayload, { description: 'Says what somebody can, and in which languages.' })
  setMemberSkills(
    @Arg('input', () => SetMemberSkillsInput, { description: 'Who, and what.' }) input: SetMemberSkillsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'setMemberSkills', input, tx => setMemberSkills(tx, context.viewer, input));
  }
}

@Resolver(() => Skill)
export class SkillResolver {
  @Permit('support:read')
  @Query(() => SkillConnection, { description: 'What members can that not everybody does, by name.' })
  skills(@Args(() => SkillsArgs) args: SkillsArgs, @Ctx() context: RequestContext) {
    return context.page(Skill, args);
  }

  @Permit('support:manage')
  @Mutation(() => SkillPayload, { description: 'Makes a skill.' })
  createSkill(
    @Arg('input', () => CreateSkillInput, { description: 'The skill.' }) input: CreateSkillInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createSkill', input, tx => createSkill(tx, input));
  }

  @Permit('support:manage')
  @Mutation(() => SkillPayload, { description: 'Renames a skill, or has queues no longer ask for it.' })
  updateSkill(
    @Arg('input', () => UpdateSkillInput, { description: 'Which, and how.' }) input: UpdateSkillInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateSkill', input, tx => updateSkill(tx, input));
  }
}
