export type Phase = 'LOADING' | 'RANKING' | 'WRITING';

export interface ThreadInput {
  ownerUrl: string;
  organizationId: string;
  /** Four bytes; anything but 0 asks the thread to give up. */
  stop: SharedArrayBuffer;
}

export type FromThread =
  | { kind: 'progress'; phase: Phase; progress: number }
  | { kind: 'done'; nodes: number; edges: number; changed: number }
  | { kind: 'stopped' }
  | { kind: 'busy' };
