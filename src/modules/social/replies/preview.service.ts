import { InputError } from '../../../platform/errors.js';
import type { Reader } from './answered-post.queries.js';
import { compose, type Outbox } from './composing.service.js';
import { explainRefusal, type Refusal } from './refusal.rules.js';
import { type AnswerGiven, addressPost, type Writer, wordingOf } from './reply.service.js';

export interface Preview {
  text: string | null;
  length: number | null;
  limit: number | null;
  unit: string | null;
  parts: { text: string; length: number }[];
  notes: string[];
  refusals: Refusal[];
}

/** What would be sent. A post that does not exist, or that the writer may not see, refuses it like any other reason. */
export async function previewOf(
  reader: Reader,
  outbox: Outbox,
  { viewer, language }: Writer,
  input: AnswerGiven & { postId: string; accountId?: string | null },
): Promise<Preview> {
  const nothing = { text: null, length: null, limit: null, unit: null, parts: [], notes: [] };
  try {
    const addressed = await addressPost(reader, viewer, input);
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

const REFUSED_AS: Record<string, string> = {
  NOT_FOUND: 'NOT_FOUND',
  NOT_ALLOWED: 'NO_ACCOUNT',
  REQUIRED: 'ACCOUNT_NEEDED',
  TOO_LONG: 'TEXT_TOO_LONG',
};
