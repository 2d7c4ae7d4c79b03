import { segmentsOf } from '../platform/gsm.text.js';
import type { CallDetails, Draft, Rendered, RenderFault, RenderNote } from './connector.js';

/** Why a draft would be refused, in the port's words. */
export function refusal(
  code: RenderFault['code'],
  message: string,
  parameters: Record<string, string | number> = {},
): RenderFault {
  return { class: 'invalid', scope: 'message', code, message, parameters };
}

export interface PlainLimits {
  /** Longest text, in UTF-16 units. */
  max: number;
  /** How many pictures and files may go with it; none unless given. */
  media?: number;
  notes?: (text: string) => RenderNote[];
}

/** For networks that take the text as it is: trimmed, not empty, not too long, with no more attached than they carry. */
export function renderPlain({ text, media = [] }: Draft, limits: PlainLimits): Rendered | RenderFault {
  const { max, media: mostMedia = 0, notes } = limits;
  const words = text.trim();
  if (media.length > 0 && mostMedia === 0) return refusal('MEDIA_NOT_POSSIBLE', 'Nothing can be attached here.');
  if (media.length > mostMedia)
    return refusal('TOO_MANY_MEDIA', `At most ${mostMedia} can be attached.`, { count: media.length, max: mostMedia });
  if (words === '' && media.length === 0) return refusal('EMPTY', 'There is nothing to send.');
  if (words.length > max)
    return refusal('TEXT_TOO_LONG', `It has at most ${max} characters.`, { length: words.length, max });
  const told = notes?.(words) ?? [];
  return { text: words, length: words.length, payload: {}, ...(told.length > 0 && { notes: told }) };
}

/** How many short messages a text takes, when it is more than one. */
export function smsNotes(text: string): RenderNote[] {
  const { encoding, segments } = segmentsOf(text);
  if (segments < 2) return [];
  return [{ code: encoding === 'GSM7' ? 'SEGMENTS' : 'UNICODE_SEGMENTS', parameters: { segments } }];
}

/** What a call's post says: one plain English line, for those who read no structured fields. */
export function wordCall(call: CallDetails, customer: string): string {
  const side = call.direction === 'INBOUND' ? `Call from ${customer}` : `Call to ${customer}`;
  const length = call.durationSeconds === undefined ? '' : `, ${wordDuration(call.durationSeconds)}`;
  switch (call.status) {
    case 'RINGING':
      return `${side}: ringing`;
    case 'ANSWERED':
      return `${side}: answered`;
    case 'COMPLETED':
      return `${side}: answered${length}`;
    case 'MISSED':
      return call.direction === 'INBOUND' ? `${side}: missed` : `${side}: not answered`;
    case 'BUSY':
      return `${side}: busy`;
    case 'FAILED':
      return `${side}: failed`;
    case 'CANCELLED':
      return `${side}: cancelled`;
  }
}

/** "3 min 12 s", "1 h 5 min", "8 s". */
export function wordDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes > 0) return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
  return `${rest} s`;
}

/** How far a call has come: what is further along is never replaced by what came before it. */
export function stageOf(status: CallDetails['status']): number {
  return status === 'RINGING' ? 0 : status === 'ANSWERED' ? 1 : 2;
}

/** For faxes: a text becomes pages of its own, before the files that go with it, which are PDFs. */
export function renderFax(draft: Draft, limits: PlainLimits): Rendered | RenderFault {
  if (draft.media?.some(({ type }) => type !== 'application/pdf'))
    return refusal('MEDIA_NOT_POSSIBLE', 'Only a PDF can be faxed.');
  return renderPlain(draft, limits);
}

/** What a fax's post says; what it holds is in its file. */
export function wordFax(direction: 'INBOUND' | 'OUTBOUND', other: string, pages: number | undefined): string {
  const side = direction === 'INBOUND' ? `Fax from ${other || 'an unknown number'}` : `Fax to ${other}`;
  return pages === undefined ? side : `${side}, ${pages} ${pages === 1 ? 'page' : 'pages'}`;
}
