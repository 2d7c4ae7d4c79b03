import { ErpError, type ErpKind, type ErpRecords, type Unsaved } from '../../src/erp/port.js';
import type { FieldSpec, Mapping, RestWrite } from './mapping.js';
import { recordOf } from './records.js';
import type { RestClient } from './rest.client.js';
import { findAll, textOf, valuesOf } from './values.js';

interface Way {
  client: RestClient;
  mapping: Mapping;
  /** By which an answer is read. */
  fields: Record<string, FieldSpec>;
}

/** Creates a record, or changes the one it names. What comes back is what the ERP keeps. */
export async function writeRest<Kind extends ErpKind>(
  kind: Kind,
  write: RestWrite,
  record: Unsaved<ErpRecords[Kind]>,
  key: string,
  { client, mapping, fields }: Way,
): Promise<ErpRecords[Kind]> {
  const { externalId } = record;
  const call = externalId === undefined ? write.create : write.update;
  if (!call) throw new ErpError('REFUSED', `The mapping has no kinds.${kind}.write.update.`);
  const { json } = await client.call(client.address(call.path, call.query, { id: externalId, key }), {
    method: call.method,
    json: valuesOf({ ...record, key }, write.body, mapping.lookups),
    ...(write.idempotencyHeader && { headers: { [write.idempotencyHeader]: key } }),
  });
  if ('externalId' in call.answer) {
    const id = textOf(findAll(json, call.answer.externalId)[0]) ?? externalId;
    if (id) return { ...record, externalId: id } as ErpRecords[Kind];
  } else {
    const [item] = findAll(json, call.answer.item);
    if (item !== undefined && item !== null) return recordOf(kind, item, fields, mapping);
    if (externalId !== undefined) return { ...record, externalId } as ErpRecords[Kind];
  }
  throw new ErpError('BROKEN', 'The ERP does not say under which id it keeps what was written.', {
    mayHaveHappened: true,
  });
}

export async function findRest<Kind extends ErpKind>(
  kind: Kind,
  write: RestWrite,
  key: string,
  { client, mapping, fields }: Way,
): Promise<ErpRecords[Kind] | null> {
  // The ERP itself knows a key it has seen: the write is simply tried again.
  if (!write.find) return null;
  try {
    const { json } = await client.call(client.address(write.find.path, write.find.query, { key }));
    const [item] = findAll(json, write.find.item);
    return item === undefined || item === null ? null : recordOf(kind, item, fields, mapping);
  } catch (error) {
    if (error instanceof ErpError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
