import type { Tx } from '../../../platform/database/database.js';
import type { TicketChange, ToldTo } from './ticket.states.rules.js';

/** What has just happened to a ticket, in the transaction in which it happened. Ids are stored ones. */
export interface TicketMoment {
  ticketId: string;
  change: TicketChange;
  at: Date;
  /** Whom subscribers have to be to be told; everybody unless given. */
  toldTo?: ToldTo | undefined;
  /** The message, where one was received or sent. */
  messageId?: string;
  /** A machine wrote it: nobody waits because of it, and nothing answers it by itself. */
  isAutomatic?: boolean;
}

export type TicketHook = (tx: Tx, moments: readonly TicketMoment[]) => Promise<void>;

/** ASSIGN: who gets it; CLOCK: what is promised; AFTER: what follows from it, such as a message or a survey. */
export type HookPhase = 'ASSIGN' | 'CLOCK' | 'AFTER';

const hooks: Record<HookPhase, TicketHook[]> = { ASSIGN: [], CLOCK: [], AFTER: [] };

/** Called once by each part of this module that has something to do when tickets change. */
export function onTickets(phase: HookPhase, hook: TicketHook): void {
  hooks[phase].push(hook);
}

/** Tells every part, phase by phase. A hook that changes tickets itself tells of that on its own. */
export async function runTicketHooks(tx: Tx, moments: readonly TicketMoment[]): Promise<void> {
  if (moments.length === 0) return;
  for (const phase of ['ASSIGN', 'CLOCK', 'AFTER'] as const) {
    for (const hook of hooks[phase]) await hook(tx, moments);
  }
}
