/** What a link, or the suggestion of one, rests on. */
export enum EvidenceKind {
  VERIFIED_EMAIL = 'VERIFIED_EMAIL',
  VERIFIED_PHONE = 'VERIFIED_PHONE',
  PROFILE_LINK = 'PROFILE_LINK',
  CONFIRMED_CLAIM = 'CONFIRMED_CLAIM',
  MANUAL = 'MANUAL',
  NAME = 'NAME',
  HANDLE = 'HANDLE',
  EMAIL = 'EMAIL',
  PHONE = 'PHONE',
  BIRTH_DATE = 'BIRTH_DATE',
  PLACE = 'PLACE',
  WORDS = 'WORDS',
  SITE = 'SITE',
  AVATAR = 'AVATAR',
  LANGUAGE = 'LANGUAGE',
  POSTING_HOURS = 'POSTING_HOURS',
  BORROWED_NAME = 'BORROWED_NAME',
  RIVALS = 'RIVALS',
}

export enum LinkMethod {
  AUTOMATIC = 'AUTOMATIC',
  MANUAL = 'MANUAL',
  CLAIM = 'CLAIM',
}

export interface Evidence {
  kind: EvidenceKind;
  /** What exactly was compared, without the personal value itself: a person's own words, or else English. */
  detail: string;
  /** The same by its name among `evidence.words.ts`, so that each reader is told in their language. Older entries have none. */
  code?: string;
  /** Numbers the words speak of. */
  parameters?: EvidenceParameters;
  /** How much it says, in bits; an exact proof says more than any number of likenesses, and what speaks against is negative. */
  weight: number;
}

export interface EvidenceParameters {
  /** Of how many one has the value agreed on. */
  oneIn?: number;
  /** How many others. */
  count?: number;
}

/** More than one in a million strangers could match by chance: 20 bits. Exact proof is kept well above any likeness. */
export const PROOF_BITS = 30;
