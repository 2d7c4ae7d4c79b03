import type { ErpKind, ErpRecords } from '../../../erp/port.js';
import type { Tx } from '../../../platform/database/database.js';
import type { FieldValues, SharedKind } from '../conflict.rules.js';

/** What a record of theirs names, by the ERP's id. */
export interface ErpReference {
  kind: ErpKind;
  externalId: string;
  /** Without it the record cannot be kept at all; otherwise it is kept as far as possible, and completed later. */
  isRequired: boolean;
}

/** Stored ids of what a record names, where it is known. */
export interface Resolved {
  idOf(kind: ErpKind, externalId: string | undefined): string | null;
}

/** A kind that people change on both sides: it is compared field by field. */
export interface SharedMirror<Kind extends SharedKind> {
  kind: Kind;
  /** What they say, in the spelling in which we keep it; what they do not say is not in it. */
  fields(tx: Tx, record: ErpRecords[Kind]): Promise<FieldValues>;
  /** The one record of ours that this is for certain, or null. */
  match(tx: Tx, record: ErpRecords[Kind], fields: FieldValues): Promise<string | null>;
  /** What we have, held until the transaction ends; null when it is gone. */
  read(tx: Tx, recordId: string): Promise<{ fields: FieldValues; changedAt: string; label: string } | null>;
  create(tx: Tx, fields: FieldValues): Promise<string>;
  /** As `fields` of each; null for one that is not as it must be. */
  fieldsOfAll(tx: Tx, records: readonly ErpRecords[Kind][]): Promise<(FieldValues | null)[]>;
  /** Those that are like no record of ours and like no other of them, so that each is new for certain. */
  strangers<Told extends { record: ErpRecords[Kind]; fields: FieldValues }>(
    tx: Tx,
    told: readonly Told[],
  ): Promise<Told[]>;
  /** As `create` of each, in a few statements; null for one that must be created by itself. */
  createAll(tx: Tx, items: readonly FieldValues[]): Promise<(string | null)[]>;
  change(tx: Tx, recordId: string, fields: FieldValues): Promise<void>;
}

/** A kind of which the ERP alone has the word. */
export interface PlainMirror<Kind extends Exclude<ErpKind, SharedKind>> {
  kind: Kind;
  references(record: ErpRecords[Kind]): ErpReference[];
  /** Keeps what the ERP says. `recordId`: ours, where it is known. Throws `InputError`, or `Overlap`. */
  keep(
    tx: Tx,
    record: ErpRecords[Kind],
    known: { recordId: string | null; resolved: Resolved },
  ): Promise<{ recordId: string | null; change: 'CREATED' | 'CHANGED' | 'UNCHANGED' }>;
}

/** Something of theirs has no place beside something of ours, which a person must decide on. */
export class Overlap extends Error {
  override readonly name = 'Overlap';
  constructor(
    readonly field: string,
    readonly ours: unknown,
    readonly theirs: unknown,
    readonly label: string,
  ) {
    super(`${field} of ${label} is taken.`);
  }
}
