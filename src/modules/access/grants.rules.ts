import { invalid } from '../../platform/errors.js';
import { mayGrant, Role } from './roles.js';
import type { Viewer } from './viewer.js';

/** Throws `InputError` unless the viewer may give this role out, or take it from somebody. */
export function checkGrant(viewer: Viewer, role: Role, field: string | null = 'role'): void {
  if (!mayGrant(viewer.role, role))
    throw invalid(
      field,
      `The role ${viewer.role} gives out and takes away roles up to its own, not ${role}.`,
      'NOT_ALLOWED',
    );
}

/** A customer's login or key belongs to one customer, everybody else's to none. Throws `InputError`. */
export function checkCustomerOf(role: Role, customerId: string | null | undefined): void {
  if (role === Role.CUSTOMER && !customerId)
    throw invalid('customerId', 'The role CUSTOMER needs the customer it belongs to.', 'REQUIRED');
  if (role !== Role.CUSTOMER && customerId)
    throw invalid('customerId', `Only the role CUSTOMER belongs to a customer, not ${role}.`, 'NOT_ALLOWED');
}
