import type { Outbox } from '../../social/index.js';

export const callEntities = [];

export const callResolvers = (_outbox?: Outbox): object[] => [];
