import { describe, expect, test } from '@jest/globals';
import { type ScoreFacts, scoreLead } from './score.rules.js';
import { explainScoreReason } from './score-words.rules.js';

const NOTHING: ScoreFacts = {
  name: 'Ana',
  companyName: null,
  jobTitle: null,
  email: null,
  phone: null,
  website: null,
  country: null,
  interest: null,
  hasEstimate: false,
  industry: null,
  employees: null,
  qualification: {},
  hasTerritory: false,
  isTargetIndustry: false,
  isFromPost: false,
  asks: false,
  posts: 0,
  interactions: 0,
  quietDays: null,
  influencePercentile: null,
};
const pointsFor = (facts: Partial<ScoreFacts>) => scoreLead({ ...NOTHING, ...facts }).score;

const confirmed = { confirmed: true };
const EVERYTHING: Partial<ScoreFacts> = {
  companyName: 'Gil',
  jobTitle: 'CEO',
  email: 'a@b.example',
  phone: '+34912345678',
  website: 'https://b.example',
  country: 'ES',
  interest: 'bread',
  hasEstimate: true,
  employees: 300,
  qualification: { budget: confirmed, authority: confirmed, need: confirmed, timeline: confirmed },
  hasTerritory: true,
  isTargetIndustry: true,
  isFromPost: true,
  asks: true,
  posts: 1000,
  interactions: 1000,
  quietDays: 0,
  influencePercentile: 100,
};

describe('the score of a lead', () => {
  test('is nothing for somebody of whom only the name is known, and never more than 100', () => {
    expect(scoreLead(NOTHING)).toEqual({ score: 0, reasons: [] });
    expect(pointsFor(EVERYTHING)).toBe(100);
  });

  test('is the sum of its reasons, the weightiest first', () => {
    const { score, reasons } = scoreLead({ ...NOTHING, employees: 60, jobTitle: 'Gerente', posts: 3, quietDays: 2 });
    expect(score).toBe(reasons.reduce((sum, { points }) => sum + points, 0));
    expect(reasons.map(({ code }) => code)).toEqual(['COMPANY_SIZE', 'JOB_TITLE', 'POSTS', 'RECENCY']);
  });

  test('knows who decides in three languages, whatever the accents, and does not find it inside other words', () => {
    for (const title of ['CEO', 'Dueña', 'SÓCIA', 'Directora de operaciones', 'diretor comercial', 'Gerente General'])
      expect({ title, points: pointsFor({ jobTitle: title }) }).toEqual({ title, points: 10 });
    for (const title of ['Purchasing manager', 'Encargado', 'Responsável'])
      expect(pointsFor({ jobTitle: title })).toBe(6);
    for (const title of ['Headhunted baker', 'Panadera']) expect(pointsFor({ jobTitle: title })).toBe(2);
  });

  test('grows less and less with what is said, and falls as it gets older', () => {
    const [few, some, many] = [1, 7, 1000].map(posts => pointsFor({ posts }));
    expect([few, some, many]).toEqual([3, 9, 12]);
    expect([0, 7, 30, 31].map(quietDays => pointsFor({ quietDays }))).toEqual([8, 6, 3, 0]);
    expect(pointsFor({ influencePercentile: 90 })).toBe(14);
  });
});

test('every reason has words in every language, without numbers for who does not see everything', () => {
  const viewer = (scope: string) => ({ scopeOf: () => scope }) as never;
  for (const reason of scoreLead({ ...NOTHING, ...EVERYTHING }).reasons) {
    const said = (['en', 'es', 'pt'] as const).map(language =>
      explainScoreReason(reason, { language, viewer: viewer('ALL') }),
    );
    expect(new Set(said).size).toBe(3);
    const untold = explainScoreReason(reason, { language: 'en', viewer: viewer('TEAM') });
    if (['POSTS', 'INTERACTIONS', 'RECENCY', 'INFLUENCE'].includes(reason.code)) expect(untold).not.toMatch(/\d/);
  }
  expect(explainScoreReason({ code: 'NEW_ONE', points: 1 }, { language: 'en', viewer: viewer('ALL') })).toBe('NEW_ONE');
});
