import type { Qualification } from './lead.entity.js';

/** What a lead is judged by. Counts are of the last 90 days. */
export interface ScoreFacts {
  name: string;
  companyName: string | null;
  jobTitle: string | null;
  email: string | null;
  phone: string | null;
  website: string | null;
  country: string | null;
  interest: string | null;
  hasEstimate: boolean;
  industry: string | null;
  employees: number | null;
  qualification: Qualification;
  /** Whether it lies in a territory, and whether one of ours names its industry. */
  hasTerritory: boolean;
  isTargetIndustry: boolean;
  isFromPost: boolean;
  /** What made it a lead asks something. */
  asks: boolean;
  /** What they said, and what they did to or with our accounts. */
  posts: number;
  interactions: number;
  /** Days since they were last heard of; null when they never were. */
  quietDays: number | null;
  /** Share of everybody whom they influence more than, 0 to 100; null where it was not worked out. */
  influencePercentile: number | null;
}

export type ScoreCode =
  | 'COMPANY_SIZE'
  | 'INDUSTRY'
  | 'JOB_TITLE'
  | 'COMPLETENESS'
  | 'TERRITORY'
  | 'BUDGET'
  | 'AUTHORITY'
  | 'NEED'
  | 'TIMELINE'
  | 'POSTS'
  | 'INTERACTIONS'
  | 'RECENCY'
  | 'INTENT'
  | 'INFLUENCE';

/** As it is stored: the words are made for whoever reads it. */
export interface ScoreReason {
  code: ScoreCode;
  points: number;
  /** The number the words speak of: people, fields, posts, days, per cent. */
  count?: number;
}

const HIGHEST = 100;

/** Who decides, and who has a say, in the languages of our customers; whole words, without accents. */
const DECIDES =
  /\b(ceo|coo|cfo|cto|cmo|cio|chief|owner|founder|cofounder|president|director|directora|managing|head|vp|partner|gerente general|dueno|duena|propietario|propietaria|fundador|fundadora|presidente|presidenta|jefe de compras|jefa de compras|socio|socia|diretor|diretora|dono|dona|proprietario|proprietaria)\b/;
const HAS_A_SAY =
  /\b(manager|lead|supervisor|buyer|purchasing|procurement|gerente|jefe|jefa|responsable|encargado|encargada|compras|coordinador|coordinadora|chefe|responsavel|comprador|compradora|coordenador|coordenadora|supervisora)\b/;

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The first of `steps` (least value, points) that `value` reaches. */
function step(value: number, steps: readonly (readonly [least: number, points: number])[]): number {
  return steps.find(([least]) => value >= least)?.[1] ?? 0;
}

function titlePoints(title: string | null): number {
  if (!title) return 0;
  const folded = fold(title);
  if (DECIDES.test(folded)) return 10;
  return HAS_A_SAY.test(folded) ? 6 : 2;
}

const KNOWN_FIELDS = ['companyName', 'email', 'phone', 'website', 'country', 'interest'] as const;

/**
 * How promising a lead is, from 0 to 100, and why: who they are (fit, at most 61 points), what they do (engagement, at most 37)
 * and whom they move (influence, at most 15). The points of the reasons add up to the score, unless they are more than 100.
 */
export function scoreLead(facts: ScoreFacts): { score: number; reasons: ScoreReason[] } {
  const reasons = [...fitOf(facts), ...engagementOf(facts), ...influenceOf(facts)].filter(({ points }) => points > 0);
  reasons.sort((a, b) => b.points - a.points);
  const sum = reasons.reduce((all, { points }) => all + points, 0);
  return { score: Math.min(HIGHEST, sum), reasons };
}

function fitOf(facts: ScoreFacts): ScoreReason[] {
  const { employees, qualification } = facts;
  const size = [
    [250, 10],
    [50, 8],
    [10, 5],
    [1, 2],
  ] as const;
  const known = KNOWN_FIELDS.filter(field => facts[field]).length + (facts.hasEstimate ? 1 : 0);
  const confirmed = (answer: { confirmed: boolean } | null | undefined) => (answer?.confirmed ? 5 : 0);
  return [
    { code: 'COMPANY_SIZE', points: step(employees ?? 0, size), count: employees ?? 0 },
    { code: 'INDUSTRY', points: facts.isTargetIndustry ? 6 : 0 },
    { code: 'JOB_TITLE', points: titlePoints(facts.jobTitle) },
    { code: 'COMPLETENESS', points: Math.round((known / (KNOWN_FIELDS.length + 1)) * 10), count: known },
    { code: 'TERRITORY', points: facts.hasTerritory ? 5 : 0 },
    { code: 'BUDGET', points: confirmed(qualification.budget) },
    { code: 'AUTHORITY', points: confirmed(qualification.authority) },
    { code: 'NEED', points: confirmed(qualification.need) },
    { code: 'TIMELINE', points: confirmed(qualification.timeline) },
  ];
}

function engagementOf({ isFromPost, asks, posts, interactions, quietDays }: ScoreFacts): ScoreReason[] {
  const recency = [
    [0, 8],
    [-7, 6],
    [-30, 3],
  ] as const;
  return [
    // Twice as much said is not twice as much meant.
    { code: 'POSTS', points: Math.min(12, Math.round(3 * Math.log2(1 + posts))), count: posts },
    { code: 'INTERACTIONS', points: Math.min(7, Math.round(2 * Math.log2(1 + interactions))), count: interactions },
    { code: 'RECENCY', points: quietDays === null ? 0 : step(-quietDays, recency), count: quietDays ?? 0 },
    { code: 'INTENT', points: isFromPost ? (asks ? 10 : 5) : 0 },
  ];
}

function influenceOf({ influencePercentile }: ScoreFacts): ScoreReason[] {
  if (influencePercentile === null) return [];
  const count = Math.min(99, Math.floor(influencePercentile));
  return [{ code: 'INFLUENCE', points: Math.round((influencePercentile * 15) / 100), count }];
}
