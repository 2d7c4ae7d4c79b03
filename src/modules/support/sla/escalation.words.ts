import type { Language } from '../../access/index.js';
import { EscalationTrigger } from './escalation.rules.js';
import { SlaMetric } from './history.rules.js';

interface Words {
  metrics: Record<SlaMetric, string>;
  [EscalationTrigger.BEFORE_DUE](metric: string, minutes: number): string;
  [EscalationTrigger.AFTER_DUE](metric: string, minutes: number): string;
  [EscalationTrigger.UNASSIGNED](metric: string, minutes: number): string;
  [EscalationTrigger.UNTOUCHED](metric: string, minutes: number): string;
}

const WORDS: Record<Language, Words> = {
  en: {
    metrics: { FIRST_RESPONSE: 'the first response', NEXT_RESPONSE: 'the next response', RESOLUTION: 'the resolution' },
    BEFORE_DUE: (metric, minutes) => `Escalated: less than ${minutes} working minutes are left for ${metric}.`,
    AFTER_DUE: (metric, minutes) => `Escalated: the time for ${metric} ran out ${minutes} working minutes ago.`,
    UNASSIGNED: (_, minutes) => `Escalated: nobody has had it for ${minutes} working minutes.`,
    UNTOUCHED: (_, minutes) => `Escalated: nobody has worked on it for ${minutes} working minutes.`,
  },
  es: {
    metrics: {
      FIRST_RESPONSE: 'la primera respuesta',
      NEXT_RESPONSE: 'la siguiente respuesta',
      RESOLUTION: 'la resolución',
    },
    BEFORE_DUE: (metric, minutes) => `Escalado: quedan menos de ${minutes} minutos laborables para ${metric}.`,
    AFTER_DUE: (metric, minutes) => `Escalado: el plazo de ${metric} venció hace ${minutes} minutos laborables.`,
    UNASSIGNED: (_, minutes) => `Escalado: nadie lo tiene asignado desde hace ${minutes} minutos laborables.`,
    UNTOUCHED: (_, minutes) => `Escalado: nadie ha trabajado en él desde hace ${minutes} minutos laborables.`,
  },
  pt: {
    metrics: {
      FIRST_RESPONSE: 'a primeira resposta',
      NEXT_RESPONSE: 'a próxima resposta',
      RESOLUTION: 'a resolução',
    },
    BEFORE_DUE: (metric, minutes) => `Escalado: faltam menos de ${minutes} minutos úteis para ${metric}.`,
    AFTER_DUE: (metric, minutes) => `Escalado: o prazo para ${metric} venceu há ${minutes} minutos úteis.`,
    UNASSIGNED: (_, minutes) => `Escalado: ninguém é responsável há ${minutes} minutos úteis.`,
    UNTOUCHED: (_, minutes) => `Escalado: ninguém trabalhou nele há ${minutes} minutos úteis.`,
  },
};

/** What a ticket's note says of a rule that acted, in the language (BCP 47) of the organisation; English for any other. */
export function escalationNote(
  language: string,
  { trigger, metric, minutes }: { trigger: EscalationTrigger; metric: SlaMetric | null; minutes: number },
): string {
  const words = WORDS[language.slice(0, 2) as Language] ?? WORDS.en;
  return words[trigger](metric ? words.metrics[metric] : '', minutes);
}
