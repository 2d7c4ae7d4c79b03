/** What a link rests on. */
export enum EvidenceKind {
  VERIFIED_EMAIL = 'VERIFIED_EMAIL',
  VERIFIED_PHONE = 'VERIFIED_PHONE',
  PROFILE_LINK = 'PROFILE_LINK',
  CONFIRMED_CLAIM = 'CONFIRMED_CLAIM',
  MANUAL = 'MANUAL',
}

export enum LinkMethod {
  AUTOMATIC = 'AUTOMATIC',
  MANUAL = 'MANUAL',
  CLAIM = 'CLAIM',
}

export interface Evidence {
  kind: EvidenceKind;
  /** What exactly was compared, without the personal value itself. */
  detail: string;
  /** How much it says, in bits; an exact proof says more than any number of likenesses. */
  weight: number;
}

/** More than one in a million strangers could match by chance: 20 bits. Exact proof is kept well above any likeness. */
export const PROOF_BITS = 30;
