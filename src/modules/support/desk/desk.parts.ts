import type { Outbox } from '../../social/index.js';

export const deskEntities = [];

export const deskResolvers = (_outbox?: Outbox): object[] => [];
