import type { Access } from '../access/index.js';
import { Consent } from './consent.entity.js';
import { ConsentResolver } from './consent.resolver.js';
import { ContactPoint } from './contact-point.entity.js';
import { ContactPointPayloadResolver, ContactPointResolver } from './contact-point.resolver.js';
import { CustomFieldDefinition } from './custom-field.entity.js';
import { CustomFieldResolver } from './custom-field.resolver.js';
import { Customer } from './customer.entity.js';
import { CustomerResolver } from './customer.resolver.js';
import { CustomerStreamResolver } from './customer.streams.js';
import { CustomerChangeResolver } from './customer-change.resolver.js';
import { ErasureResolver } from './erasure.resolver.js';
import { CustomerMerge } from './merge.entity.js';
import {
  CustomerMergeResolver,
  MergeCustomersPayloadResolver,
  MergeResolver,
  UndoMergePayloadResolver,
} from './merge.resolver.js';
import { CustomerMergeChange } from './merge-change.entity.js';
import { Note } from './note.entity.js';
import { NotePayloadResolver, NoteResolver } from './note.resolver.js';
import { Preference } from './preference.entity.js';
import { PreferenceResolver } from './preference.resolver.js';
import { CustomerRelation } from './relation.entity.js';
import { RelationResolver } from './relation.resolver.js';
import { TimelineResolver } from './timeline.resolver.js';

export { ConsentChannel, ConsentPurpose, ConsentState } from './consent.entity.js';
export { recordConsent } from './consent.service.js';
export { ContactPointKind } from './contact-point.entity.js';
export { ContactPointInput } from './contact-point.inputs.js';
export { normaliseEmail, normalisePhone, normaliseWebsite, phonesLike } from './contact-point.rules.js';
export { addContactPoint, removeContactPoint, verifyContactPoint } from './contact-point.service.js';
export { CUSTOMER_BY_KEY } from './csv.references.js';
export { CustomFieldSubject } from './custom-field.entity.js';
export { mergeCustomFields, requireCustomFields } from './custom-field.rules.js';
export { fieldDefinitions, onFieldRemoved } from './custom-field.service.js';
export { Customer, CustomerKind } from './customer.entity.js';
export {
  everBelonging,
  exportSection,
  onContactPoints,
  onCustomerGiven,
  onErase,
  onForgotten,
  onUnmerge,
} from './customer.hooks.js';
export { CustomerPayload } from './customer.payloads.js';
export { cleanLanguage } from './customer.rules.js';
export { createCustomer, updateCustomer } from './customer.service.js';
export { createPlainCustomers } from './customer-bulk.service.js';
export type { CreateCustomerItem } from './customer-change.inputs.js';
export { customerExport } from './export.queries.js';
export { type MergedTable, mergedTable } from './merge.tables.js';
export { addNote } from './note.service.js';
export { removePreference, setPreference } from './preference.service.js';
export { RelationKind } from './relation.entity.js';
export { relateCustomers } from './relation.service.js';
export { TimelineEntry, timelineSource } from './timeline.sources.js';

import './csv.kinds.js';
import './records.js';

/** Every stored class of this module, for TypeORM. */
export const customerEntities = [
  Customer,
  CustomerRelation,
  ContactPoint,
  Preference,
  Consent,
  CustomFieldDefinition,
  Note,
  CustomerMerge,
  CustomerMergeChange,
];

/** Everything of this module that answers a field, for the composition root; without `access` it makes the schema only. */
export const customerResolvers = (access?: Access): object[] => [
  new CustomerResolver(),
  new CustomerChangeResolver(),
  new CustomerStreamResolver(),
  new ContactPointResolver(),
  new ContactPointPayloadResolver(),
  new PreferenceResolver(),
  new ConsentResolver(),
  new NoteResolver(),
  new NotePayloadResolver(),
  new RelationResolver(),
  new CustomFieldResolver(),
  new TimelineResolver(),
  new MergeResolver(access as Access),
  new CustomerMergeResolver(),
  new MergeCustomersPayloadResolver(),
  new UndoMergePayloadResolver(),
  new ErasureResolver(),
];
