import type { Language } from '../access/index.js';

/** What is counted over everybody, for who may see everybody. */
export interface CountedFacts {
  distinctEngagers: number;
  engagers: number;
  reach: number;
  trend: number;
}

export type InfluenceFacts = { percentile: number } & { [Fact in keyof CountedFacts]: number | null };

interface Words {
  engaged(count: number): string;
  lately(count: number): string;
  nobodyLately: string;
  reaches(count: number): string;
  isNew: string;
  grows(percent: number): string;
  fades(percent: number): string;
  above(percent: number): string;
}

const WORDS: Record<Language, Words> = {
  en: {
    engaged: count => (count === 1 ? 'One person engaged with it' : `${count} different people engaged with it`),
    lately: count => `about ${count} of them lately`,
    nobodyLately: 'None of them lately',
    reaches: count => `Together with them it reaches about ${count} people`,
    isNew: 'Nearly all of that is of the last 30 days',
    grows: percent => `Engagement grew by ${percent} %`,
    fades: percent => `Engagement fell by ${percent} %`,
    above: percent => `It moves more people than ${percent} % of everybody`,
  },
  es: {
    engaged: count =>
      count === 1 ? 'Una persona interactuó con la cuenta' : `${count} personas distintas interactuaron con la cuenta`,
    lately: count => `unas ${count} de ellas hace poco`,
    nobodyLately: 'Ninguna de ellas hace poco',
    reaches: count => `Con ellas llega a unas ${count} personas`,
    isNew: 'Casi todo ello es de los últimos 30 días',
    grows: percent => `La interacción creció un ${percent} %`,
    fades: percent => `La interacción bajó un ${percent} %`,
    above: percent => `Mueve a más gente que el ${percent} % de las cuentas`,
  },
  pt: {
    engaged: count =>
      count === 1 ? 'Uma pessoa interagiu com a conta' : `${count} pessoas diferentes interagiram com a conta`,
    lately: count => `cerca de ${count} delas há pouco`,
    nobodyLately: 'Nenhuma delas há pouco',
    reaches: count => `Com elas alcança cerca de ${count} pessoas`,
    isNew: 'Quase tudo isso é dos últimos 30 dias',
    grows: percent => `A interação cresceu ${percent} %`,
    fades: percent => `A interação caiu ${percent} %`,
    above: percent => `Move mais gente que ${percent} % das contas`,
  },
};

/** Less than this, a change by half as much again, is no news. */
const NOTABLE_TREND = 0.2;
/** From here on there was next to nothing before that it could have grown from. */
const NEW_TREND = 0.9;
const NOTABLE_PERCENTILE = 90;

/** Why somebody's score is what it is, the weightiest reason first. */
export function reasonsOf(facts: InfluenceFacts, language: Language): string[] {
  if (facts.distinctEngagers === 0) return [];
  const { percentile } = facts;
  return [
    ...(isCounted(facts) ? countedReasonsOf(facts, language) : []),
    percentile >= NOTABLE_PERCENTILE && WORDS[language].above(Math.min(99, Math.floor(percentile))),
  ].filter(reason => reason !== false);
}

const isCounted = (facts: InfluenceFacts): facts is InfluenceFacts & CountedFacts => facts.distinctEngagers !== null;

function countedReasonsOf(facts: CountedFacts, language: Language): string[] {
  const words = WORDS[language];
  const lately = Math.round(facts.engagers);
  const engaged = words.engaged(facts.distinctEngagers);
  const { trend } = facts;
  // Of (now − before) ÷ (now + before), what now is of before.
  const change = Math.round(Math.abs((2 * trend) / (1 - trend)) * 100);
  return [
    lately > 0 && facts.distinctEngagers > 1 ? `${engaged}, ${words.lately(lately)}` : engaged,
    lately === 0 && words.nobodyLately,
    facts.reach > facts.distinctEngagers && words.reaches(facts.reach),
    trend >= NEW_TREND && words.isNew,
    trend >= NOTABLE_TREND && trend < NEW_TREND && words.grows(change),
    trend <= -NOTABLE_TREND && words.fades(change),
  ].filter(reason => reason !== false);
}
