import { OutOfOffice } from './absence.entity.js';
import { StoredAvailability } from './availability.entity.js';
import { MemberLanguage } from './member-language.entity.js';
import { MemberSkill } from './member-skill.entity.js';
import { Queue } from './queue.entity.js';
import { QueueResolver } from './queue.resolver.js';
import { QueueStreamResolver } from './queue.streams.js';
import { QueueMember } from './queue-member.entity.js';
import { QueueSkill } from './queue-skill.entity.js';
import { QueueTurn } from './queue-turn.entity.js';
import { QueueWaiting } from './queue-waiting.entity.js';
import { Skill } from './skill.entity.js';
import { MemberStaffingResolver, SkillResolver } from './staffing.resolver.js';
import { TicketGivingResolver } from './ticket-giving.resolver.js';

import './moving.hooks.js';
import './records.js';

export const queueEntities = [
  Queue,
  QueueMember,
  Skill,
  QueueSkill,
  MemberSkill,
  MemberLanguage,
  StoredAvailability,
  OutOfOffice,
  QueueTurn,
  QueueWaiting,
];

export const queueResolvers = (): object[] => [
  new QueueResolver(),
  new QueueStreamResolver(),
  new MemberStaffingResolver(),
  new SkillResolver(),
  new TicketGivingResolver(),
];
