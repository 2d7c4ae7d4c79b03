import type { InputProblem } from '../../../platform/errors.js';

export enum MacroActionKind {
  REPLY = 'REPLY',
  NOTE = 'NOTE',
  SET_STATUS = 'SET_STATUS',
  SET_PRIORITY = 'SET_PRIORITY',
  SET_CATEGORY = 'SET_CATEGORY',
  ADD_TAGS = 'ADD_TAGS',
  REMOVE_TAGS = 'REMOVE_TAGS',
  ASSIGN = 'ASSIGN',
  SET_TEAM = 'SET_TEAM',
  SET_QUEUE = 'SET_QUEUE',
}

/** One step as it is stored; ids are public ones. */
export interface StoredAction {
  kind: MacroActionKind;
  text?: string | null;
  cannedResponseId?: string | null;
  visibility?: string | null;
  status?: string | null;
  priority?: string | null;
  categoryId?: string | null;
  tags?: string[] | null;
  assigneeId?: string | null;
  teamId?: string | null;
  queueId?: string | null;
}

type Part = Exclude<keyof StoredAction, 'kind'>;

/** What each kind of step takes; `needs` must be given, one of them at least. */
const PARTS: Record<MacroActionKind, { needs: Part[]; takes?: Part[] }> = {
  REPLY: { needs: ['text', 'cannedResponseId'], takes: ['visibility', 'status'] },
  NOTE: { needs: ['text'] },
  SET_STATUS: { needs: ['status'] },
  SET_PRIORITY: { needs: ['priority'] },
  SET_CATEGORY: { needs: [], takes: ['categoryId'] },
  ADD_TAGS: { needs: ['tags'] },
  REMOVE_TAGS: { needs: ['tags'] },
  ASSIGN: { needs: [], takes: ['assigneeId'] },
  SET_TEAM: { needs: ['teamId'] },
  SET_QUEUE: { needs: ['queueId'] },
};

export const MOST_ACTIONS = 20;

/** What is wrong with the form of a macro's steps; whether what they name is there is not looked at. */
export function actionProblems(actions: readonly StoredAction[]): InputProblem[] {
  const problems: InputProblem[] = [];
  if (actions.length === 0)
    problems.push({ field: 'actions', code: 'REQUIRED', message: 'It does nothing: give it a step.' });
  if (actions.length > MOST_ACTIONS)
    problems.push({ field: 'actions', code: 'TOO_LONG', message: `It has at most ${MOST_ACTIONS} steps.` });
  for (const [at, action] of actions.entries()) {
    const { needs, takes = [] } = PARTS[action.kind];
    const given = (Object.keys(action) as (keyof StoredAction)[]).filter(
      (part): part is Part => part !== 'kind' && isGiven(action[part]),
    );
    if (needs.length > 0 && !needs.some(part => given.includes(part)))
      problems.push({ field: `actions.${at}.${needs[0]}`, code: 'REQUIRED', message: 'It must be given.' });
    for (const part of given)
      if (![...needs, ...takes].includes(part))
        problems.push({ field: `actions.${at}.${part}`, code: 'INVALID', message: `${action.kind} does not take it.` });
    if ((action.text?.length ?? 0) > 20_000)
      problems.push({ field: `actions.${at}.text`, code: 'TOO_LONG', message: 'It has at most 20000 characters.' });
    if (action.status === 'NEW')
      problems.push({ field: `actions.${at}.status`, code: 'INVALID', message: 'A ticket is new only once.' });
  }
  if (actions.filter(({ kind }) => kind === MacroActionKind.REPLY).length > 1)
    problems.push({ field: 'actions', code: 'INVALID', message: 'It answers once.' });
  return problems;
}

const isGiven = (value: unknown): boolean =>
  value != null && !(typeof value === 'string' && value.trim() === '') && !(Array.isArray(value) && value.length === 0);
