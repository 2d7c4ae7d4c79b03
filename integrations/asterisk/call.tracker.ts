import type { CallDetails, UpsertEvent } from '../../src/ingest/connector.js';
import { type AriChannel, type AriEvent, timeOf } from './ari.event.js';
import { type AsteriskConfig, callEvent, deviceOf, isExtension, normalise, partiesOf, queueOf } from './call.event.js';

interface Leg {
  channel: AriChannel;
  /** Whether it came in from outside or from a telephone; else it is one that Asterisk itself dials. */
  isCaller: boolean;
  isOver: boolean;
}

interface Call {
  id: string;
  legs: Map<string, Leg>;
  startedAt: Date;
  changedAt: Date;
  answeredAt?: Date;
  endedAt?: Date;
  dialStatus?: string;
  cause?: { code: number; text: string };
  recording?: string;
  queue?: string;
  queuedAt?: Date;
  /** A leg that Asterisk dials is not a call before it is known which call it belongs to. */
  isSettled: boolean;
  told?: string;
}

/** Ended calls that are remembered, for a recording that ends after its call. */
const MOST_ENDED = 500;

const DIAL_STATUSES: Record<string, CallDetails['status']> = {
  BUSY: 'BUSY',
  CONGESTION: 'FAILED',
  CHANUNAVAIL: 'FAILED',
  NOANSWER: 'MISSED',
  CANCEL: 'CANCELLED',
};
/** Q.850: who was called is busy; there is no such number, no way, or no answer from the network. */
const CAUSES: Record<number, CallDetails['status']> = {
  17: 'BUSY',
  1: 'FAILED',
  3: 'FAILED',
  21: 'FAILED',
  27: 'FAILED',
  28: 'FAILED',
  34: 'FAILED',
  38: 'FAILED',
};

/** Follows channels and tells of calls: both halves of a Local channel, who dials and who is dialled, and who share a bridge are one. */
export function callTracker(config: AsteriskConfig) {
  const calls = new Map<string, Call>();
  const callOf = new Map<string, Call>();
  const bridges = new Map<string, string>();

  /** By what Asterisk says itself when `channelvars` has it, or by the name that both halves share. */
  function kinOf({ channelvars, name, id }: AriChannel): Call | undefined {
    const linked = channelvars?.['CHANNEL(linkedid)'];
    if (linked && linked !== id) return callOf.get(linked) ?? calls.get(linked);
    const [, half] = /^(Local\/.+);[12]$/.exec(name) ?? [];
    if (!half) return undefined;
    return callOf.get(`${half};1`) ?? callOf.get(`${half};2`);
  }

  function seen(channel: AriChannel, at: Date): Call {
    const known = callOf.get(channel.id);
    const call = known ?? kinOf(channel) ?? begin(channel, at);
    const leg = call.legs.get(channel.id);
    const isCaller = leg ? leg.isCaller : channel.state !== 'Down';
    call.legs.set(channel.id, { channel, isCaller, isOver: leg?.isOver ?? false });
    callOf.set(channel.id, call);
    if (channel.name.startsWith('Local/')) callOf.set(channel.name, call);
    if (isCaller && !channel.name.startsWith('Local/')) call.isSettled = true;
    const queue = queueOf(channel.dialplan?.app_name, channel.dialplan?.app_data);
    if (queue && !call.queue) Object.assign(call, { queue, queuedAt: at });
    return call;
  }

  function begin(channel: AriChannel, at: Date): Call {
    const startedAt = timeOf(channel.creationtime) ?? at;
    const id = channel.channelvars?.['CHANNEL(linkedid)'] ?? channel.id;
    const call: Call = { id, legs: new Map(), startedAt, changedAt: at, isSettled: false };
    calls.set(id, call);
    if (calls.size > 2 * MOST_ENDED) forget();
    return call;
  }

  function forget(): void {
    const ended = [...calls.values()].filter(hasEnded);
    for (const call of ended.slice(0, Math.max(0, ended.length - MOST_ENDED))) {
      calls.delete(call.id);
      for (const [key, other] of callOf) if (other === call) callOf.delete(key);
    }
  }

  function join(one: Call, other: Call): Call {
    if (one === other) return one;
    const [older, younger] = one.startedAt <= other.startedAt ? [one, other] : [other, one];
    for (const [id, leg] of younger.legs) older.legs.set(id, leg);
    for (const [key, call] of callOf) if (call === younger) callOf.set(key, older);
    calls.delete(younger.id);
    older.isSettled ||= younger.isSettled;
    const answers = [older.answeredAt, younger.answeredAt].flatMap(at => at ?? []);
    if (answers.length > 0) older.answeredAt = new Date(Math.min(...answers.map(Number)));
    if (!older.queue && younger.queue) Object.assign(older, { queue: younger.queue, queuedAt: younger.queuedAt });
    return older;
  }

  function apply(event: AriEvent): Call | undefined {
    const { type, at, channel, caller, peer, bridge, recording } = event;
    if (type === 'RecordingFinished' && recording) return recorded(recording);
    if (type === 'Dial' && peer) {
      const call = caller ? join(seen(caller, at), seen(peer, at)) : seen(peer, at);
      call.isSettled = true;
      if (event.dialstatus) call.dialStatus = event.dialstatus;
      return call;
    }
    if (!channel) return undefined;
    let call = seen(channel, at);
    if (type === 'StasisStart') call.isSettled = true;
    if (type === 'ChannelEnteredBridge' && bridge) {
      const other = callOf.get(bridges.get(bridge.id) ?? '');
      if (other) call = join(call, other);
      else bridges.set(bridge.id, channel.id);
    }
    if (type === 'BridgeDestroyed' && bridge) bridges.delete(bridge.id);
    if (type === 'ChannelDestroyed') {
      call.legs.get(channel.id)!.isOver = true;
      if (event.cause !== undefined) call.cause = { code: event.cause, text: event.cause_txt ?? '' };
    }
    return call;
  }

  function recorded({ name, format, target_uri, state }: NonNullable<AriEvent['recording']>): Call | undefined {
    const [, kind, id = ''] = /^(channel|bridge):(.+)$/.exec(target_uri) ?? [];
    const call = callOf.get(kind === 'bridge' ? (bridges.get(id) ?? '') : id);
    if (!call || state === 'failed' || state === 'canceled') return undefined;
    const { recordingsUrl, url } = config;
    call.recording = recordingsUrl
      ? `${recordingsUrl.replace(/\/$/, '')}/${encodeURIComponent(name)}.${encodeURIComponent(format)}`
      : `${url}/ari/recordings/stored/${encodeURIComponent(name)}/file`;
    return call;
  }

  /** The call as it is now, when that is news. */
  function tell(call: Call, at: Date): UpsertEvent | undefined {
    if (!call.answeredAt && isAnswered(call)) call.answeredAt = at;
    if (!call.endedAt && hasEnded(call)) call.endedAt = at;
    const legs = [...call.legs.values()];
    if (!call.isSettled && !call.answeredAt) return undefined;
    const first = legs[0]!.channel;
    const caller = legs.find(leg => leg.isCaller && normalise(leg.channel.caller?.number))?.channel ?? first;
    const parties = partiesOf(caller.caller?.number || first.caller?.number, first.dialplan?.exten, config);
    if (!parties) return undefined;
    call.changedAt = at;
    const details = detailsOf(call, parties.direction, config);
    const { id, startedAt, changedAt } = call;
    const event = callEvent({ id, customer: parties.customer, details, startedAt, changedAt }, config);
    if (event.revision === call.told) return undefined;
    call.told = event.revision;
    return event;
  }

  return {
    /** What this event is to us, if anything. */
    read(event: AriEvent): UpsertEvent | undefined {
      const call = apply(event);
      return call && tell(call, event.at);
    },
    /** Channels that are there already when we come. */
    present(channels: AriChannel[], at: Date): UpsertEvent[] {
      const there = new Set(channels.map(channel => seen(channel, at)));
      for (const call of there) call.isSettled = true;
      return [...there].flatMap(call => tell(call, at) ?? []);
    },
  };
}

const hasEnded = ({ legs }: Call): boolean => [...legs.values()].every(leg => leg.isOver);

/** Whoever is dialled has answered; or, where nobody is dialled, Asterisk itself. */
function isAnswered({ legs }: Call): boolean {
  const all = [...legs.values()];
  const dialled = all.filter(({ channel, isCaller }) => !isCaller && !channel.name.startsWith('Local/'));
  return (dialled.length > 0 ? dialled : all.slice(0, 1)).some(({ channel }) => channel.state === 'Up');
}

function detailsOf(call: Call, direction: CallDetails['direction'], config: AsteriskConfig): CallDetails {
  const { answeredAt, endedAt, cause, recording, queue, queuedAt } = call;
  const legs = [...call.legs.values()];
  const devices = legs
    .filter(({ channel }) => direction === 'OUTBOUND' || channel.state === 'Up')
    .flatMap(({ channel }) => deviceOf(channel.name, config) ?? []);
  const exten = legs[0]!.channel.dialplan?.exten ?? '';
  const agent = devices[0] ?? (isExtension(exten, config) ? exten : undefined);
  return {
    direction,
    status: endedAt ? (answeredAt ? 'COMPLETED' : failureOf(call, direction)) : answeredAt ? 'ANSWERED' : 'RINGING',
    ...(answeredAt && { answeredAt }),
    ...(endedAt && { endedAt }),
    ...(endedAt && answeredAt && { durationSeconds: Math.floor((Number(endedAt) - Number(answeredAt)) / 1000) }),
    ...(recording && { recordingUrl: recording }),
    ...(agent && { agent }),
    ...(queue && { queue, queuedAt }),
    ...(endedAt && cause?.text && { cause: cause.text }),
  };
}

function failureOf({ dialStatus = '', cause }: Call, direction: CallDetails['direction']): CallDetails['status'] {
  const status = DIAL_STATUSES[dialStatus] ?? CAUSES[cause?.code ?? 0] ?? 'MISSED';
  return status === 'CANCELLED' && direction === 'INBOUND' ? 'MISSED' : status;
}
