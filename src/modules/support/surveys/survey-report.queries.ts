import { Parameters } from '../../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import { indexOf, SurveyKind } from './survey.rules.js';
import type { SurveyFigure, SurveyGroup, SurveyReportArgs, SurveyReportRow } from './survey.types.js';

const GROUPS: Record<`${SurveyGroup}`, string> = {
  NONE: 'null::uuid',
  MEMBER: 'i.member_id',
  TEAM: 'i.team_id',
  CHANNEL: 'i.channel',
  SURVEY: 'i.survey_id',
  CUSTOMER: 'i.customer_id',
};

interface Counted {
  key: string | null;
  kind: SurveyKind;
  score: number | null;
  count: number;
}

/**
 * What customers answered who were asked within `[from, to)`, by kind and group, of each kind the `first` groups of which most
 * answered: one statement, of tickets the viewer may see. A group's key is the stored id of whom it is about, or the channel.
 */
export async function surveyReport(
  context: RequestContext,
  { from, to, groupBy, first }: SurveyReportArgs,
): Promise<SurveyReportRow[]> {
  const parameters = new Parameters();
  const visible = visibleCondition(context.viewer, 'OF_TICKET', 'i', parameters);
  const rows = await context.read<Counted>(
    `with counted as (
     select ${GROUPS[groupBy]}::text as key, s.kind, r.score, count(*)::integer as count
       from survey_invitations i
       join surveys s on s.organization_id = i.organization_id and s.id = i.survey_id
       left join survey_responses r on r.organization_id = i.organization_id and r.invitation_id = i.id
      where i.state = 'SENT' and i.sent_at >= ${parameters.add(from, 'timestamptz')} and i.sent_at < ${parameters.add(to, 'timestamptz')}
        ${visible ? `and ${visible}` : ''}
      group by 1, 2, 3),
     groups as (
       select key, kind, row_number() over (partition by kind order by coalesce(sum(count) filter (where score is not null), 0) desc,
                                                                      sum(count) desc, key collate "C" nulls first) as place
         from counted group by key, kind)
     select c.* from counted c join groups g on g.kind = c.kind and g.key is not distinct from c.key where g.place <= ${parameters.add(first, 'integer')}`,
    parameters.values,
  );
  return figuresOf(rows).map(({ key, ...figure }) => ({
    channel: groupBy === 'CHANNEL' ? (key as never) : null,
    memberId: groupBy === 'MEMBER' ? key : null,
    teamId: groupBy === 'TEAM' ? key : null,
    surveyId: groupBy === 'SURVEY' ? key : null,
    customerId: groupBy === 'CUSTOMER' ? key : null,
    ...figure,
  }));
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** One figure for each key and kind, those of which most answered first, from how many gave each score and how many none. */
export function figuresOf(rows: readonly Counted[]): (SurveyFigure & { key: string | null })[] {
  const groups = Map.groupBy(rows, ({ key, kind }) => `${kind} ${key}`);
  return [...groups.values()]
    .map(counted => {
      const { key, kind } = counted[0]!;
      const scores = new Map(counted.flatMap(({ score, count }) => (score === null ? [] : [[score, count] as const])));
      const asked = counted.reduce((sum, { count }) => sum + count, 0);
      const answered = [...scores.values()].reduce((sum, count) => sum + count, 0);
      const distribution = [...scores].sort(([a], [b]) => a - b).map(([score, count]) => ({ score, count }));
      return { key, kind, asked, answered, score: indexOf(kind, scores), distribution };
    })
    .sort(
      (a, b) =>
        compare(a.kind, b.kind) || b.answered - a.answered || b.asked - a.asked || compare(a.key ?? '', b.key ?? ''),
    );
}
