import { registerEnumType } from 'type-graphql';

/** By what somebody proves who they are. */
export enum PortalContactKind {
  EMAIL = 'EMAIL',
  PHONE = 'PHONE',
}
registerEnumType(PortalContactKind, {
  name: 'PortalContactKind',
  description: 'By what a customer signs in.',
  valuesConfig: {
    EMAIL: { description: 'An e-mail address.' },
    PHONE: { description: 'A telephone number that takes text messages.' },
  },
});
