import { type CloseOutcome, ForecastCategory, OpportunityStatus } from './opportunity.kinds.rules.js';

/** What an organisation sells by until it says otherwise. */
export const DEFAULT_PIPELINE = 'Sales';

const { PIPELINE, BEST_CASE, COMMITTED, OMITTED } = ForecastCategory;
const { OPEN, WON, LOST } = OpportunityStatus;

interface DefaultStage {
  name: string;
  names: { es: string; pt: string };
  kind: OpportunityStatus;
  probability: number;
  forecastCategory: ForecastCategory;
  rotsAfterDays: number | null;
}

const stage = (
  name: string,
  es: string,
  pt: string,
  kind: OpportunityStatus,
  probability: number,
  forecastCategory: ForecastCategory,
  rotsAfterDays: number | null = null,
): DefaultStage => ({ name, names: { es, pt }, kind, probability, forecastCategory, rotsAfterDays });

export const DEFAULT_STAGES: DefaultStage[] = [
  stage('Qualification', 'Calificación', 'Qualificação', OPEN, 0.1, PIPELINE, 30),
  stage('Needs analysis', 'Análisis de necesidades', 'Análise de necessidades', OPEN, 0.25, PIPELINE, 30),
  stage('Proposal', 'Propuesta', 'Proposta', OPEN, 0.5, BEST_CASE, 21),
  stage('Negotiation', 'Negociación', 'Negociação', OPEN, 0.75, COMMITTED, 14),
  stage('Won', 'Ganada', 'Ganha', WON, 1, COMMITTED),
  stage('Lost', 'Perdida', 'Perdida', LOST, 0, OMITTED),
];

const reason = (outcome: `${CloseOutcome}`, name: string, es: string, pt: string) => ({
  outcome,
  name,
  names: { es, pt },
});

export const DEFAULT_REASONS = [
  reason(WON, 'Best fit', 'Mejor solución', 'Melhor solução'),
  reason(WON, 'Price', 'Precio', 'Preço'),
  reason(WON, 'Trust', 'Confianza', 'Confiança'),
  reason(LOST, 'Price', 'Precio', 'Preço'),
  reason(LOST, 'A competitor', 'Un competidor', 'Um concorrente'),
  reason(LOST, 'No budget', 'Sin presupuesto', 'Sem orçamento'),
  reason(LOST, 'No answer', 'Sin respuesta', 'Sem resposta'),
  reason(LOST, 'Bad moment', 'Mal momento', 'Mau momento'),
];
