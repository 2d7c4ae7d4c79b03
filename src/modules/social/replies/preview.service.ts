import { InputError, invalid } from '../../../platform/errors.js';
import type { Viewer } from '../../access/index.js';
import type { Reader } from './answered-post.queries.js';
import { type Addressed, compose, type Outbox } from './composing.service.js';
import { explainRefusal, type Refusal } from './refusal.rules.js';
import { type AnswerGiven, addressPerson, addressPost, type Writer, wordingOf } from './reply.service.js';

export interface Preview {
  text: string | null;
  length: number | null;
  limit: number | null;
  unit: string | null;
  parts: { text: string; length: number }[];
  notes: string[];
  refusals: Refusal[];
}

export interface PreviewGiven extends AnswerGiven {
  postId?: string | null;
  accountId?: string | null;
  identityId?: string | null;
}

/** What would be sent. A post that does not exist, or that the writer may not see, refuses it like any other reason. */
export async function previewOf(
  reader: Reader,
  outbox: Outbox,
  { viewer, language }: Writer,
  input: PreviewGiven,
): Promise<Preview> {
  const nothing = { text: null, length: null, limit: null, unit: null, parts: [], notes: [] };
  try {
    const addressed = await address(reader, viewer, input);
    const { parts, refusals, channel } = await compose(reader, outbox, addressed, wordingOf(input));
    const shown = parts.map(({ rendered }) => ({ text: rendered.text, length: rendered.length }));
    const notes = parts.flatMap(({ rendered }) => rendered.notes ?? []);
    const refused = refusals[0]?.parameters?.['length'];
    return {
      text: shown[0]?.text ?? null,
      length: shown[0]?.length ?? (typeof refused === 'number' ? refused : null),
      limit: channel?.capabilities.textLimit ?? null,
      unit: channel?.sending.textUnit ?? null,
      parts: shown,
      notes: [...new Set(notes.map(note => explainRefusal(note, language)))],
      refusals,
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...nothing, refusals: error.problems.map(({ code }) => ({ code: REFUSED_AS[code] ?? 'INVALID' })) };
  }
}

function address(
  reader: Reader,
  viewer: Viewer,
  { postId, accountId, identityId, text }: PreviewGiven,
): Promise<Addressed> {
  if (postId) return addressPost(reader, viewer, { postId, ...(accountId && { accountId }) });
  if (!accountId) throw invalid('accountId', 'Say from which account.', 'REQUIRED');
  return addressPerson(reader, viewer, { accountId, text, ...(identityId && { identityId }) });
}

const REFUSED_AS: Record<string, string> = {
  NOT_FOUND: 'NOT_FOUND',
  NOT_ALLOWED: 'NO_ACCOUNT',
  REQUIRED: 'ACCOUNT_NEEDED',
  TOO_LONG: 'TEXT_TOO_LONG',
};
