import type {
  AnyConnector,
  ParentPost,
  RawRequest,
  SendCommand,
  SourceDescription,
} from '../../../src/ingest/connector.js';

/** How the network behind an adapter can misbehave, as far as it has such a thing. */
export type Trouble =
  /** 429, in the network's own way. */
  | 'limited'
  /** 503. */
  | 'broken'
  /** Something else than the network's language. */
  | 'malformed'
  /** It takes the connection and says nothing. */
  | 'silent'
  /** Nobody listens. */
  | 'gone'
  /** Our access ended. */
  | 'expired';

/** An adapter before its network, on loopback: a real server, or recorded payloads. */
export interface Subject {
  connector: AnyConnector;
  /** With credentials and settings, as an account or a source is configured. */
  source: SourceDescription;
  /** For adapters that poll or listen. */
  reading?: Reading;
  /** Why the reading of one that does is tested beside the adapter instead. */
  readElsewhere?: string;
  /** Why an adapter that is called has no `hooks`; the test of its calls stands beside it. */
  calledElsewhere?: string;
  /** For adapters that are called. */
  hooks?: Hooks;
  /** For adapters that send. */
  sending?: Sending;
  close(): Promise<void>;
}

export interface Reading {
  /** Where reading begins so that everything there is is read; null for the very beginning. */
  beginning: unknown;
  /** How many posts it leads to. */
  posts: number;
  /** Has everything that is served been read at this cursor? Polls end by themselves. */
  isAtEnd(cursor: unknown): boolean;
  /** Serves what was edited since, where the recording does not hold an edit already. */
  edit?(): void | Promise<void>;
  /** Serves one more post, of one line, with exactly this text. */
  say?(text: string): void | Promise<void>;
}

export interface Hooks {
  /** What the network was given when it was asked to call us, where it shows it or signs with it. */
  secret?: string;
  /** What the network sends, in order, each with a signature that is right now. Between them, each kind of event it has. */
  deliveries: RawRequest[];
  /** How many posts they lead to, how many of these were edited, deleted, and are echoes of ours. */
  posts: number;
  edited: number;
  deleted: number;
  own: number;
  /** The same with a body that was changed, without a signature, with a stranger's, with one that is too old: each refused. */
  forged: RawRequest[];
  challenge?: { request: RawRequest; body: string };
}

export interface Sending {
  /** What is answered, or who is written to. The suite gives text and key. */
  command: Pick<SendCommand, 'kind' | 'visibility' | 'parent' | 'recipient' | 'agent'>;
  /** A post that the network does not let us answer, with the code of the refusal, where it has such a thing. */
  refused?: { parent: ParentPost; code: string };
  /** What the network holds of ours, in order. */
  sent(): Promise<{ id: string; text: string }[]>;
  /** There is no network that could refuse or break: what is stored is sent. */
  isAtHome?: true;
  /** What goes wrong from now on with what is written: `lostAnswer` takes it and breaks the connection before it answers. */
  misbehave(trouble: 'no' | 'limited' | 'broken' | 'lostAnswer' | 'expired'): void;
}

export interface SubjectKind {
  name: string;
  open(trouble?: Trouble): Promise<Subject>;
}
