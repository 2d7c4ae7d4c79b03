export enum ComplaintStage {
  RECEIVED = 'RECEIVED',
  ACKNOWLEDGED = 'ACKNOWLEDGED',
  ANSWERED = 'ANSWERED',
  APPEALED = 'APPEALED',
  CLOSED = 'CLOSED',
  WITHDRAWN = 'WITHDRAWN',
}

export enum ComplaintSeverity {
  LOW = 'LOW',
  MEDIUM = 'MEDIUM',
  HIGH = 'HIGH',
}

export enum ComplaintOutcome {
  UPHELD = 'UPHELD',
  PARTLY_UPHELD = 'PARTLY_UPHELD',
  REJECTED = 'REJECTED',
}

export enum ComplaintStepKind {
  REGISTERED = 'REGISTERED',
  ACKNOWLEDGED = 'ACKNOWLEDGED',
  ANSWERED = 'ANSWERED',
  APPEALED = 'APPEALED',
  APPEAL_ANSWERED = 'APPEAL_ANSWERED',
  CHANGED = 'CHANGED',
  CLOSED = 'CLOSED',
  WITHDRAWN = 'WITHDRAWN',
}

const { RECEIVED, ACKNOWLEDGED, ANSWERED, APPEALED, CLOSED, WITHDRAWN } = ComplaintStage;

/** A step that leads from one stage to another. */
export type ComplaintMove = Exclude<`${ComplaintStepKind}`, 'REGISTERED' | 'CHANGED'>;

const STEPS: Record<ComplaintMove, { from: readonly ComplaintStage[]; to: ComplaintStage }> = {
  ACKNOWLEDGED: { from: [RECEIVED], to: ACKNOWLEDGED },
  ANSWERED: { from: [RECEIVED, ACKNOWLEDGED], to: ANSWERED },
  APPEALED: { from: [ANSWERED], to: APPEALED },
  // One appeal within the organisation; after it the way out of it is open (ISO 10003).
  APPEAL_ANSWERED: { from: [APPEALED], to: CLOSED },
  CLOSED: { from: [ANSWERED], to: CLOSED },
  WITHDRAWN: { from: [RECEIVED, ACKNOWLEDGED, ANSWERED, APPEALED], to: WITHDRAWN },
};

/** Where a complaint stands after a step; null where the step cannot be taken from where it stands. */
export const stageAfter = (stage: ComplaintStage, step: ComplaintMove): ComplaintStage | null =>
  STEPS[step].from.includes(stage) ? STEPS[step].to : null;

/** The steps that can be taken from where a complaint stands. */
export const stepsFrom = (stage: ComplaintStage): ComplaintMove[] =>
  (Object.keys(STEPS) as ComplaintMove[]).filter(step => stageAfter(stage, step));

/** By when something is to be done next. */
export function nextDeadline(complaint: {
  stage: ComplaintStage;
  acknowledgeBy: string;
  answerBy: string;
  appealAnswerBy: string | null;
}): string | null {
  if (complaint.stage === RECEIVED) return complaint.acknowledgeBy;
  if (complaint.stage === ACKNOWLEDGED) return complaint.answerBy;
  return complaint.stage === APPEALED ? complaint.appealAnswerBy : null;
}
