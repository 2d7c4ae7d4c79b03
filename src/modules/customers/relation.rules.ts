import { RelationKind } from './relation.entity.js';

/** Kinds that hold both ways. */
export const MUTUAL_KINDS: readonly RelationKind[] = [RelationKind.FAMILY, RelationKind.FRIEND];

export const isMutual = (kind: RelationKind): boolean => MUTUAL_KINDS.includes(kind);
