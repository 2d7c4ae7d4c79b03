/** What an escalation rule waits for. */
export enum EscalationTrigger {
  BEFORE_DUE = 'BEFORE_DUE',
  AFTER_DUE = 'AFTER_DUE',
  UNASSIGNED = 'UNASSIGNED',
  UNTOUCHED = 'UNTOUCHED',
}
