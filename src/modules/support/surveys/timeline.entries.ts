import { Field, Int, ObjectType } from 'type-graphql';
import { Reference } from '../../../platform/schema/index.js';
import { visibleCondition } from '../../access/index.js';
import { TimelineEntry, timelineSource } from '../../customers/index.js';
import { SCALES, SurveyKind } from './survey.rules.js';
import { SURVEY_WORDS } from './survey.words.js';
import { SurveyResponse } from './survey-response.entity.js';

interface Told {
  kind: SurveyKind;
  score: number;
  number: string;
}

@ObjectType({ implements: TimelineEntry, description: 'The customer said how content it was.', simpleResolvers: true })
export class SurveyAnswered extends TimelineEntry {
  @Field(() => SurveyKind, { description: 'What it was asked for.' })
  kind: SurveyKind;
  @Field(() => Int, { description: 'What it gave.' })
  score: number;
  @Reference(() => SurveyResponse, 'responseId', { nullable: true, description: 'The answer.' })
  response?: SurveyResponse;
}

const told = ({ kind, score, number }: Told) => ({ kind, score, number, most: SCALES[kind].most });

timelineSource<Told>({
  type: SurveyAnswered,
  prefix: 'survey_response',
  sql(viewer, parameters) {
    if (!viewer.may('tickets:read')) return null;
    const rule = visibleCondition(viewer, 'OF_TICKET', 'r', parameters);
    return `select r.answered_at as occurred_at, r.id,
                   jsonb_build_object('kind', r.kind, 'score', r.score, 'number', t.number, 'responseId', r.id) as detail
              from survey_responses r join tickets t on t.organization_id = r.organization_id and t.id = r.ticket_id
             where r.customer_id = k.parent${rule ? ` and ${rule}` : ''}`;
  },
  summary: {
    en: detail => SURVEY_WORDS.en.summary(told(detail)),
    es: detail => SURVEY_WORDS.es.summary(told(detail)),
    pt: detail => SURVEY_WORDS.pt.summary(told(detail)),
  },
});
