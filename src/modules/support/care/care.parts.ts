import { Acknowledgement } from './acknowledgement.entity.js';
import { CareSetting } from './care-settings.entity.js';
import { Incident } from './incident.entity.js';
import { IncidentAnswer } from './incident-answer.entity.js';
import { IncidentPost } from './incident-post.entity.js';
import { IntakeRule } from './intake-rule.entity.js';

import './care.hooks.js';

export const careEntities = [CareSetting, IntakeRule, Acknowledgement, Incident, IncidentPost, IncidentAnswer];

export const careResolvers = (): object[] => [];
