import type { Database, Scope } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import type { Language } from '../../access/index.js';
import { holdLinked, keepAnswer, readAnswer } from './answering.service.js';
import { surveyDigest, surveyLanguage } from './sending.service.js';
import { SCALES, type SurveyKind, type SurveyTexts } from './survey.rules.js';
import { questionOf, thanksOf } from './survey.words.js';

/** A survey that somebody opened by its link, without signing in: whoever has the link may answer. */
export interface LinkedSurvey {
  organization: string;
  language: Language;
  kind: SurveyKind;
  question: string;
  thanks: string;
  least: number;
  most: number;
  /** What was answered already; it may be changed. */
  score: number | null;
  /** Throws InputError with what is wrong. */
  answer(given: { score: number; comment?: string | null }): Promise<void>;
}

interface Row {
  organizationId: string;
  organization: string;
  kind: SurveyKind;
  texts: Record<string, SurveyTexts>;
  language: string | null;
  score: number | null;
}

/** The survey behind a link's secret; null for one that is over, or was never given out. */
export async function openLinkedSurvey(
  database: Database,
  token: string,
  requestId: string,
): Promise<LinkedSurvey | null> {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const digest = surveyDigest(token);
  const { rows } = await database.system.query<Row>(
    `select i.organization_id as "organizationId", o.name as organization, s.kind, s.texts, i.language, r.score
       from survey_invitations i
       join organizations o on o.id = i.organization_id
       join surveys s on s.organization_id = i.organization_id and s.id = i.survey_id
       left join survey_responses r on r.organization_id = i.organization_id and r.invitation_id = i.id
      where i.token_digest = $1 and i.state = 'SENT' and i.expires_at > now()`,
    [digest],
  );
  const [row] = rows;
  if (!row) return null;
  const { organizationId, organization, kind, texts, score } = row;
  const language = surveyLanguage(row.language);
  const scope: Scope = { organizationId, actor: 'system:survey-link', requestId };
  return {
    organization,
    language,
    kind,
    question: questionOf(kind, texts, language),
    thanks: thanksOf(texts, language),
    ...SCALES[kind],
    score,
    async answer(given) {
      const read = readAnswer(kind, given);
      await database.write(scope, async tx => {
        const invitation = await holdLinked(tx, digest);
        if (!invitation) throw invalid('token', 'This link leads nowhere any more.', 'NOT_FOUND');
        await keepAnswer(tx, invitation, read);
      });
    },
  };
}
