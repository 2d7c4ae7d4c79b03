/** One of everything an organisation keeps, every text of it carrying `marker`. */
export interface Specimens {
  marker: string;
  /** Public ids by their prefix. */
  ids: Record<string, string>;
  /** Stored id of the customer that everything belongs to. */
  customerId: string;
}

/** What `plant` has already kept, for an area to add to; all ids are stored ones. */
export interface Ground {
  /** Every text carries it. */
  marker: string;
  now: Date;
  organizationId: string;
  customer: string;
  otherCustomer: string;
  member: string;
  team: string;
  linkedIdentity: string;
  post: string;
  conversation: string;
  /** One that is scheduled. */
  reply: string;
  account: string;
  /** Stored ids that areas before this one left here, by alias: `product`, `opportunity`, … */
  kept: Record<string, string>;
}

/** Inserts a row of the organisation; with a `prefix` it is given an id, whose public form is kept under that name. */
export type Put = (table: string, row: Record<string, unknown>, prefix?: string) => Promise<string>;

/** SQL that random rows are made of. */
export interface Soil {
  /** Stored ids. */
  customer: string;
  team: string;
  post: string;
  identity: string;
  /** Whoever asks for the lists. */
  viewer: string;
  /** A new UUID. */
  id: string;
  /** One of a few moments that differ by microseconds. */
  moment: string;
  /** One of a few texts. */
  name: string;
  maybe(sql: string): string;
  /** Stored ids that areas before this one left here, by alias. */
  kept: Record<string, string>;
}

export interface RowsOfArea {
  /** Inserted once, in this order, before everything else: columns with the SQL that fills them. */
  first?: [table: string, columns: Record<string, string>][];
  /** As many rows as are asked for, in this order. */
  tables?: Record<string, Record<string, string>>;
  /** Public id of the record whose lists are long, by the name of its type. */
  parents?: Record<string, string>;
}

/** What the generated tests (permissions, isolation, pagination, statement counts) need to know of a part of the product. */
export interface Area {
  /** Which specimen an id stands for, by the name of the argument or input field that takes it. */
  byName?: Record<string, string>;
  /** The same for one root field, where the name stands for something else elsewhere: `{ 'mergeTickets.survivorId': 'ticket' }`. */
  byField?: Record<string, string>;
  /** Which specimen `id` stands for in a mutation, by the mutation's name; the first that fits. */
  byMutation?: [RegExp, string][];
  /** Which specimen `id` stands for in a query, by the type it answers. */
  byType?: Record<string, string>;
  /** What a call needs beyond what its input requires, or other than the first value of an enumeration. */
  sensible?: Record<string, [path: string, value: (own: Specimens) => unknown][]>;
  /** Keeps one of everything of the area. Aliases that are no prefix of a public id are told in `prefixes`. */
  plant?(put: Put, ground: Ground): Promise<void>;
  /** The real prefix behind an alias given to `put`: `{ sent_quote: 'quote' }`. */
  prefixes?: Record<string, string>;
  rows?(soil: Soil): RowsOfArea;
}
