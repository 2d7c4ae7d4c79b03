import type { Language } from '../access/index.js';
import type { ConsentChannel, ConsentPurpose, ConsentState } from './consent.entity.js';
import type { ContactPointKind } from './contact-point.entity.js';
import type { RelationKind } from './relation.entity.js';

type Words<Key extends string> = Record<Key, string>;

export const contactPointWords: Record<Language, Words<ContactPointKind>> = {
  en: { EMAIL: 'e-mail address', PHONE: 'telephone number', ADDRESS: 'postal address', WEBSITE: 'web site' },
  es: { EMAIL: 'correo electrónico', PHONE: 'teléfono', ADDRESS: 'dirección postal', WEBSITE: 'sitio web' },
  pt: { EMAIL: 'e-mail', PHONE: 'telefone', ADDRESS: 'endereço postal', WEBSITE: 'site' },
};

export const purposeWords: Record<Language, Words<ConsentPurpose>> = {
  en: { SERVICE: 'service', MARKETING: 'marketing', ANALYSIS: 'analysis', SHARING: 'sharing with partners' },
  es: { SERVICE: 'servicio', MARKETING: 'marketing', ANALYSIS: 'análisis', SHARING: 'cesión a socios' },
  pt: { SERVICE: 'atendimento', MARKETING: 'marketing', ANALYSIS: 'análise', SHARING: 'partilha com parceiros' },
};

export const channelWords: Record<Language, Words<ConsentChannel>> = {
  en: {
    EMAIL: 'e-mail',
    PHONE: 'telephone',
    SMS: 'SMS',
    MESSAGING: 'messaging',
    SOCIAL: 'social networks',
    MAIL: 'mail',
  },
  es: {
    EMAIL: 'correo electrónico',
    PHONE: 'teléfono',
    SMS: 'SMS',
    MESSAGING: 'mensajería',
    SOCIAL: 'redes sociales',
    MAIL: 'correo postal',
  },
  pt: {
    EMAIL: 'e-mail',
    PHONE: 'telefone',
    SMS: 'SMS',
    MESSAGING: 'mensagens',
    SOCIAL: 'redes sociais',
    MAIL: 'correio',
  },
};

export const stateWords: Record<Language, Words<ConsentState>> = {
  en: { GRANTED: 'Consent granted', WITHDRAWN: 'Consent withdrawn' },
  es: { GRANTED: 'Consentimiento otorgado', WITHDRAWN: 'Consentimiento retirado' },
  pt: { GRANTED: 'Consentimento concedido', WITHDRAWN: 'Consentimento retirado' },
};

/** Read from the end that was named first: "Ana … Panadería Sol" for an employee of it. */
export const relationWords: Record<Language, Words<RelationKind>> = {
  en: {
    EMPLOYEE_OF: 'employee of',
    CONTACT_OF: 'contact of',
    SUBSIDIARY_OF: 'subsidiary of',
    SUPPLIER_OF: 'supplier of',
    REFERRED_BY: 'referred by',
    FAMILY: 'family of',
    FRIEND: 'friend of',
    OTHER: 'related to',
  },
  es: {
    EMPLOYEE_OF: 'trabaja en',
    CONTACT_OF: 'contacto de',
    SUBSIDIARY_OF: 'filial de',
    SUPPLIER_OF: 'proveedor de',
    REFERRED_BY: 'viene por',
    FAMILY: 'familia de',
    FRIEND: 'amistad de',
    OTHER: 'relación con',
  },
  pt: {
    EMPLOYEE_OF: 'trabalha em',
    CONTACT_OF: 'contato de',
    SUBSIDIARY_OF: 'subsidiária de',
    SUPPLIER_OF: 'fornecedor de',
    REFERRED_BY: 'indicado por',
    FAMILY: 'família de',
    FRIEND: 'amizade de',
    OTHER: 'relação com',
  },
};
