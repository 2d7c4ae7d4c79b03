import { z } from 'zod';
import type { CallDetails, PostKind, UpsertEvent } from '../../src/ingest/connector.js';
import { stageOf, wordCall } from '../../src/ingest/rendering.js';
import { numberIdentity } from '../../src/ingest/short.message.js';
import type { TwilioConfig } from './account.config.js';

/** A call as the REST API shows it. */
export const listedCall = z.object({
  sid: z.string(),
  parent_call_sid: z.string().nullish().catch(undefined),
  from: z.string().catch(''),
  to: z.string().catch(''),
  direction: z.string(),
  status: z.string(),
  duration: z.coerce.number().nullish().catch(undefined),
  date_created: z.string().nullish().catch(undefined),
  date_updated: z.string().nullish().catch(undefined),
  start_time: z.string().nullish().catch(undefined),
  end_time: z.string().nullish().catch(undefined),
});
export type ListedCall = z.infer<typeof listedCall>;

export const listedRecording = z.object({
  sid: z.string(),
  call_sid: z.string(),
  status: z.string().optional().catch(undefined),
  date_created: z.string().nullish().catch(undefined),
  date_updated: z.string().nullish().catch(undefined),
  media_url: z.string().nullish().catch(undefined),
});
export type ListedRecording = z.infer<typeof listedRecording>;

/** One call, put together from its legs, whichever way we heard of it. */
export interface HeardCall {
  sid: string;
  customer: string;
  details: CallDetails;
  startedAt: Date;
  /** When it came to what it is. */
  changedAt: Date;
  recordingSid?: string;
}

const STATUSES: Record<string, CallDetails['status']> = {
  queued: 'RINGING',
  initiated: 'RINGING',
  ringing: 'RINGING',
  'in-progress': 'ANSWERED',
  answered: 'ANSWERED',
  completed: 'COMPLETED',
  busy: 'BUSY',
  failed: 'FAILED',
  'no-answer': 'MISSED',
  canceled: 'CANCELLED',
};

/** Undefined for a status that Twilio may add one day. A caller who gave up was missed. */
function statusOf(given: string, direction: CallDetails['direction']): CallDetails['status'] | undefined {
  const status = STATUSES[given];
  return status === 'CANCELLED' && direction === 'INBOUND' ? 'MISSED' : status;
}

/**
 * What a status callback says of a call. Of a leg that belongs to another call it says too little: undefined, and
 * `parentOf` says which call to read again. `customer`: who was to be called, where the agent's phone rings first.
 */
export function callTold(form: URLSearchParams, customer: string | null, now: Date): HeardCall | undefined {
  const sid = form.get('CallSid');
  const direction = form.get('Direction')?.startsWith('outbound') ? 'OUTBOUND' : 'INBOUND';
  const status = statusOf(form.get('CallStatus') ?? '', direction);
  const other = customer ?? form.get(direction === 'INBOUND' ? 'From' : 'To');
  if (!sid || !status || !other || form.get('ParentCallSid')) return undefined;
  const said = new Date(form.get('Timestamp') ?? Number.NaN);
  const at = Number.isNaN(said.getTime()) ? now : said;
  const seconds = status === 'COMPLETED' ? Number(form.get('CallDuration') ?? Number.NaN) : Number.NaN;
  const length = Number.isFinite(seconds) ? seconds : undefined;
  const agent = customer === null ? undefined : (form.get('To') ?? undefined);
  return {
    sid,
    customer: other,
    startedAt: new Date(at.getTime() - (length ?? 0) * 1000),
    changedAt: at,
    details: {
      direction,
      status,
      ...(agent && { agent }),
      ...(stageOf(status) === 2 && { endedAt: at }),
      ...(length !== undefined && { durationSeconds: length, answeredAt: new Date(at.getTime() - length * 1000) }),
      ...(status === 'ANSWERED' && { answeredAt: at }),
    },
  };
}

/** Joins a call with the legs it led to, and its recording: who took it, for how long, or that nobody did. */
export function callListed(
  call: ListedCall,
  legs: ListedCall[],
  recordings: ListedRecording[],
  mediaOf: (recording: ListedRecording) => string,
): HeardCall | undefined {
  const direction = call.direction.startsWith('outbound') ? 'OUTBOUND' : 'INBOUND';
  const answered = legs.find(leg => leg.status === 'completed' || leg.status === 'in-progress');
  const leg = answered ?? legs.at(-1);
  const own = statusOf(call.status, direction);
  if (!own) return undefined;
  // Twilio's own voice answers many a call; whether a person did, the leg to that person says.
  const status = own === 'COMPLETED' && leg ? (statusOf(leg.status, direction) ?? own) : own;
  const customer = direction === 'INBOUND' ? call.from : (leg?.to ?? call.to);
  const agent = direction === 'INBOUND' ? answered?.to : leg && call.to;
  const created = timeOf(call.start_time ?? call.date_created);
  if (!created || customer === '') return undefined;
  const talk = answered ?? call;
  const [answeredAt, endedAt] = [timeOf(talk.start_time), timeOf(call.end_time)];
  const recording = recordings.find(({ status: made }) => made === undefined || made === 'completed');
  const changes = [call, ...legs, ...(recording ? [recording] : [])].flatMap(
    ({ date_updated, date_created }) => timeOf(date_updated ?? date_created) ?? [],
  );
  const hadTalk = status === 'COMPLETED' || status === 'ANSWERED';
  return {
    sid: call.sid,
    customer,
    startedAt: created,
    changedAt: new Date(Math.max(...[created, endedAt ?? created, ...changes].map(Number))),
    details: {
      direction,
      status,
      ...(agent && { agent: agent.replace(/^(client|sip):/, '') }),
      ...(hadTalk && answeredAt && { answeredAt }),
      ...(stageOf(status) === 2 && endedAt && { endedAt }),
      ...(status === 'COMPLETED' && typeof talk.duration === 'number' && { durationSeconds: talk.duration }),
      ...(recording && { recordingUrl: mediaOf(recording) }),
    },
    ...(recording && { recordingSid: recording.sid }),
  };
}

function timeOf(given: string | null | undefined): Date | undefined {
  const at = new Date(given ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** The one post of a call. Its revision says how far the call has come; `editedAt` orders what arrives late. */
export function callEvent(call: HeardCall, config: TwilioConfig): UpsertEvent {
  const { details, customer } = call;
  const own = details.direction === 'OUTBOUND';
  const { status, agent = '', durationSeconds = '', recordingUrl } = details;
  return {
    op: 'upsert',
    ref: { id: call.sid },
    revision: [status, agent, durationSeconds, call.recordingSid ?? ''].join(':'),
    kind: 'CALL' as PostKind,
    author: numberIdentity(own ? config.number : customer),
    own,
    root: { id: `${config.number}:${customer}` },
    occurredAt: call.startedAt,
    // Twilio's clock ticks in seconds; within one, the later state is the later edit.
    editedAt: new Date(call.changedAt.getTime() + stageOf(status)),
    text: wordCall(details, customer),
    media: recordingUrl ? [{ url: recordingUrl, kind: 'audio', description: 'Recording of the call' }] : [],
    auto: false,
    replyability: { public: false, private: false, reason: 'NOT_POSSIBLE' },
    replyTo: { to: customer },
    call: details,
  };
}
