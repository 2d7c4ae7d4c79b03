import { optionalLine, type Problems, report } from '../../platform/input.rules.js';
import type { ConsentChannel, ConsentPurpose, ConsentState } from './consent.entity.js';
import type { ConsentInput } from './consent.inputs.js';

export interface CleanConsent {
  purpose: ConsentPurpose;
  channel: ConsentChannel;
  state: ConsentState;
  source: string | null;
  evidence: string | null;
  /** Null for now. */
  recordedAt: Date | null;
}

/** Clocks of two machines differ; a form signed a moment ahead of ours is still signed. */
const LEEWAY_MS = 5 * 60_000;

/** The stored form of a consent, or null after what is wrong with it was reported under `path`. */
export function cleanConsent(problems: Problems, path: string, input: ConsentInput): CleanConsent | null {
  const before = problems.length;
  const recordedAt = input.recordedAt ?? null;
  if (recordedAt && recordedAt.getTime() > Date.now() + LEEWAY_MS) {
    report(problems, `${path}recordedAt`, 'It lies in the future.');
  }
  const clean = {
    purpose: input.purpose,
    channel: input.channel,
    state: input.state,
    source: optionalLine(problems, `${path}source`, input.source, 200),
    evidence: optionalLine(problems, `${path}evidence`, input.evidence, 1000),
    recordedAt,
  };
  return problems.length > before ? null : clean;
}
