/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Which suggestion is right. */
export type AcceptLinkSuggestionInput = {
  /** The suggestion. */
  id: string;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
};

/** Accepts a quote: there is an order, and its opportunity is won. */
export type AcceptQuoteInput = {
  /** Name of who accepted it; you, unless said. */
  acceptedBy?: string | null | undefined;
  /** The quote. */
  id: string;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** The version you have seen: when it has changed since, nothing is done. */
  version?: number | null | undefined;
};

/** How an account fares: as it was set, or else as the worst of its sources. */
export type AccountState =
  /** It is read and well. */
  | 'ACTIVE'
  /** A source cannot be read at the moment; it is tried again by itself. */
  | 'FAILING'
  /** The network no longer accepts our access; somebody must sign in again. */
  | 'NEEDS_REAUTHORIZATION'
  /** Somebody stopped it; nothing is read until it is set to active again. */
  | 'PAUSED'
  /** The network asked us to wait; reading goes on by itself. */
  | 'RATE_LIMITED';

/** A value and the name of the field it is for; see `channels`. */
export type AccountValueInput = {
  /** Name of the field. */
  name: string;
  /** What it is to be. */
  value: string;
};

/** Writes something down about a customer. */
export type AddNoteInput = {
  /** The customer. */
  customerId: string;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** What it says, up to 10,000 characters. */
  text: string;
};

/** A note in a ticket, for us alone. */
export type AddTicketNoteInput = {
  /** Files that were uploaded for it, each by a `POST` to `/support/attachments?name=<file name>`. */
  attachmentIds?: Array<string> | null | undefined;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** Colleagues it calls, beside those it names. */
  mentionIds?: Array<string> | null | undefined;
  /** What it says. `@Name` calls a colleague. */
  text: string;
  /** The ticket. */
  ticketId: string;
};

/** For whom an article is; staff read all of them. */
export type ArticleAudience =
  /** Customers who are signed in. */
  | 'CUSTOMERS'
  /** Partners. */
  | 'PARTNERS'
  /** Everybody, also without signing in. */
  | 'PUBLIC'
  /** Staff only. */
  | 'STAFF';

/** How what was found fits what was looked for. */
export type ArticleMatch =
  /** All its words are there, the last one at least as a beginning. */
  | 'ALL_WORDS'
  /** Nothing has all the words; the title is nearly that, as after a slip of the finger. */
  | 'SIMILAR_TITLE'
  /** Nothing has all the words; the rarest of them are there. */
  | 'SOME_WORDS';

/** What kind of reader somebody is. */
export type ArticleReader =
  /** A customer who is signed in. */
  | 'CUSTOMER'
  /** A partner. */
  | 'PARTNER'
  /** A colleague. */
  | 'STAFF'
  /** Somebody who did not sign in. */
  | 'VISITOR';

/** Whether an article is read. */
export type ArticleState =
  /** It is kept, and neither shown nor written any more. */
  | 'ARCHIVED'
  /** It is written, and not shown in any language. */
  | 'DRAFT'
  /** It is shown in one language at least. */
  | 'PUBLISHED';

/** What an article says in one language. */
export type ArticleTextInput = {
  /** The text in Markdown, up to 100,000 characters. HTML in it is shown as it is typed. */
  body: string;
  /** Other words it is to be found by, up to 30. */
  keywords?: Array<string> | null | undefined;
  /** The language: en, es or pt. */
  language: string;
  /** What it is about, up to 500 characters. */
  summary?: string | null | undefined;
  /** The title, up to 200 characters. */
  title: string;
};

/** Who looks after a conversation. */
export type AssignConversationInput = {
  /** The member who takes it; nobody when left out. */
  assigneeId?: string | null | undefined;
  /** The conversation. */
  conversationId: string;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** The team that takes it; none when left out. */
  teamId?: string | null | undefined;
};

/** A sign-in at a network, for a new account or for one that is connected. */
export type BeginAccountConnectionInput = {
  /** The connected account that is signed in again. */
  accountId?: string | null | undefined;
  /** The adapter, by its name; needed unless an account is named. */
  connector?: string | null | undefined;
  /** Its name; the network's unless given. */
  displayName?: string | null | undefined;
  /** Its handle there, with or without @; needed where the network does not say it. */
  handle?: string | null | undefined;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** Where the network sends the browser back to, with `state` and `code`; our own page unless given. Others must be at an origin that the installation allows. */
  redirectUri?: string | null | undefined;
  /** What nobody is ever shown again: tokens, passwords, keys. */
  secrets?: Array<AccountValueInput> | null | undefined;
  /** What is shown: addresses, hosts, names. */
  settings?: Array<AccountValueInput> | null | undefined;
  /** The team it belongs to. */
  teamId?: string | null | undefined;
};

/** Which run is called off. */
export type CancelGraphRunInput = {
  /** The run. */
  id: string;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
};

/** Which account is to be tried. */
export type CheckAccountInput = {
  /** The account. */
  id: string;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
};

/** An account that is to be reached from now on. */
export type ConnectAccountInput = {
  /** The adapter, by its name; see `channels`. */
  connector: string;
  /** Its name; the network's unless given. */
  displayName?: string | null | undefined;
  /** Its handle there, with or without @; needed where the network does not say it. */
  handle?: string | null | undefined;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** What nobody is ever shown again: tokens, passwords, keys. */
  secrets?: Array<AccountValueInput> | null | undefined;
  /** What is shown: addresses, hosts, names. */
  settings?: Array<AccountValueInput> | null | undefined;
  /** The team it belongs to. */
  teamId?: string | null | undefined;
};

/** Over which channel. */
export type ConsentChannel =
  /** E-mail. */
  | 'EMAIL'
  /** Letters. */
  | 'MAIL'
  /** Messaging apps. */
  | 'MESSAGING'
  /** Telephone calls. */
  | 'PHONE'
  /** Text messages. */
  | 'SMS'
  /** Social networks. */
  | 'SOCIAL';

/** What a customer said to one purpose on one channel. */
export type ConsentInput = {
  /** Over which channel. */
  channel: ConsentChannel;
  /** What proves it, such as the id of a signed form. */
  evidence?: string | null | undefined;
  /** What for. */
  purpose: ConsentPurpose;
  /** When it was said; now unless given. */
  recordedAt?: string | null | undefined;
  /** Where it was said, such as "sign-up form". */
  source?: string | null | undefined;
  /** What was said. */
  state: ConsentState;
};

/** What a customer consents to. */
export type ConsentPurpose =
  /** Having what they say and do analysed. */
  | 'ANALYSIS'
  /** Being offered things. */
  | 'MARKETING'
  /** Being written to about what they bought or asked. */
  | 'SERVICE'
  /** Having their data passed on to partners. */
  | 'SHARING';

/** What was said. */
export type ConsentState =
  /** Yes. */
  | 'GRANTED'
  /** No, or no longer. */
  | 'WITHDRAWN';

/** A way to reach a customer. */
export type ContactPointInput = {
  /** The postal address, where it is one. */
  address?: PostalAddressInput | null | undefined;
  /** Whether it is the first to use of its kind. The first one given is, unless another is said to be. */
  isPrimary?: boolean | null | undefined;
  /** What it is. */
  kind: ContactPointKind;
  /** What it is for, such as "work". */
  label?: string | null | undefined;
  /** The e-mail address, the telephone number (read in the country of the organisation unless it begins with +) or the site. Nothing for a postal address. */
  value?: string | null | undefined;
};

/** How somebody can be reached. */
export type ContactPointKind =
  /** A postal address. */
  | 'ADDRESS'
  /** An e-mail address, in lower case. */
  | 'EMAIL'
  /** A telephone number, E.164. */
  | 'PHONE'
  /** A site of their own. */
  | 'WEBSITE';

/** Where a conversation stands. */
export type ConversationStatus =
  /** Nothing is left to say. */
  | 'CLOSED'
  /** Somebody waits for us. */
  | 'OPEN'
  /** We wait for somebody. */
  | 'PENDING';

/** Makes a customer of a lead, and an opportunity. */
export type ConvertLeadInput = {
  /** What the opportunity is worth; what the lead was thought to be unless said. */
  amount?: MoneyInput | null | undefined;
  /** The company, a customer, that the person is an employee of. */
  companyId?: string | null | undefined;
  /** Keep a new customer even though somebody may be the same. */
  createAnyway?: boolean | null | undefined;
  /** Keep the lead's company as a customer, too, with the person as its employee; a company of just this name is taken for it. */
  createCompany?: boolean | null | undefined;
  /** The customer it is. Unless said it is the one that certainly is the same, or a new one; where somebody else may be the same, say who it is. */
  customerId?: string | null | undefined;
  /** The day the opportunity is expected to be decided. */
  expectedCloseOn?: string | null | undefined;
  /** The lead. One that was converted already answers what it became. */
  id: string;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** What a new customer is; a person, unless the lead has the name of its company. */
  kind?: CustomerKind | null | undefined;
  /** What the opportunity is called. */
  opportunityName?: string | null | undefined;
  /** The pipeline the opportunity goes through. */
  pipelineId?: string | null | undefined;
  /** The stage the opportunity begins in. */
  stageId?: string | null | undefined;
  /** The version you have seen: when it has changed since, nothing is done. */
  version?: number | null | undefined;
  /** Whether to open an opportunity; yes unless said. */
  withOpportunity?: boolean | null | undefined;
};

/** A person's verdict on a post. */
export type CorrectSentimentInput = {
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** How it really feels. */
  label: SentimentLabel;
  /** The post. */
  postId: string;
};

/** A new API key. */
export type CreateApiKeyInput = {
  /** The customer it acts for; needed for the role CUSTOMER, and only there. */
  customerId?: string | null | undefined;
  /** When it ends by itself. */
  expiresAt?: string | null | undefined;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** What it is for. */
  name: string;
  /** What it may do; not more than you may. */
  role: Role;
  /** The team it acts for: what a role sees of its teams, the key sees of this one. */
  teamId?: string | null | undefined;
};

/** An article to be written. */
export type CreateArticleInput = {
  /** Where it stands. */
  articleCategoryId?: string | null | undefined;
  /** For whom it is. */
  audience: ArticleAudience;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** Who answers for it. */
  ownerId?: string | null | undefined;
  /** By when it is to be looked through. */
  reviewDueAt?: string | null | undefined;
  /** Its name in addresses: small letters, digits and hyphens; made of the title unless said. */
  slug?: string | null | undefined;
  /** What it says, in its first language. */
  text: ArticleTextInput;
};

/** Keeps a customer. */
export type CreateCustomerInput = {
  /** Date of birth of a person. */
  birthDate?: string | null | undefined;
  /** What it consented to or not, added to the history. */
  consents?: Array<ConsentInput> | null | undefined;
  /** Ways to reach it, added to those there are. */
  contactPoints?: Array<ContactPointInput> | null | undefined;
  /** The organisation's own fields, by key; null clears one, and those left out stay. */
  customFields?: unknown;
  /** The name it is shown by; made of the given and family names, or the legal name, unless said. */
  displayName?: string | null | undefined;
  /** Its id in the system it came from; one customer has it. */
  externalId?: string | null | undefined;
  /** Family names of a person, all of them. */
  familyName?: string | null | undefined;
  /** Given names of a person. */
  givenName?: string | null | undefined;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** What a person does where they work. */
  jobTitle?: string | null | undefined;
  /** A person or a company; a person unless said. */
  kind?: CustomerKind | null | undefined;
  /** Language it is spoken to in, BCP 47. */
  language?: string | null | undefined;
  /** Registered name of a company. */
  legalName?: string | null | undefined;
  /** Who looks after it: a member. */
  ownerId?: string | null | undefined;
  /** What it likes, added to what is known. */
  preferences?: Array<PreferenceInput> | null | undefined;
  /** Words it is marked with; replaces those there are. */
  tags?: Array<string> | null | undefined;
  /** The team that looks after it. */
  teamId?: string | null | undefined;
  /** Time zone it lives in, IANA. */
  timeZone?: string | null | undefined;
};

/** Keeps a lead. */
export type CreateLeadInput = {
  /** The company they are of. */
  companyName?: string | null | undefined;
  /** Country, ISO 3166-1 with two letters. */
  country?: string | null | undefined;
  /** E-mail address. */
  email?: string | null | undefined;
  /** How many people work there. */
  employees?: number | null | undefined;
  /** What it may be worth. */
  estimatedValue?: MoneyInput | null | undefined;
  /** Its id in the system it came from; one lead has it. */
  externalId?: string | null | undefined;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** Who they are on a network. */
  identityId?: string | null | undefined;
  /** What their company does. */
  industry?: string | null | undefined;
  /** What they are interested in. */
  interest?: string | null | undefined;
  /** What they do there. */
  jobTitle?: string | null | undefined;
  /** Language, BCP 47. */
  language?: string | null | undefined;
  /** The name of the person, or of the company where no person is known. */
  name: string;
  /** Who looks after it: a member. */
  ownerId?: string | null | undefined;
  /** Telephone number; without its country it is read in the lead's, or else in the organisation's. */
  phone?: string | null | undefined;
  /** Postal code. */
  postalCode?: string | null | undefined;
  /** Products they are interested in, up to 50; replaces what was there. */
  productIds?: Array<string> | null | undefined;
  /** What is known of whether they can buy. */
  qualification?: QualificationInput | null | undefined;
  /** Where it came from; OTHER unless said. */
  source?: LeadSource | null | undefined;
  /** Where exactly: the form, the fair, the list. */
  sourceDetail?: string | null | undefined;
  /** The team that looks after it. */
  teamId?: string | null | undefined;
  /** Their web site. */
  website?: string | null | undefined;
};

/** Writes a quote, as a draft. */
export type CreateQuoteInput = {
  /** Currency of all its prices, ISO 4217; the opportunity's unless said, or else that of the first price given or found. */
  currency?: string | null | undefined;
  /** To whom it is offered; the opportunity's customer unless said. */
  customerId?: string | null | undefined;
  /** Taken off the whole, in percent, beside what lines give. */
  discountPercent?: unknown;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** Language of its document: en, es or pt, with a region or without; the customer's unless said. */
  language?: string | null | undefined;
  /** What is offered; the opportunity's products unless said. */
  lines?: Array<QuoteLineInput> | null | undefined;
  /** The opportunity it is for; accepting it wins that. */
  opportunityId?: string | null | undefined;
  /** Who looks after it: a member. */
  ownerId?: string | null | undefined;
  /** The team that looks after it. */
  teamId?: string | null | undefined;
  /** Under which terms it is offered. */
  terms?: string | null | undefined;
  /** What it is about, on one line. */
  title?: string | null | undefined;
  /** The last day it can be accepted; 30 days from today unless said. */
  validUntil?: string | null | undefined;
};

/** What is to be followed. */
export type CreateSourceInput = {
  /** The account through which it is read, where one is needed. */
  accountId?: string | null | undefined;
  /** Name of the adapter that is to read it; the network's own unless given. */
  connector?: string | null | undefined;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** How often it is asked for something new, in seconds: 15 to 86,400; 300 unless given. */
  intervalSeconds?: number | null | undefined;
  /** What it follows. */
  kind: SourceKind;
  /** The network it is on; the account's unless given. */
  network?: Network | null | undefined;
  /** The account's handle, the words, or the feed's address. */
  query: string;
  /** What the adapter lets be set, as an object; see its page in the documentation. */
  settings?: unknown;
};

/** A condition on a custom field. */
export type CustomFieldCondition = {
  /** Is exactly this: a text, a number, true or false. */
  eq: unknown;
  /** The name of the field. */
  key: string;
};

/** What happened to a customer. */
export type CustomerChange =
  /** It was kept for the first time. */
  | 'CREATED'
  /** It was deleted; it can be restored. */
  | 'DELETED'
  /** Everything about it was erased for good. */
  | 'ERASED'
  /** Others became it: what was theirs is its own now. They are told as deleted. */
  | 'MERGED'
  /** Others that had become it are customers of their own again, told as updated. */
  | 'UNMERGED'
  /** Something about it changed, its identities, contact points and notes included. */
  | 'UPDATED';

/** Which customers; all conditions must hold. */
export type CustomerFilter = {
  /** All of these. */
  and?: Array<CustomerFilter> | null | undefined;
  /** By date of birth. */
  birthDate?: DateFilter | null | undefined;
  /** By when they were first kept. */
  createdAt?: DateTimeFilter | null | undefined;
  /** By custom fields; all must hold. */
  customFields?: Array<CustomFieldCondition> | null | undefined;
  /** By the name they are shown by. */
  displayName?: StringFilter | null | undefined;
  /** By id in the system they came from. */
  externalId?: StringFilter | null | undefined;
  /** By family name. */
  familyName?: StringFilter | null | undefined;
  /** By given name. */
  givenName?: StringFilter | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By kind. */
  kind?: CustomerKindFilter | null | undefined;
  /** By language. */
  language?: StringFilter | null | undefined;
  /** Not this. */
  not?: CustomerFilter | null | undefined;
  /** At least one of these. */
  or?: Array<CustomerFilter> | null | undefined;
  /** By who looks after them. */
  ownerId?: IdFilter | null | undefined;
  /** By tag. */
  tags?: StringListFilter | null | undefined;
  /** By the team that looks after them. */
  teamId?: IdFilter | null | undefined;
  /** By when they last changed. */
  updatedAt?: DateTimeFilter | null | undefined;
};

/** What kind of customer it is. */
export type CustomerKind =
  /** A company or another body. */
  | 'COMPANY'
  /** A person. */
  | 'PERSON';

/** Conditions on a CustomerKind; all must hold. */
export type CustomerKindFilter = {
  /** Is this one. */
  eq?: CustomerKind | null | undefined;
  /** Is one of these. */
  in?: Array<CustomerKind> | null | undefined;
  /** Is missing (true) or is there (false). */
  isNull?: boolean | null | undefined;
};

/** How a list of Customer is ordered; several are applied in turn. */
export type CustomerOrder = {
  /** Which way. */
  direction?: OrderDirection;
  /** What to order by. */
  field: CustomerOrderField;
};

/** What customers are ordered by. */
export type CustomerOrderField =
  /** When they were first kept. */
  | 'CREATED_AT'
  /** The name they are shown by. */
  | 'DISPLAY_NAME'
  /** The family name; companies have none. */
  | 'FAMILY_NAME'
  /** How well they fit the search; only with one. */
  | 'RELEVANCE'
  /** When they last changed. */
  | 'UPDATED_AT';

/** Conditions on a calendar day; all must hold. */
export type DateFilter = {
  /** Is this day. */
  eq?: string | null | undefined;
  /** Is this day or later. */
  gte?: string | null | undefined;
  /** Is missing (true) or is there (false). */
  isNull?: boolean | null | undefined;
  /** Is before this day. */
  lt?: string | null | undefined;
};

/** Conditions on a moment; all must hold. */
export type DateTimeFilter = {
  /** Is exactly this moment. */
  eq?: string | null | undefined;
  /** Is after this moment. */
  gt?: string | null | undefined;
  /** Is at or after this moment. */
  gte?: string | null | undefined;
  /** Is missing (true) or is there (false). */
  isNull?: boolean | null | undefined;
  /** Is before this moment. */
  lt?: string | null | undefined;
  /** Is at or before this moment. */
  lte?: string | null | undefined;
};

/** A customer that is about to be kept, as far as it is known. */
export type DuplicateHintsInput = {
  /** Date of birth of a person. */
  birthDate?: string | null | undefined;
  /** Ways to reach it; 20 at most are looked at. */
  contactPoints?: Array<ContactPointInput> | null | undefined;
  /** The name it is shown by. */
  displayName?: string | null | undefined;
  /** Family names of a person, all of them. */
  familyName?: string | null | undefined;
  /** Given names of a person. */
  givenName?: string | null | undefined;
};

/** What a link, or the suggestion of one, rests on. */
export type EvidenceKind =
  /** Pictures, by their address. */
  | 'AVATAR'
  /** When they were born, also as the digits of a handle tell it. */
  | 'BIRTH_DATE'
  /** That it says it is a parody, a fan or not official. */
  | 'BORROWED_NAME'
  /** A code we gave the customer was published by the identity. */
  | 'CONFIRMED_CLAIM'
  /** E-mail addresses. */
  | 'EMAIL'
  /** The handle, against those the customer is known by. */
  | 'HANDLE'
  /** Languages. */
  | 'LANGUAGE'
  /** A person said so. */
  | 'MANUAL'
  /** The names, of a person or a company, as they are shown and as handles are made of them. */
  | 'NAME'
  /** Phone numbers. */
  | 'PHONE'
  /** Where they live. */
  | 'PLACE'
  /** At what hours of the day they post. */
  | 'POSTING_HOURS'
  /** The profile names the customer's own site. */
  | 'PROFILE_LINK'
  /** That other customers fit as well. */
  | 'RIVALS'
  /** Web sites. */
  | 'SITE'
  /** The network vouches for an e-mail address that is the customer's. */
  | 'VERIFIED_EMAIL'
  /** The network vouches for a phone number that is the customer's. */
  | 'VERIFIED_PHONE'
  /** What they say of themselves. */
  | 'WORDS';

/** What came back from a sign-in. */
export type FinishAccountConnectionInput = {
  /** The `code` that came back. */
  code: string;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** The `state` that came back. */
  state: string;
};

/** Conditions on a number; all must hold. */
export type FloatFilter = {
  /** Is more. */
  gt?: number | null | undefined;
  /** Is this or more. */
  gte?: number | null | undefined;
  /** Is less. */
  lt?: number | null | undefined;
  /** Is this or less. */
  lte?: number | null | undefined;
};

/** What a run of the graph does. */
export type GraphRunKind =
  /** Works influence and communities out, from the ties as they are. */
  | 'ANALYSIS'
  /** Adds every tie up anew from its interactions, and then does the same. */
  | 'REBUILD';

/** Where a run of the graph stands. */
export type GraphRunState =
  /** Somebody called it off; what was there before it still holds. */
  | 'CANCELLED'
  /** Its results are in. */
  | 'DONE'
  /** It was given up. */
  | 'FAILED'
  /** It waits for a worker. */
  | 'QUEUED'
  /** It is under way; after a crash it is taken up again. */
  | 'RUNNING';

/** Conditions on an id; all must hold. */
export type IdFilter = {
  /** Is this one. */
  eq?: string | null | undefined;
  /** Is one of these. */
  in?: Array<string> | null | undefined;
  /** Is missing (true) or is there (false). */
  isNull?: boolean | null | undefined;
};

/** Which influencers; all conditions must hold. */
export type InfluencerFilter = {
  /** Only members of this community. */
  community?: string | null | undefined;
  /** Only on this network. */
  network?: Network | null | undefined;
  /** True: only identities of our customers. False: only those of nobody we know. */
  ofCustomers?: boolean | null | undefined;
  /** Only customers with this tag. */
  segment?: string | null | undefined;
  /** Only by what was done since then. */
  since?: string | null | undefined;
  /** Only by posts that say this: who is engaged with when people talk about it. */
  topic?: string | null | undefined;
};

/** Which side of an interaction. */
export type InteractionDirection =
  /** Both. */
  | 'BOTH'
  /** What it did to others. */
  | 'FROM'
  /** What others did to it. */
  | 'TO';

/** How one identity acted on another. */
export type InteractionKind =
  /** It commented on the other's post. */
  | 'COMMENT'
  /** It liked what the other said. */
  | 'LIKE'
  /** It named the other. */
  | 'MENTION'
  /** It quoted the other. */
  | 'QUOTE'
  /** It answered the other. */
  | 'REPLY'
  /** It passed on what the other said. */
  | 'REPOST';

/** The weight of a kind of interaction. */
export type InteractionWeightInput = {
  /** The kind of interaction. */
  kind: InteractionKind;
  /** Its weight, 0 to 1000; 0 leaves the kind out of the graph. */
  weight: number;
};

/** Where a lead came from. */
export type LeadSource =
  /** A telephone call. */
  | 'CALL'
  /** A campaign of ours. */
  | 'CAMPAIGN'
  /** A letter by e-mail. */
  | 'EMAIL'
  /** A fair or another meeting. */
  | 'EVENT'
  /** A form that was filled in. */
  | 'FORM'
  /** A list that was read in. */
  | 'IMPORT'
  /** Somewhere else, or nobody said. */
  | 'OTHER'
  /** A partner passed it on. */
  | 'PARTNER'
  /** Somebody recommended us. */
  | 'REFERRAL'
  /** Something said on a network. */
  | 'SOCIAL';

/** How far a lead has come. */
export type LeadStatus =
  /** It became a customer. */
  | 'CONVERTED'
  /** Nothing will come of it. */
  | 'DISQUALIFIED'
  /** Nobody has looked into it yet. */
  | 'NEW'
  /** It is worth an opportunity. */
  | 'QUALIFIED'
  /** Somebody is finding out. */
  | 'WORKING';

/** Which identity is which customer. */
export type LinkIdentityInput = {
  /** The customer it is. */
  customerId: string;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** The identity. */
  identityId: string;
  /** How you know; kept as evidence. */
  note?: string | null | undefined;
};

/** How a link came about. */
export type LinkMethod =
  /** By exact proof, or by a likeness beyond reasonable doubt. */
  | 'AUTOMATIC'
  /** The customer published a code on the identity. */
  | 'CLAIM'
  /** A person decided it. */
  | 'MANUAL';

/** Whether a link holds. */
export type LinkStatus =
  /** It holds. */
  | 'CONFIRMED'
  /** It held once; kept as history. */
  | 'ENDED';

/** Which suggestions; all conditions must hold. */
export type LinkSuggestionFilter = {
  /** By customer. */
  customerId?: IdFilter | null | undefined;
  /** By identity. */
  identityId?: IdFilter | null | undefined;
  /** At least this likely, 0 to 1. */
  minConfidence?: number | null | undefined;
  /** By state; those that wait unless said. */
  state?: LinkSuggestionStateFilter | null | undefined;
};

/** What became of a suggestion. */
export type LinkSuggestionState =
  /** The two were linked by it. */
  | 'ACCEPTED'
  /** It waits for somebody to decide. */
  | 'PENDING'
  /** Somebody said no; this pair is not suggested again. */
  | 'REJECTED'
  /** It no longer holds: something changed, or the identity was linked otherwise. */
  | 'SUPERSEDED';

/** Conditions on a LinkSuggestionState; all must hold. */
export type LinkSuggestionStateFilter = {
  /** Is this one. */
  eq?: LinkSuggestionState | null | undefined;
  /** Is one of these. */
  in?: Array<LinkSuggestionState> | null | undefined;
  /** Is missing (true) or is there (false). */
  isNull?: boolean | null | undefined;
};

/** Customers that are one. */
export type MergeCustomersInput = {
  /** Only says what would change, in `report`. Nothing is kept of it, its idempotency key neither. */
  dryRun?: boolean;
  /** Whose value counts, field by field. Unless said it is the survivor's, or where it has none that of the first of the merged that has one; tags are put together. */
  fields?: Array<MergeFieldChoice> | null | undefined;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** Those that become it, 1 to 10. At most 50,000 records may belong to them and the survivor together: contact points, ties, identities and the like. */
  mergedIds: Array<string>;
  /** The customer that stays. */
  survivorId: string;
};

/** Whose value of a field the survivor gets. */
export type MergeFieldChoice = {
  /** A field of a customer by its name, such as `givenName` or `owner`; of those with keys one key, as `customFields.branch` or `preferences.bread`. */
  field: string;
  /** The customer whose value it is, the survivor or one of the merged; also to have none. */
  fromId: string;
};

/** An amount of money. */
export type MoneyInput = {
  /** How much. */
  amount: unknown;
  /** Of what: ISO 4217, such as EUR. */
  currency: string;
};

/** Moves an opportunity to another stage. */
export type MoveOpportunityInput = {
  /** What there is to say of it, up to 2,000 characters. */
  closeNote?: string | null | undefined;
  /** Why it is won or lost. */
  closeReasonId?: string | null | undefined;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** The competitor it is lost to. */
  lostToId?: string | null | undefined;
  /** The opportunity. */
  opportunityId: string;
  /** The stage it goes to; one that is won or lost closes it. */
  stageId: string;
  /** The version you have seen: when it has changed since, nothing is done. Without it the last one wins. */
  version?: number | null | undefined;
};

/** Where something was said. */
export type Network =
  /** Blogs and whatever has a feed. */
  | 'BLOG'
  /** Bluesky, on the AT Protocol. */
  | 'BLUESKY'
  /** Discourse forums. */
  | 'DISCOURSE'
  /** E-mail. */
  | 'EMAIL'
  /** Facebook pages. */
  | 'FACEBOOK'
  /** Fax. */
  | 'FAX'
  /** Hacker News. */
  | 'HACKER_NEWS'
  /** Instagram business accounts. */
  | 'INSTAGRAM'
  /** LinkedIn pages. */
  | 'LINKEDIN'
  /** Mastodon and what speaks its API. */
  | 'MASTODON'
  /** Calls. */
  | 'PHONE'
  /** Reddit. */
  | 'REDDIT'
  /** Text messages. */
  | 'SMS'
  /** Telegram bots. */
  | 'TELEGRAM'
  /** X, formerly Twitter. */
  | 'TWITTER'
  /** Our own forms and chat. */
  | 'WEB'
  /** WhatsApp Business. */
  | 'WHATSAPP'
  /** Comments on YouTube. */
  | 'YOUTUBE';

/** Conditions on a Network; all must hold. */
export type NetworkFilter = {
  /** Is this one. */
  eq?: Network | null | undefined;
  /** Is one of these. */
  in?: Array<Network> | null | undefined;
  /** Is missing (true) or is there (false). */
  isNull?: boolean | null | undefined;
};

/** Why there is no statistical forecast. */
export type NoForecastReason =
  /** Fewer than eight completed periods since the first that something was won in. */
  | 'TOO_LITTLE_HISTORY';

/** Why something is not as it was before a merge. */
export type NotRestoredReason =
  /** It was changed after the merge; the change stays. */
  | 'CHANGED_SINCE'
  /** It was removed after the merge. */
  | 'REMOVED_SINCE'
  /** Something else has its place by now. */
  | 'TAKEN_SINCE'
  /** What it named is no more. */
  | 'TARGET_GONE';

/** Whether an opportunity is still open, and how it ended. */
export type OpportunityStatus =
  /** They did not buy, or not from us. */
  | 'LOST'
  /** Nothing is decided yet. */
  | 'OPEN'
  /** They bought. */
  | 'WON';

/** Which way a list is ordered. A missing value counts as the largest. */
export type OrderDirection =
  /** Smallest first. */
  | 'ASC'
  /** Largest first. */
  | 'DESC';

/** Where an order stands. */
export type OrderStatus =
  /** It was called off. */
  | 'CANCELLED'
  /** It was confirmed, as by the ERP. */
  | 'CONFIRMED'
  /** All of it left for the customer. */
  | 'DELIVERED'
  /** A part of it left for the customer. */
  | 'PARTIALLY_DELIVERED'
  /** It was placed; nobody has confirmed it. */
  | 'PLACED'
  /** All of it came back. */
  | 'RETURNED';

/** What happened to a post we had. */
export type PostChange =
  /** It was deleted on its network. */
  | 'DELETED'
  /** Its author changed it. */
  | 'EDITED'
  /** We hid it on its network, or showed it again. */
  | 'HIDDEN'
  /** A person corrected its sentiment. */
  | 'REASSESSED';

/** Which posts; all conditions must hold. */
export type PostFilter = {
  /** By the account of ours it concerns. */
  accountId?: IdFilter | null | undefined;
  /** All of these. */
  and?: Array<PostFilter> | null | undefined;
  /** By who said it. */
  authorId?: IdFilter | null | undefined;
  /** By conversation. */
  conversationId?: IdFilter | null | undefined;
  /** Deleted on its network, or not. */
  deleted?: boolean | null | undefined;
  /** Said by a known customer, or by a stranger. */
  fromCustomer?: boolean | null | undefined;
  /** By hashtag, without the #, in lower case. */
  hashtags?: StringListFilter | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By kind. */
  kind?: PostKindFilter | null | undefined;
  /** By language. */
  language?: StringFilter | null | undefined;
  /** By network. */
  network?: NetworkFilter | null | undefined;
  /** Not this. */
  not?: PostFilter | null | undefined;
  /** By when it was said. */
  occurredAt?: DateTimeFilter | null | undefined;
  /** At least one of these. */
  or?: Array<PostFilter> | null | undefined;
  /** Said by us, or not. */
  own?: boolean | null | undefined;
  /** By priority, 0 to 100. */
  priority?: FloatFilter | null | undefined;
  /** By when it reached us. */
  receivedAt?: DateTimeFilter | null | undefined;
  /** By words in it, as typed into a search box; case and accents do not matter. */
  search?: string | null | undefined;
  /** By how it feels. */
  sentiment?: SentimentLabelFilter | null | undefined;
  /** By the source it came through. */
  sourceId?: IdFilter | null | undefined;
  /** By what was said. */
  text?: StringFilter | null | undefined;
};

/** What a post is to the organisation that received it. */
export type PostKind =
  /** A telephone call; its text says how it went. */
  | 'CALL'
  /** It answers something of ours. */
  | 'COMMENT'
  /** It was said to us alone. */
  | 'DIRECT_MESSAGE'
  /** A fax; its pages are attached. */
  | 'FAX'
  /** It names us, or what we follow. */
  | 'MENTION'
  /** It was published by somebody we follow. */
  | 'POST'
  /** It passes on what somebody else said. */
  | 'REPOST'
  /** It judges what we sell. */
  | 'REVIEW';

/** Conditions on a PostKind; all must hold. */
export type PostKindFilter = {
  /** Is this one. */
  eq?: PostKind | null | undefined;
  /** Is one of these. */
  in?: Array<PostKind> | null | undefined;
  /** Is missing (true) or is there (false). */
  isNull?: boolean | null | undefined;
};

/** How a list of Post is ordered; several are applied in turn. */
export type PostOrder = {
  /** Which way. */
  direction?: OrderDirection;
  /** What to order by. */
  field: PostOrderField;
};

/** What posts are ordered by. */
export type PostOrderField =
  /** When they were last edited; most never were. */
  | 'EDITED_AT'
  /** When they were said. */
  | 'OCCURRED_AT'
  /** How much it matters to answer soon. */
  | 'PRIORITY'
  /** When they reached us. */
  | 'RECEIVED_AT';

/** The parts of a postal address; a country and one part more at least. */
export type PostalAddressInput = {
  /** Town. */
  city?: string | null | undefined;
  /** Country, ISO 3166-1 with two letters. */
  country: string;
  /** Postal code. */
  postalCode?: string | null | undefined;
  /** State, province or region. */
  region?: string | null | undefined;
  /** Street, number and what else finds the door. */
  street?: string | null | undefined;
};

/** Something a customer likes. */
export type PreferenceInput = {
  /** What it is about, such as "bread". */
  key: string;
  /** What they like, such as "well baked". */
  value: string;
};

/** What would be said, to be looked at before it is. */
export type PreviewReplyInput = {
  /** From which account; needed without a post. */
  accountId?: string | null | undefined;
  /** Without a post: who would be written to alone. */
  identityId?: string | null | undefined;
  /** Its language, BCP 47. */
  language?: string | null | undefined;
  /** What would go with it; it is not fetched. */
  media?: Array<ReplyMediaInput> | null | undefined;
  /** The post that would be answered. */
  postId?: string | null | undefined;
  /** When it would be sent. */
  scheduledAt?: string | null | undefined;
  /** Whether a text that is too long may become several. */
  splitIntoThread?: boolean | null | undefined;
  /** What would be said. */
  text: string;
  /** Who could read it. */
  visibility?: ReplyVisibility | null | undefined;
};

/** A version of an article in one language. */
export type PublishArticleInput = {
  /** The article. */
  articleId: string;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** The language: en, es or pt. */
  language: string;
  /** Number of the version; the latest unless said. */
  number?: number | null | undefined;
};

/** What was found out about one of the four things a lead is qualified by. */
export type QualificationAnswerInput = {
  /** Whether it is there. */
  confirmed: boolean;
  /** What is known of it. */
  note?: string | null | undefined;
};

/** Whether a lead can buy (BANT); what is left out stays as it was. */
export type QualificationInput = {
  /** Whether they are the ones who decide. */
  authority?: QualificationAnswerInput | null | undefined;
  /** Whether there is money for it. */
  budget?: QualificationAnswerInput | null | undefined;
  /** Whether they need it. */
  need?: QualificationAnswerInput | null | undefined;
  /** Whether they want it soon. */
  timeline?: QualificationAnswerInput | null | undefined;
};

/** One line of a quote: a product, or words with a price. */
export type QuoteLineInput = {
  /** What is offered, in words; the product's name in the language of the quote unless said. */
  description?: string | null | undefined;
  /** Taken off this line, in percent from 0 to 100. */
  discountPercent?: unknown;
  /** Whether a bundle becomes a line for each of its components, the price split over them; one line unless said. */
  explode?: boolean | null | undefined;
  /** The product; without one, `description` and `unitPrice` are needed. */
  productId?: string | null | undefined;
  /** How many, more than 0, with up to four decimals. */
  quantity?: unknown;
  /** Rate of its tax, in percent; the product's unless said. */
  taxPercent?: unknown;
  /** Of what unit; the product's unless said. */
  unit?: string | null | undefined;
  /** Price of one, before discounts and tax, in the currency of the quote; that of the price book unless said. A lower one counts as a discount. */
  unitPrice?: MoneyInput | null | undefined;
};

/** How far a quote has come. */
export type QuoteStatus =
  /** The customer accepted it: there is an order. */
  | 'ACCEPTED'
  /** It may be sent. */
  | 'APPROVED'
  /** It is being written. */
  | 'DRAFT'
  /** Nobody accepted it in time. */
  | 'EXPIRED'
  /** Its discounts wait for somebody who may give them. */
  | 'PENDING_APPROVAL'
  /** The customer declined it. */
  | 'REJECTED'
  /** The customer has it and can accept it. */
  | 'SENT'
  /** A newer revision stands in for it. */
  | 'SUPERSEDED';

/** What you think of an article. Said again, it stands in the place of what you said before. */
export type RateArticleInput = {
  /** The article. */
  articleId: string;
  /** What there is to say, up to 2,000 characters. */
  comment?: string | null | undefined;
  /** Whether it helped. */
  helpful: boolean;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** The language it was read in; yours unless said. */
  language?: string | null | undefined;
};

/** Adds to what a customer consented to; what was said before stays as history. */
export type RecordConsentInput = {
  /** What was said. */
  consent: ConsentInput;
  /** The customer. */
  customerId: string;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
};

/** Which suggestion is wrong. */
export type RejectLinkSuggestionInput = {
  /** The suggestion. */
  id: string;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** Suggest no other customer for this identity either, from now on. */
  neverAskAgain?: boolean | null | undefined;
};

/** Which way a relation is read from the customer it is listed under. */
export type RelationDirection =
  /** The other is, for example, an employee of this one. */
  | 'INCOMING'
  /** It holds both ways. */
  | 'MUTUAL'
  /** This one is, for example, an employee of the other. */
  | 'OUTGOING';

/** How one customer stands to another. */
export type RelationKind =
  /** Speaks for the other, such as a company. */
  | 'CONTACT_OF'
  /** Works for the other. */
  | 'EMPLOYEE_OF'
  /** Is of the same family; holds both ways. */
  | 'FAMILY'
  /** Is a friend; holds both ways. */
  | 'FRIEND'
  /** Something else, said in the detail. */
  | 'OTHER'
  /** Came through the other. */
  | 'REFERRED_BY'
  /** Belongs to the other. */
  | 'SUBSIDIARY_OF'
  /** Supplies the other. */
  | 'SUPPLIER_OF';

/** Which rejection is taken back. */
export type ReopenLinkSuggestionInput = {
  /** The suggestion. */
  id: string;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
};

/** Which replies; all conditions must hold. */
export type ReplyFilter = {
  /** By the account of ours that says it. */
  accountId?: IdFilter | null | undefined;
  /** All of these. */
  and?: Array<ReplyFilter> | null | undefined;
  /** By conversation. */
  conversationId?: IdFilter | null | undefined;
  /** By when they were written. */
  createdAt?: DateTimeFilter | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By how somebody is answered. */
  kind?: ReplyKindFilter | null | undefined;
  /** By network. */
  network?: NetworkFilter | null | undefined;
  /** Not this. */
  not?: ReplyFilter | null | undefined;
  /** At least one of these. */
  or?: Array<ReplyFilter> | null | undefined;
  /** By the post they answer. */
  postId?: IdFilter | null | undefined;
  /** By the identity they are for. */
  recipientId?: IdFilter | null | undefined;
  /** By when they are to be sent. */
  scheduledAt?: DateTimeFilter | null | undefined;
  /** By when the network took them. */
  sentAt?: DateTimeFilter | null | undefined;
  /** By where they stand. */
  state?: ReplyStateFilter | null | undefined;
  /** By what they say. */
  text?: StringFilter | null | undefined;
};

/** Which reply it is about. */
export type ReplyInput = {
  /** The reply. */
  id: string;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
};

/** How somebody is answered. */
export type ReplyKind =
  /** By telephone. */
  | 'CALL'
  /** To them alone. */
  | 'DIRECT_MESSAGE'
  /** Beside what they said. */
  | 'REPLY';

/** Conditions on a ReplyKind; all must hold. */
export type ReplyKindFilter = {
  /** Is this one. */
  eq?: ReplyKind | null | undefined;
  /** Is one of these. */
  in?: Array<ReplyKind> | null | undefined;
  /** Is missing (true) or is there (false). */
  isNull?: boolean | null | undefined;
};

/** A picture, film, sound or file that is to go with a reply. */
export type ReplyMediaInput = {
  /** What it shows, for those who cannot see it. */
  description?: string | null | undefined;
  /** Where it lies: an http or https address that can be fetched without signing in. */
  url: string;
};

/** Where a reply stands on its way to the network. */
export type ReplyState =
  /** Somebody else must agree before it is sent. */
  | 'AWAITING_APPROVAL'
  /** Somebody stopped it in time. */
  | 'CANCELLED'
  /** It was sent, and later deleted by us. */
  | 'DELETED'
  /** It has reached whom it is for. */
  | 'DELIVERED'
  /** It was not sent; `failure` says why. */
  | 'FAILED'
  /** It is sent as soon as its turn comes, or as soon as the network takes it. */
  | 'QUEUED'
  /** It was read. */
  | 'READ'
  /** Somebody else did not agree; it is not sent. */
  | 'REJECTED'
  /** It is sent at the moment it is scheduled for. */
  | 'SCHEDULED'
  /** It is being sent. */
  | 'SENDING'
  /** The network has taken it. */
  | 'SENT'
  /** The network did not say whether it took it; that is being found out. */
  | 'UNKNOWN';

/** Conditions on a ReplyState; all must hold. */
export type ReplyStateFilter = {
  /** Is this one. */
  eq?: ReplyState | null | undefined;
  /** Is one of these. */
  in?: Array<ReplyState> | null | undefined;
  /** Is missing (true) or is there (false). */
  isNull?: boolean | null | undefined;
};

/** What is answered, and with what. */
export type ReplyToPostInput = {
  /** From which account; from the one the post reached, or the only one on its network, unless given. */
  accountId?: string | null | undefined;
  /** Something to tell whoever has to approve it. */
  approvalNote?: string | null | undefined;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** Its language, BCP 47. */
  language?: string | null | undefined;
  /** What goes with it. */
  media?: Array<ReplyMediaInput> | null | undefined;
  /** The post that is answered. */
  postId: string;
  /** When it is to be sent; at once unless given. */
  scheduledAt?: string | null | undefined;
  /** A text that is too long becomes several, each of which answers the one before it. */
  splitIntoThread?: boolean | null | undefined;
  /** What is said, as plain text; what the network demands is added to it. */
  text: string;
  /** Who can read it; as the post unless given. */
  visibility?: ReplyVisibility | null | undefined;
};

/** What is said in a ticket, by which way, and where the ticket stands after it. */
export type ReplyToTicketInput = {
  /** From which account of ours. */
  accountId?: string | null | undefined;
  /** Something to tell whoever has to approve it. */
  approvalNote?: string | null | undefined;
  /** Files that were uploaded for it, each by a `POST` to `/support/attachments?name=<file name>`. */
  attachmentIds?: Array<string> | null | undefined;
  /** A canned response that is said before the text, in the language of the customer. */
  cannedResponseId?: string | null | undefined;
  /** By which channel; as its customer spoke last unless given. Another needs their consent. PORTAL and MANUAL go nowhere but into the ticket. */
  channel?: TicketChannel | null | undefined;
  /** Whether it is said whatever its author has not seen. */
  confirmUnseen?: boolean | null | undefined;
  /** Or to which of the contact points of the customer. */
  contactPointId?: string | null | undefined;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** To which identity of the customer. */
  identityId?: string | null | undefined;
  /** Its language, BCP 47. */
  language?: string | null | undefined;
  /** The last message of the ticket that its author has seen: what came after it is asked about first. The mark of `markTicketSeen` unless given. */
  lastSeenMessageId?: string | null | undefined;
  /** What goes with it, by its address. */
  media?: Array<ReplyMediaInput> | null | undefined;
  /** On which network, where a channel has several. */
  network?: Network | null | undefined;
  /** When it is to be sent, or shown in the portal. Until then it is no answer: the customer waits, and promised times run. */
  scheduledAt?: string | null | undefined;
  /** A text that is too long becomes several, each of which answers the one before it. */
  splitIntoThread?: boolean | null | undefined;
  /** Where the ticket stands once it goes out; we wait for the customer unless given. One that waits for approval or for its moment moves it then, unless somebody did meanwhile or the customer spoke again. */
  status?: TicketStatus | null | undefined;
  /** What is said, as plain text; may be empty when a canned response or something attached says it. */
  text: string;
  /** The ticket. */
  ticketId: string;
  /** For how many seconds it can be taken back, 0 to 60; what the organisation set unless given, and none for programs. */
  undoSeconds?: number | null | undefined;
  /** Who can read it; as what it answers unless given. PRIVATE goes on alone with who spoke in public. */
  visibility?: ReplyVisibility | null | undefined;
};

/** Who can read a reply on its network. */
export type ReplyVisibility =
  /** Whom it is for, alone. */
  | 'PRIVATE'
  /** Everybody who can read what it answers. */
  | 'PUBLIC';

/** Somebody who wants to sign in. */
export type RequestPortalCodeInput = {
  /** Their e-mail address, or telephone number with its country as in +34 612 345 678. It must be known here as proven to be theirs. */
  contact: string;
  /** Language of the message: en, es or pt; unless given, that of the request. */
  language?: string | null | undefined;
  /** Whether a link goes with the code. */
  link?: boolean | null | undefined;
  /** Slug or id of the organisation. */
  organization: string;
};

/** What somebody may do in an organisation. */
export type Role =
  /** Everything but making owners. */
  | 'ADMIN'
  /** Serves customers. */
  | 'AGENT'
  /** Reads everything but personal contact data; changes nothing. */
  | 'ANALYST'
  /** A customer; sees what is its own. */
  | 'CUSTOMER'
  /** Leads teams: customers, channels, and the work of others. */
  | 'MANAGER'
  /** Everything, other owners included. */
  | 'OWNER'
  /** Another company; sees what is shared with it. */
  | 'PARTNER';

/** What is said to somebody alone. */
export type SendDirectMessageInput = {
  /** From which account. */
  accountId: string;
  /** Something to tell whoever has to approve it. */
  approvalNote?: string | null | undefined;
  /** Or to which customer, under its one identity on the network. */
  customerId?: string | null | undefined;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** To whom. */
  identityId?: string | null | undefined;
  /** Its language, BCP 47. */
  language?: string | null | undefined;
  /** What goes with it. */
  media?: Array<ReplyMediaInput> | null | undefined;
  /** With a customer: on which network. */
  network?: Network | null | undefined;
  /** What it answers; their latest message to us unless given. */
  postId?: string | null | undefined;
  /** When it is to be sent; at once unless given. */
  scheduledAt?: string | null | undefined;
  /** A text that is too long becomes several, each of which answers the one before it. */
  splitIntoThread?: boolean | null | undefined;
  /** What is said, as plain text; what the network demands is added to it. */
  text: string;
};

/** How a text feels about what it speaks of. */
export type SentimentLabel =
  /** Displeased. */
  | 'NEGATIVE'
  /** Neither, or both alike. */
  | 'NEUTRAL'
  /** Pleased. */
  | 'POSITIVE';

/** Conditions on a SentimentLabel; all must hold. */
export type SentimentLabelFilter = {
  /** Is this one. */
  eq?: SentimentLabel | null | undefined;
  /** Is one of these. */
  in?: Array<SentimentLabel> | null | undefined;
  /** Is missing (true) or is there (false). */
  isNull?: boolean | null | undefined;
};

/** New credentials or settings of a connected account; what is left out stays. */
export type SetAccountCredentialsInput = {
  /** The account. */
  accountId: string;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** What nobody is ever shown again: tokens, passwords, keys. */
  secrets?: Array<AccountValueInput> | null | undefined;
  /** What is shown: addresses, hosts, names. */
  settings?: Array<AccountValueInput> | null | undefined;
};

/** How interactions add up to ties; what is left out stays. */
export type SetGraphSettingsInput = {
  /** Whether influence and communities are worked out by themselves, as ties change. */
  automaticRuns?: boolean | null | undefined;
  /** Days after which an interaction counts half, 0.01 to 36500. */
  halfLifeDays?: number | null | undefined;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** Weights that change. */
  weights?: Array<InteractionWeightInput> | null | undefined;
};

/** What proves who somebody is: a code with its request, or the token of a link. */
export type SignInToPortalInput = {
  /** The code; spaces do not matter. */
  code?: string | null | undefined;
  /** The request that the code was sent for. */
  requestId?: string | null | undefined;
  /** The token of a link, in the place of both. */
  token?: string | null | undefined;
};

/** Conditions on a source; all must hold. */
export type SourceFilter = {
  /** The account through which it is read. */
  accountId?: IdFilter | null | undefined;
  /** All of these hold. */
  and?: Array<SourceFilter> | null | undefined;
  /** Its id. */
  id?: IdFilter | null | undefined;
  /** What it follows. */
  kind?: SourceKindFilter | null | undefined;
  /** The network it is on. */
  network?: NetworkFilter | null | undefined;
  /** This does not hold. */
  not?: SourceFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<SourceFilter> | null | undefined;
  /** The handle, words or address it follows. */
  query?: StringFilter | null | undefined;
  /** How it fares. */
  state?: SourceStateFilter | null | undefined;
};

/** Which source it is about. */
export type SourceInput = {
  /** The source. */
  id: string;
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
};

/** What a source follows. */
export type SourceKind =
  /** What is said to or about an account. */
  | 'ACCOUNT'
  /** A feed of posts or comments: RSS, Atom or JSON Feed. */
  | 'FEED'
  /** Posts that hold certain words. */
  | 'KEYWORD';

/** Conditions on a SourceKind; all must hold. */
export type SourceKindFilter = {
  /** Is this one. */
  eq?: SourceKind | null | undefined;
  /** Is one of these. */
  in?: Array<SourceKind> | null | undefined;
  /** Is missing (true) or is there (false). */
  isNull?: boolean | null | undefined;
};

/** What kind of thing keeps a source from being read. */
export type SourceProblemClass =
  /** Our access expired or was withdrawn: somebody must sign in again. */
  | 'AUTH'
  /** It was done before. */
  | 'DUPLICATE'
  /** The network does not let us read this. */
  | 'FORBIDDEN'
  /** What is there cannot be followed, or the address is not allowed. */
  | 'INVALID'
  /** There is nothing at this address, or no such account. */
  | 'NOT_FOUND'
  /** What was booked with the network is used up. */
  | 'QUOTA'
  /** Too much was asked in a short time. */
  | 'RATE'
  /** A failure that usually passes: the connection, or the server on the other side. */
  | 'TRANSIENT'
  /** Something nobody foresaw. */
  | 'UNKNOWN'
  /** The time the network allows for it is over. */
  | 'WINDOW_CLOSED';

/** How a source fares. */
export type SourceState =
  /** It is read and well. */
  | 'ACTIVE'
  /** It could not be read; it is tried again by itself, at growing intervals. */
  | 'FAILING'
  /** The network refuses our access; it waits until somebody resumes it. */
  | 'NEEDS_REAUTHORIZATION'
  /** Somebody stopped it; it resumes where it was. */
  | 'PAUSED'
  /** The network asked us to wait, or the month's budget is used up; it goes on by itself. */
  | 'RATE_LIMITED';

/** Conditions on a SourceState; all must hold. */
export type SourceStateFilter = {
  /** Is this one. */
  eq?: SourceState | null | undefined;
  /** Is one of these. */
  in?: Array<SourceState> | null | undefined;
  /** Is missing (true) or is there (false). */
  isNull?: boolean | null | undefined;
};

/** A run over the graph. */
export type StartGraphRunInput = {
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** What it is to do. */
  kind?: GraphRunKind;
};

/** Conditions on a text; all must hold. */
export type StringFilter = {
  /** Has this in it; case and accents do not matter. */
  contains?: string | null | undefined;
  /** Is exactly this. */
  eq?: string | null | undefined;
  /** Is one of these. */
  in?: Array<string> | null | undefined;
  /** Is missing (true) or is there (false). */
  isNull?: boolean | null | undefined;
  /** Begins with this; case and accents do not matter. */
  startsWith?: string | null | undefined;
};

/** Conditions on a list of texts; all must hold. */
export type StringListFilter = {
  /** Has this among its entries. */
  contains?: string | null | undefined;
};

/** Takes the next ticket of a queue. */
export type TakeNextTicketInput = {
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** Who takes it; you unless said. Others are for managers. */
  memberId?: string | null | undefined;
  /** The queue. */
  queueId: string;
};

/** How a ticket, or a message of one, came or went. */
export type TicketChannel =
  /** By telephone. */
  | 'CALL'
  /** By a chat: on a web site, WhatsApp, Telegram. */
  | 'CHAT'
  /** By e-mail. */
  | 'EMAIL'
  /** By fax. */
  | 'FAX'
  /** By hand, such as at the counter. */
  | 'MANUAL'
  /** In the self-service portal. */
  | 'PORTAL'
  /** By a text message. */
  | 'SMS'
  /** On a social network or a blog. */
  | 'SOCIAL'
  /** By a form on a web site. */
  | 'WEB_FORM';

/** Who a message of a ticket is from. */
export type TicketMessageKind =
  /** From us. */
  | 'AGENT'
  /** From the customer. */
  | 'CUSTOMER'
  /** For us alone. */
  | 'NOTE'
  /** What the product itself has to say, for us alone. */
  | 'SYSTEM';

/** Where a message of a ticket stands. */
export type TicketMessageState =
  /** Somebody else must agree before it is sent. */
  | 'AWAITING_APPROVAL'
  /** It was taken back in time. */
  | 'CANCELLED'
  /** It was sent, and later deleted by us. */
  | 'DELETED'
  /** It has reached the customer. */
  | 'DELIVERED'
  /** It was not sent; its reply says why. */
  | 'FAILED'
  /** It is kept here and goes nowhere else, as a note does. */
  | 'KEPT'
  /** It is sent as soon as its turn comes. */
  | 'QUEUED'
  /** The customer has read it. */
  | 'READ'
  /** Its customer said it. */
  | 'RECEIVED'
  /** Somebody else did not agree; it is not sent. */
  | 'REJECTED'
  /** It is sent at its moment; until then it can be taken back. */
  | 'SCHEDULED'
  /** It is being sent. */
  | 'SENDING'
  /** The channel has taken it. */
  | 'SENT'
  /** The channel did not say whether it took it; that is being found out. */
  | 'UNKNOWN';

/** Who can read a message of a ticket. */
export type TicketMessageVisibility =
  /** We alone. */
  | 'INTERNAL'
  /** The customer and we. */
  | 'PRIVATE'
  /** Everybody who can read where it was said. */
  | 'PUBLIC';

/** What somebody does with a ticket at this moment. */
export type TicketPresenceState =
  /** They have gone. */
  | 'LEFT'
  /** They write in it. */
  | 'TYPING'
  /** They look at it. */
  | 'VIEWING';

/** How much a ticket matters. */
export type TicketPriority =
  /** Before most. */
  | 'HIGH'
  /** It can wait. */
  | 'LOW'
  /** As most. */
  | 'NORMAL'
  /** Before all others. */
  | 'URGENT';

/** Where a ticket stands. */
export type TicketStatus =
  /** It is over; what the customer says later opens another. */
  | 'CLOSED'
  /** Nobody has answered or taken it yet. */
  | 'NEW'
  /** We wait for somebody else, such as a supplier. */
  | 'ON_HOLD'
  /** The customer waits for us. */
  | 'OPEN'
  /** We wait for the customer. */
  | 'PENDING'
  /** We think it is solved; a word of the customer opens it again. */
  | 'SOLVED';

/** Hands a ticket over: to a member, a team or a queue. */
export type TransferTicketInput = {
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** Whether you follow it, and so still see it, where you would not see it any more; true unless said. */
  keepFollowing?: boolean | null | undefined;
  /** What the next one has to know, up to 10,000 characters; kept in the ticket as a note for staff. */
  note?: string | null | undefined;
  /** The ticket. */
  ticketId: string;
  /** The member who gets it. */
  toMemberId?: string | null | undefined;
  /** The queue that gets it. */
  toQueueId?: string | null | undefined;
  /** The team that gets it; one of its queues finds somebody, where it has one. */
  toTeamId?: string | null | undefined;
  /** The version you have seen: when it has changed since, nothing is done. */
  version?: number | null | undefined;
};

/** Which merge was a mistake. */
export type UndoMergeInput = {
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** The merge, as `mergeCustomers` or `Customer.merges` names it. */
  mergeId: string;
};

/** Which identity is no longer taken for its customer. */
export type UnlinkIdentityInput = {
  /** Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same. */
  idempotencyKey?: string | null | undefined;
  /** The identity. */
  identityId: string;
  /** Why; kept in the history. */
  reason?: string | null | undefined;
};

/** What a person can mend in an input. */
export type UserErrorCode =
  /** It was changed by somebody else in the meantime. */
  | 'CONFLICT'
  /** It is not of the right form. */
  | 'INVALID'
  /** The rules of the organisation do not allow it. */
  | 'NOT_ALLOWED'
  /** It names something that does not exist, or that the caller may not see. */
  | 'NOT_FOUND'
  /** It must be given. */
  | 'REQUIRED'
  /** Another record has it already. */
  | 'TAKEN'
  /** It is longer than is kept. */
  | 'TOO_LONG';

export type WhoAmIQueryVariables = Exact<{ [key: string]: never; }>;


export type WhoAmIQuery = { viewer: { actor: string, role: Role, permissions: Array<string>, organization: { id: string, slug: string, name: string }, member: { id: string, name: string } | null } };

export type CreateApiKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateApiKeyMutation = { createApiKey: { key: string | null, apiKey: { id: string, name: string, role: Role } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type ChannelListQueryVariables = Exact<{ [key: string]: never; }>;


export type ChannelListQuery = { accounts: Array<{ id: string, network: Network, handle: string, state: AccountState, capabilities: { canReplyPublicly: boolean, canReplyPrivately: boolean, streams: boolean, polls: boolean, webhooks: boolean, textLimit: number | null }, sources: Array<{ id: string, kind: SourceKind, network: Network, query: string, state: SourceState, lastEventAt: string | null, lastSuccessAt: string | null, lagSeconds: number | null, problem: { class: SourceProblemClass, message: string, retryAt: string | null } | null }> }> };

export type ChannelsQueryVariables = Exact<{ [key: string]: never; }>;


export type ChannelsQuery = { channels: Array<{ connector: string, network: Network, label: string, signsIn: boolean, follows: Array<SourceKind>, fields: Array<{ name: string, secret: boolean, required: boolean, description: string }>, capabilities: { canReplyPublicly: boolean, canReplyPrivately: boolean, streams: boolean, polls: boolean, webhooks: boolean, textLimit: number | null } }> };

export type AccountHealthFragment = { id: string, connector: string | null, network: Network, handle: string, displayName: string | null, state: AccountState, accessEndsAt: string | null, lastEventAt: string | null, lagSeconds: number | null, problem: { class: SourceProblemClass, message: string, retryAt: string | null, remedy: string } | null };

export type AccountHealthListQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountHealthListQuery = { accounts: Array<{ webhookUrl: string | null, id: string, connector: string | null, network: Network, handle: string, displayName: string | null, state: AccountState, accessEndsAt: string | null, lastEventAt: string | null, lagSeconds: number | null, settings: Array<{ name: string, value: string }>, problem: { class: SourceProblemClass, message: string, retryAt: string | null, remedy: string } | null }> };

export type AccountHealthChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AccountHealthChangesSubscription = { accountHealthChanged: { cursor: string, accountId: string, account: { id: string, connector: string | null, network: Network, handle: string, displayName: string | null, state: AccountState, accessEndsAt: string | null, lastEventAt: string | null, lagSeconds: number | null, problem: { class: SourceProblemClass, message: string, retryAt: string | null, remedy: string } | null } | null } };

export type ConnectAccountMutationVariables = Exact<{
  input: ConnectAccountInput;
}>;


export type ConnectAccountMutation = { connectAccount: { account: { webhookUrl: string | null, id: string, connector: string | null, network: Network, handle: string, displayName: string | null, state: AccountState, accessEndsAt: string | null, lastEventAt: string | null, lagSeconds: number | null, problem: { class: SourceProblemClass, message: string, retryAt: string | null, remedy: string } | null } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type SetAccountCredentialsMutationVariables = Exact<{
  input: SetAccountCredentialsInput;
}>;


export type SetAccountCredentialsMutation = { setAccountCredentials: { account: { id: string, connector: string | null, network: Network, handle: string, displayName: string | null, state: AccountState, accessEndsAt: string | null, lastEventAt: string | null, lagSeconds: number | null, problem: { class: SourceProblemClass, message: string, retryAt: string | null, remedy: string } | null } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type CheckAccountMutationVariables = Exact<{
  input: CheckAccountInput;
}>;


export type CheckAccountMutation = { checkAccount: { ok: boolean | null, account: { id: string, connector: string | null, network: Network, handle: string, displayName: string | null, state: AccountState, accessEndsAt: string | null, lastEventAt: string | null, lagSeconds: number | null, problem: { class: SourceProblemClass, message: string, retryAt: string | null, remedy: string } | null } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type BeginAccountConnectionMutationVariables = Exact<{
  input: BeginAccountConnectionInput;
}>;


export type BeginAccountConnectionMutation = { beginAccountConnection: { authorizationUrl: string | null, state: string | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type FinishAccountConnectionMutationVariables = Exact<{
  input: FinishAccountConnectionInput;
}>;


export type FinishAccountConnectionMutation = { finishAccountConnection: { account: { id: string, connector: string | null, network: Network, handle: string, displayName: string | null, state: AccountState, accessEndsAt: string | null, lastEventAt: string | null, lagSeconds: number | null, problem: { class: SourceProblemClass, message: string, retryAt: string | null, remedy: string } | null } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type SourceListQueryVariables = Exact<{
  filter?: SourceFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SourceListQuery = { sources: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, kind: SourceKind, network: Network, query: string, state: SourceState, lastEventAt: string | null, lastSuccessAt: string | null, lagSeconds: number | null, problem: { class: SourceProblemClass, message: string, retryAt: string | null } | null } }> } };

export type SourceHealthFragment = { id: string, kind: SourceKind, network: Network, query: string, state: SourceState, lastEventAt: string | null, lastSuccessAt: string | null, lagSeconds: number | null, problem: { class: SourceProblemClass, message: string, retryAt: string | null } | null };

export type CreateSourceMutationVariables = Exact<{
  input: CreateSourceInput;
}>;


export type CreateSourceMutation = { createSource: { source: { id: string, kind: SourceKind, network: Network, query: string, state: SourceState, lastEventAt: string | null, lastSuccessAt: string | null, lagSeconds: number | null, problem: { class: SourceProblemClass, message: string, retryAt: string | null } | null } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type CheckSourceMutationVariables = Exact<{
  input: SourceInput;
}>;


export type CheckSourceMutation = { checkSource: { source: { id: string, kind: SourceKind, network: Network, query: string, state: SourceState, lastEventAt: string | null, lastSuccessAt: string | null, lagSeconds: number | null, problem: { class: SourceProblemClass, message: string, retryAt: string | null } | null } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type PauseSourceMutationVariables = Exact<{
  input: SourceInput;
}>;


export type PauseSourceMutation = { pauseSource: { source: { id: string, state: SourceState } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type ResumeSourceMutationVariables = Exact<{
  input: SourceInput;
}>;


export type ResumeSourceMutation = { resumeSource: { source: { id: string, state: SourceState } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type CustomerScreenQueryVariables = Exact<{
  id: string;
}>;


export type CustomerScreenQuery = { customer: { id: string, kind: CustomerKind, displayName: string, language: string | null, tags: Array<string>, owner: { id: string, name: string } | null, contactPoints: Array<{ id: string, kind: ContactPointKind, value: string, isPrimary: boolean, verified: boolean }>, preferences: Array<{ key: string, value: string }>, consents: Array<{ purpose: ConsentPurpose, channel: ConsentChannel, state: ConsentState }>, identities: Array<{ id: string, network: Network, handle: string, link: { status: LinkStatus, method: LinkMethod, confidence: number, evidence: Array<{ kind: EvidenceKind, detail: string, weight: number }> } | null }>, posts: { edges: Array<{ node: { id: string, network: Network, text: string, occurredAt: string, sentiment: { label: SentimentLabel } } }> }, relations: { edges: Array<{ node: { kind: RelationKind, direction: RelationDirection, other: { id: string, displayName: string } | null } }> }, timeline: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ cursor: string, node:
          | { __typename: 'ActivityCompleted', occurredAt: string, summary: string }
          | { __typename: 'ActivityPlanned', occurredAt: string, summary: string }
          | { __typename: 'ConsentRecorded', occurredAt: string, summary: string }
          | { __typename: 'ContactPointAdded', occurredAt: string, summary: string }
          | { __typename: 'ContactPointVerified', occurredAt: string, summary: string }
          | { __typename: 'ContractRenewed', occurredAt: string, summary: string }
          | { __typename: 'CustomerCreated', occurredAt: string, summary: string }
          | { __typename: 'CustomerRelated', occurredAt: string, summary: string }
          | { __typename: 'CustomersMerged', occurredAt: string, summary: string }
          | { __typename: 'IdentityLinked', occurredAt: string, summary: string }
          | { __typename: 'InvoiceIssued', occurredAt: string, summary: string }
          | { __typename: 'LeadConverted', occurredAt: string, summary: string }
          | { __typename: 'LeadCreated', occurredAt: string, summary: string }
          | { __typename: 'MergeUndone', occurredAt: string, summary: string }
          | { __typename: 'NoteAdded', occurredAt: string, summary: string }
          | { __typename: 'OpportunityLost', occurredAt: string, summary: string }
          | { __typename: 'OpportunityMoved', occurredAt: string, summary: string }
          | { __typename: 'OpportunityOpened', occurredAt: string, summary: string }
          | { __typename: 'OpportunityWon', occurredAt: string, summary: string }
          | { __typename: 'OrderDelivered', occurredAt: string, summary: string }
          | { __typename: 'OrderPlaced', occurredAt: string, summary: string }
          | { __typename: 'OrderReturned', occurredAt: string, summary: string }
          | { __typename: 'PaymentReceived', occurredAt: string, summary: string }
          | { __typename: 'PostSaid', occurredAt: string, summary: string }
          | { __typename: 'PreferenceSet', occurredAt: string, summary: string }
          | { __typename: 'QuoteAccepted', occurredAt: string, summary: string }
          | { __typename: 'QuoteDeclined', occurredAt: string, summary: string }
          | { __typename: 'QuoteSent', occurredAt: string, summary: string }
          | { __typename: 'SurveyAnswered', occurredAt: string, summary: string }
          | { __typename: 'TicketOpened', occurredAt: string, summary: string }
          | { __typename: 'TicketSolved', occurredAt: string, summary: string }
          | { __typename: 'VisitCheckedIn', occurredAt: string, summary: string }
         }> } } | null };

export type CustomerListQueryVariables = Exact<{
  search?: string | null | undefined;
  filter?: CustomerFilter | null | undefined;
  orderBy?: Array<CustomerOrder> | CustomerOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CustomerListQuery = { customers: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string, kind: CustomerKind, displayName: string, tags: Array<string>, identities: Array<{ id: string, network: Network, handle: string }> } }> } };

export type CreateCustomerMutationVariables = Exact<{
  input: CreateCustomerInput;
}>;


export type CreateCustomerMutation = { createCustomer: { customer: { id: string, kind: CustomerKind, displayName: string, contactPoints: Array<{ kind: ContactPointKind, value: string }> } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type AddNoteMutationVariables = Exact<{
  input: AddNoteInput;
}>;


export type AddNoteMutation = { addNote: { note: { id: string, text: string } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type RecordConsentMutationVariables = Exact<{
  input: RecordConsentInput;
}>;


export type RecordConsentMutation = { recordConsent: { customer: { id: string, consents: Array<{ purpose: ConsentPurpose, channel: ConsentChannel, state: ConsentState }> } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type ReplyToPostMutationVariables = Exact<{
  input: ReplyToPostInput;
}>;


export type ReplyToPostMutation = { replyToPost: { reply: { id: string, state: ReplyState, text: string, sentAt: string | null, url: string | null, post: { id: string } | null, failure: { code: string, message: string } | null } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type PreviewReplyQueryVariables = Exact<{
  input: PreviewReplyInput;
}>;


export type PreviewReplyQuery = { previewReply: { text: string | null, length: number | null, limit: number | null, unit: string | null, notes: Array<string>, parts: Array<{ text: string, length: number }>, refusals: Array<{ code: string, message: string }> } };

export type ReplyStateQueryVariables = Exact<{
  id: string;
}>;


export type ReplyStateQuery = { reply: { id: string, state: ReplyState, kind: ReplyKind, visibility: ReplyVisibility, text: string, renderedText: string | null, scheduledAt: string | null, attempts: number, externalId: string | null, sentAt: string | null, deliveredAt: string | null, readAt: string | null, url: string | null, author: string, approvedBy: string | null, rejectionReason: string | null, part: number, parts: number, failure: { code: string, message: string } | null, account: { id: string, state: AccountState } | null, conversation: { id: string, status: ConversationStatus } | null, continues: { id: string } | null, sentPost: { id: string, text: string, own: boolean, externalId: string, editedAt: string | null, inReplyTo: { id: string } | null, author: { handle: string }, revisions: Array<{ text: string }> } | null } | null };

export type SendDirectMessageMutationVariables = Exact<{
  input: SendDirectMessageInput;
}>;


export type SendDirectMessageMutation = { sendDirectMessage: { reply: { id: string, state: ReplyState, kind: ReplyKind, visibility: ReplyVisibility, post: { id: string } | null } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type ApproveReplyMutationVariables = Exact<{
  input: ReplyInput;
}>;


export type ApproveReplyMutation = { approveReply: { reply: { id: string, state: ReplyState } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type CancelReplyMutationVariables = Exact<{
  input: ReplyInput;
}>;


export type CancelReplyMutation = { cancelReply: { reply: { id: string, state: ReplyState } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type ReplyChangedSubscriptionVariables = Exact<{
  filter?: ReplyFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type ReplyChangedSubscription = { replyChanged: { cursor: string, reply: { id: string, state: ReplyState, sentAt: string | null, url: string | null, failure: { code: string, message: string } | null } } };

export type InteractionGraphQueryVariables = Exact<{
  center: string;
  depth?: number | null | undefined;
  limit?: number | null | undefined;
  since?: string | null | undefined;
  kinds?: Array<InteractionKind> | InteractionKind | null | undefined;
  networks?: Array<Network> | Network | null | undefined;
}>;


export type InteractionGraphQuery = { interactionGraph: { truncated: boolean, nodes: Array<{ distance: number, community: string | null, identity: { id: string, network: Network, handle: string, customer: { id: string, displayName: string } | null }, influence: { score: number, percentile: number } | null }>, edges: Array<{ from: string, to: string, kinds: Array<InteractionKind>, count: number, weight: number, lastAt: string }> } | null };

export type InfluencersQueryVariables = Exact<{
  filter?: InfluencerFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type InfluencersQuery = { influencers: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ rank: number, score: number, node: { id: string, network: Network, handle: string, influence: { score: number, percentile: number, distinctEngagers: number | null, reach: number | null, trend: number | null, topics: Array<string>, reasons: Array<string>, computedAt: string } | null, customer: { id: string, displayName: string } | null, community: { id: string, name: string } | null } }> } };

export type InfluencePathQueryVariables = Exact<{
  from: string;
  to: string;
}>;


export type InfluencePathQuery = { influencePath: { length: number, strength: number, hops: Array<{ kind: InteractionKind, weight: number, from: { id: string, handle: string }, to: { id: string, handle: string }, post: { id: string, text: string, occurredAt: string } | null }> } | null };

export type CustomerInfluenceQueryVariables = Exact<{
  id: string;
  first?: number | null | undefined;
}>;


export type CustomerInfluenceQuery = { customer: { id: string, displayName: string, influence: { score: number, percentile: number, distinctEngagers: number | null, reach: number | null, trend: number | null, topics: Array<string>, reasons: Array<string>, computedAt: string } | null, influences: { totalCount: number, edges: Array<{ weight: number, share: number, count: number, kinds: Array<InteractionKind>, lastAt: string, node: { id: string, displayName: string }, evidence: Array<{ kind: InteractionKind, occurredAt: string, post: { id: string, text: string } | null }> }> }, influencedBy: { totalCount: number, edges: Array<{ weight: number, share: number, count: number, kinds: Array<InteractionKind>, lastAt: string, node: { id: string, displayName: string }, evidence: Array<{ kind: InteractionKind, occurredAt: string, post: { id: string, text: string } | null }> }> } } | null };

export type CommunitiesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  members?: number | null | undefined;
}>;


export type CommunitiesQuery = { communities: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, name: string, words: Array<string>, size: number, cohesion: number | null, members: { edges: Array<{ node: { id: string, handle: string, network: Network } }> } } }> } };

export type ConversationTreeQueryVariables = Exact<{
  post: string;
}>;


export type ConversationTreeQuery = { conversationTree: { truncated: boolean, nodes: Array<{ depth: number, parentId: string | null, post: { id: string, text: string, occurredAt: string, deletedAt: string | null, author: { id: string, handle: string } } }> } | null };

export type AudienceQueryVariables = Exact<{
  account: string;
  other: string;
  first?: number | null | undefined;
}>;


export type AudienceQuery = { audience: { account: { id: string, handle: string, network: Network }, engagers: { totalCount: number, edges: Array<{ weight: number, count: number, lastAt: string, node: { id: string, handle: string, customer: { id: string, displayName: string } | null } }> }, overlap: { shared: number, ofThis: number, ofOther: number, similarity: number } | null } | null };

export type SeedSetQueryVariables = Exact<{
  k: number;
  within?: InfluencerFilter | null | undefined;
}>;


export type SeedSetQuery = { seedSet: { reach: number | null, guarantee: number, people: number | null, seeds: Array<{ rank: number, reach: number | null, gain: number | null, identity: { id: string, handle: string, customer: { id: string, displayName: string } | null } | null }> } };

export type GraphRunsQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type GraphRunsQuery = { graphSettings: { halfLifeDays: number, automaticRuns: boolean, weights: Array<{ kind: InteractionKind, weight: number }> }, graphRuns: { edges: Array<{ node: { id: string, kind: GraphRunKind, state: GraphRunState, phase: string | null, progress: number, nodes: number | null, edges: number | null, changed: number | null, problem: string | null, attempts: number, requestedAt: string, startedAt: string | null, finishedAt: string | null } }> } };

export type StartGraphRunMutationVariables = Exact<{
  input: StartGraphRunInput;
}>;


export type StartGraphRunMutation = { startGraphRun: { graphRun: { id: string, kind: GraphRunKind, state: GraphRunState, progress: number } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type CancelGraphRunMutationVariables = Exact<{
  input: CancelGraphRunInput;
}>;


export type CancelGraphRunMutation = { cancelGraphRun: { graphRun: { id: string, state: GraphRunState } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type SetGraphSettingsMutationVariables = Exact<{
  input: SetGraphSettingsInput;
}>;


export type SetGraphSettingsMutation = { setGraphSettings: { graphSettings: { halfLifeDays: number, automaticRuns: boolean, updatedAt: string | null, weights: Array<{ kind: InteractionKind, weight: number }> } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type InboxQueryVariables = Exact<{
  filter?: PostFilter | null | undefined;
  orderBy?: Array<PostOrder> | PostOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type InboxQuery = { posts: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string, kind: PostKind, network: Network, text: string, language: string, url: string | null, occurredAt: string, conversation: { id: string, status: ConversationStatus, assignee: { id: string, name: string } | null } | null, sentiment: { label: SentimentLabel, score: number }, author: { id: string, handle: string, displayName: string | null, followersCount: number | null, customer: { id: string, displayName: string } | null }, inReplyTo: { id: string } | null, priority: { score: number, reasons: Array<{ code: string, weight: number, explanation: string }> } | null } }> } };

export type PostRowFragment = { id: string, kind: PostKind, network: Network, text: string, language: string, url: string | null, occurredAt: string, sentiment: { label: SentimentLabel, score: number }, author: { id: string, handle: string, displayName: string | null, followersCount: number | null, customer: { id: string, displayName: string } | null }, inReplyTo: { id: string } | null, priority: { score: number, reasons: Array<{ code: string, weight: number, explanation: string }> } | null };

export type AssignConversationMutationVariables = Exact<{
  input: AssignConversationInput;
}>;


export type AssignConversationMutation = { assignConversation: { conversation: { id: string, status: ConversationStatus, assignee: { id: string, name: string } | null } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type CorrectSentimentMutationVariables = Exact<{
  input: CorrectSentimentInput;
}>;


export type CorrectSentimentMutation = { correctSentiment: { post: { id: string, sentiment: { label: SentimentLabel, score: number, words: Array<{ word: string, weight: number }> } } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type WriteFirstVersionMutationVariables = Exact<{
  input: CreateArticleInput;
}>;


export type WriteFirstVersionMutation = { createArticle: { number: number | null, article: { id: string, slug: string, state: ArticleState } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type PublishArticleMutationVariables = Exact<{
  input: PublishArticleInput;
}>;


export type PublishArticleMutation = { publishArticle: { article: { id: string, state: ArticleState, languages: Array<string> } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type ArticleScreenQueryVariables = Exact<{
  id: string;
  language?: string | null | undefined;
}>;


export type ArticleScreenQuery = { article: { id: string, slug: string, audience: ArticleAudience, category: { label: string } | null, text: { language: string, isOtherLanguage: boolean, title: string, summary: string, bodyHtml: string } | null, translations: Array<{ language: string, latestNumber: number, publishedNumber: number | null }>, statistics: { views: number, helpful: number, unhelpful: number, uses: number } | null } | null };

export type FindArticlesQueryVariables = Exact<{
  query: string;
  language?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type FindArticlesQuery = { searchArticles: { endCursor: string | null, hasNextPage: boolean, nodes: Array<{ slug: string, title: string, language: string, isOtherLanguage: boolean, match: ArticleMatch, excerpt: Array<{ text: string, isMatch: boolean }> }> } };

export type SuggestWhileTypingQueryVariables = Exact<{
  ticketId: string;
  text?: string | null | undefined;
}>;


export type SuggestWhileTypingQuery = { suggestArticles: Array<{ title: string, isShareable: boolean, article: { id: string, slug: string } | null }> };

export type SayWhetherItHelpedMutationVariables = Exact<{
  input: RateArticleInput;
}>;


export type SayWhetherItHelpedMutation = { rateArticle: { rated: boolean | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type WhatIsMissingQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type WhatIsMissingQuery = { missedSearches: { edges: Array<{ node: { query: string, language: string, readerKind: ArticleReader, searches: number, lastAt: string } }> } };

export type PublicHelpQueryVariables = Exact<{
  organization: string;
  slug: string;
  language?: string | null | undefined;
}>;


export type PublicHelpQuery = { publicArticle: { title: string, bodyHtml: string, languages: Array<string>, category: string | null } | null };

export type LinkIdentityMutationVariables = Exact<{
  input: LinkIdentityInput;
}>;


export type LinkIdentityMutation = { linkIdentity: { identity: { id: string, network: Network, handle: string, customer: { id: string, displayName: string } | null, link: { status: LinkStatus, method: LinkMethod, confidence: number, evidence: Array<{ kind: EvidenceKind, detail: string }> } | null } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type UnlinkIdentityMutationVariables = Exact<{
  input: UnlinkIdentityInput;
}>;


export type UnlinkIdentityMutation = { unlinkIdentity: { identity: { id: string, network: Network, handle: string, customer: { id: string, displayName: string } | null, link: { status: LinkStatus, method: LinkMethod, confidence: number, evidence: Array<{ kind: EvidenceKind, detail: string }> } | null } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type IdentityWithLinkFragment = { id: string, network: Network, handle: string, customer: { id: string, displayName: string } | null, link: { status: LinkStatus, method: LinkMethod, confidence: number, evidence: Array<{ kind: EvidenceKind, detail: string }> } | null };

export type IdentityInteractionsQueryVariables = Exact<{
  id: string;
  direction?: InteractionDirection;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type IdentityInteractionsQuery = { socialIdentity: { id: string, handle: string, interactions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, kind: InteractionKind, occurredAt: string, from: { id: string, handle: string } | null, to: { id: string, handle: string } | null } }> } } | null };

export type LinkSuggestionsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: LinkSuggestionFilter | null | undefined;
}>;


export type LinkSuggestionsQuery = { linkSuggestions: { edges: Array<{ node: { id: string, state: LinkSuggestionState, confidence: number, identity: { id: string, network: Network, handle: string } | null, customer: { id: string, displayName: string } | null, evidence: Array<{ kind: EvidenceKind, detail: string, weight: number }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AcceptLinkSuggestionMutationVariables = Exact<{
  input: AcceptLinkSuggestionInput;
}>;


export type AcceptLinkSuggestionMutation = { acceptLinkSuggestion: { suggestion: { id: string, state: LinkSuggestionState, confidence: number, identity: { id: string, network: Network, handle: string } | null, customer: { id: string, displayName: string } | null, evidence: Array<{ kind: EvidenceKind, detail: string, weight: number }> } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type RejectLinkSuggestionMutationVariables = Exact<{
  input: RejectLinkSuggestionInput;
}>;


export type RejectLinkSuggestionMutation = { rejectLinkSuggestion: { suggestion: { id: string, state: LinkSuggestionState, confidence: number, identity: { id: string, network: Network, handle: string } | null, customer: { id: string, displayName: string } | null, evidence: Array<{ kind: EvidenceKind, detail: string, weight: number }> } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type ReopenLinkSuggestionMutationVariables = Exact<{
  input: ReopenLinkSuggestionInput;
}>;


export type ReopenLinkSuggestionMutation = { reopenLinkSuggestion: { suggestion: { id: string, state: LinkSuggestionState, confidence: number, identity: { id: string, network: Network, handle: string } | null, customer: { id: string, displayName: string } | null, evidence: Array<{ kind: EvidenceKind, detail: string, weight: number }> } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type SuggestionFragment = { id: string, state: LinkSuggestionState, confidence: number, identity: { id: string, network: Network, handle: string } | null, customer: { id: string, displayName: string } | null, evidence: Array<{ kind: EvidenceKind, detail: string, weight: number }> };

export type DuplicateHintsQueryVariables = Exact<{
  input: DuplicateHintsInput;
  first?: number | null | undefined;
}>;


export type DuplicateHintsQuery = { duplicateHints: Array<{ confidence: number, customer: { id: string, displayName: string } | null, evidence: Array<{ kind: EvidenceKind, detail: string, weight: number }> }> };

export type MergeCustomersMutationVariables = Exact<{
  input: MergeCustomersInput;
}>;


export type MergeCustomersMutation = { mergeCustomers: { mergeId: string | null, customer: { id: string, displayName: string } | null, report: { fields: Array<{ field: string, fromId: string | null, value: unknown, conflict: boolean, givenUp: Array<{ customerId: string, value: unknown }> }>, records: Array<{ kind: string, moved: number, folded: number, dropped: number }> } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type UndoMergeMutationVariables = Exact<{
  input: UndoMergeInput;
}>;


export type UndoMergeMutation = { undoMerge: { customers: Array<{ id: string, displayName: string }> | null, notRestored: Array<{ record: string, field: string | null, reason: NotRestoredReason }> | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type CustomerMergesQueryVariables = Exact<{
  id: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CustomerMergesQuery = { customer: { id: string, displayName: string, merges: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, mergedIds: Array<string>, mergedBy: string, mergedAt: string, undoneBy: string | null, undoneAt: string | null, report: { fields: Array<{ field: string, fromId: string | null, value: unknown, conflict: boolean, givenUp: Array<{ customerId: string, value: unknown }> }>, records: Array<{ kind: string, moved: number, folded: number, dropped: number }> } } }> } | null } | null };

export type MergeReportPartsFragment = { fields: Array<{ field: string, fromId: string | null, value: unknown, conflict: boolean, givenUp: Array<{ customerId: string, value: unknown }> }>, records: Array<{ kind: string, moved: number, folded: number, dropped: number }> };

export type CreateLeadMutationVariables = Exact<{
  input: CreateLeadInput;
}>;


export type CreateLeadMutation = { createLead: { lead: { id: string, status: LeadStatus, score: number, scoreReasons: Array<{ points: number, explanation: string }> } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type ConvertLeadMutationVariables = Exact<{
  input: ConvertLeadInput;
}>;


export type ConvertLeadMutation = { convertLead: { customer: { id: string, displayName: string } | null, opportunity: { id: string, name: string, version: number } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type BoardQueryVariables = Exact<{
  pipelineId?: string | null | undefined;
  first?: number | null | undefined;
}>;


export type BoardQuery = { pipelineBoard: { pipeline: { id: string, name: string }, stages: Array<{ count: number, stage: { id: string, name: string, kind: OpportunityStatus }, total: { amount: unknown, currency: string }, weighted: { amount: unknown, currency: string }, cards: { edges: Array<{ node: { id: string, name: string, expectedCloseOn: string | null, amount: { amount: unknown, currency: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }> } | null };

export type MoveCardMutationVariables = Exact<{
  input: MoveOpportunityInput;
}>;


export type MoveCardMutation = { moveOpportunity: { opportunity: { id: string, version: number, stage: { id: string, name: string } } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type WriteQuoteMutationVariables = Exact<{
  input: CreateQuoteInput;
}>;


export type WriteQuoteMutation = { createQuote: { quote: { id: string, number: string, status: QuoteStatus, total: { amount: unknown, currency: string }, lines: Array<{ description: string, quantity: unknown, total: { amount: unknown, currency: string } }> } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type TakeQuoteMutationVariables = Exact<{
  input: AcceptQuoteInput;
}>;


export type TakeQuoteMutation = { acceptQuote: { order: { id: string, number: string, status: OrderStatus, total: { amount: unknown, currency: string }, opportunity: { status: OpportunityStatus } | null } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type SalesForecastQueryVariables = Exact<{
  from: string;
  to: string;
  asOf?: string | null | undefined;
}>;


export type SalesForecastQuery = { salesForecast: { statisticalReason: NoForecastReason | null, periods: Array<{ start: string, end: string, won: { amount: unknown, currency: string }, committed: { amount: unknown, currency: string }, weighted: { amount: unknown, currency: string }, bestCase: { amount: unknown, currency: string }, target: { amount: unknown, currency: string } | null }> } };

export type PostsReceivedSubscriptionVariables = Exact<{
  filter?: PostFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type PostsReceivedSubscription = { postReceived: { cursor: string, post: { id: string, kind: PostKind, network: Network, text: string, language: string, url: string | null, occurredAt: string, sentiment: { label: SentimentLabel, score: number }, author: { id: string, handle: string, displayName: string | null, followersCount: number | null, customer: { id: string, displayName: string } | null }, inReplyTo: { id: string } | null, priority: { score: number, reasons: Array<{ code: string, weight: number, explanation: string }> } | null } } };

export type PostsChangedSubscriptionVariables = Exact<{
  filter?: PostFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type PostsChangedSubscription = { postChanged: { cursor: string, change: PostChange, post: { id: string, text: string, editedAt: string | null, deletedAt: string | null } } };

export type CustomersChangedSubscriptionVariables = Exact<{
  filter?: CustomerFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type CustomersChangedSubscription = { customerChanged: { cursor: string, change: CustomerChange, customerId: string, customer: { id: string, displayName: string } | null } };

export type ContactScreenQueryVariables = Exact<{
  value: string;
}>;


export type ContactScreenQuery = { contactScreen: { value: string, kind: ContactPointKind | null, identities: Array<{ id: string, network: Network, handle: string }>, matches: Array<{ customer: { id: string, displayName: string, preferences: Array<{ key: string, value: string }>, tickets: { edges: Array<{ node: { id: string, number: string, subject: string, status: TicketStatus } }> } } | null }> } };

export type TicketThreadQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type TicketThreadQuery = { ticket: { id: string, number: string, subject: string, status: TicketStatus, priority: TicketPriority, unseenCount: number, sla: { nextDueAt: string | null, breached: boolean } | null, presence: Array<{ state: TicketPresenceState, member: { id: string, name: string } | null }>, draft: { text: string, version: number } | null, messages: { edges: Array<{ cursor: string, node: { id: string, kind: TicketMessageKind, channel: TicketChannel, visibility: TicketMessageVisibility, state: TicketMessageState, text: string, author: string | null, occurredAt: string, attachments: Array<{ id: string, name: string, type: string, size: number, url: string }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type TakeNextTicketMutationVariables = Exact<{
  input: TakeNextTicketInput;
}>;


export type TakeNextTicketMutation = { takeNextTicket: { ticket: { id: string, number: string } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type AnswerTicketMutationVariables = Exact<{
  input: ReplyToTicketInput;
}>;


export type AnswerTicketMutation = { replyToTicket: { message: { id: string, state: TicketMessageState } | null, unseen: Array<{ id: string, text: string }>, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type AddTicketNoteMutationVariables = Exact<{
  input: AddTicketNoteInput;
}>;


export type AddTicketNoteMutation = { addTicketNote: { message: { id: string } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type TransferTicketMutationVariables = Exact<{
  input: TransferTicketInput;
}>;


export type TransferTicketMutation = { transferTicket: { ticket: { id: string, queue: { name: string } | null, assignee: { name: string } | null } | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type RequestPortalCodeMutationVariables = Exact<{
  input: RequestPortalCodeInput;
}>;


export type RequestPortalCodeMutation = { requestPortalCode: { requestId: string | null, expiresAt: string | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type SignInToPortalMutationVariables = Exact<{
  input: SignInToPortalInput;
}>;


export type SignInToPortalMutation = { signInToPortal: { token: string | null, expiresAt: string | null, userErrors: Array<{ field: string | null, code: UserErrorCode, message: string }> } };

export type SupportNumbersQueryVariables = Exact<{
  from: string;
  to: string;
}>;


export type SupportNumbersQuery = { supportCounters: { open: number, waiting: number, unassigned: number, dueSoon: number, breached: number, longestWaitingSince: string | null }, supportReport: { rows: Array<{ key: string | null, opened: number, solved: number, backlog: number, reopenRate: number | null, firstResponse: { medianSeconds: number | null, p90Seconds: number | null }, resolution: { medianSeconds: number | null, p90Seconds: number | null } }> } };

export type TicketDueSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type TicketDueSubscription = { ticketDue: { cursor: string, ticket: { id: string, number: string, sla: { nextDueAt: string | null } | null } | null } };

export const AccountHealthFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountHealth"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"connector"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"accessEndsAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventAt"}},{"kind":"Field","name":{"kind":"Name","value":"lagSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"class"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}}]} as unknown as DocumentNode<AccountHealthFragment, unknown>;
export const SourceHealthFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SourceHealth"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Source"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"query"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSuccessAt"}},{"kind":"Field","name":{"kind":"Name","value":"lagSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"class"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<SourceHealthFragment, unknown>;
export const PostRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PostRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Post"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"sentiment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"score"}}]}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"followersCount"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"inReplyTo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"priority"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}}]}}]}}]}}]} as unknown as DocumentNode<PostRowFragment, unknown>;
export const IdentityWithLinkFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"IdentityWithLink"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SocialIdentity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"link"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}}]}}]}}]} as unknown as DocumentNode<IdentityWithLinkFragment, unknown>;
export const SuggestionFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Suggestion"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LinkSuggestion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"identity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}}]}}]}}]} as unknown as DocumentNode<SuggestionFragment, unknown>;
export const MergeReportPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MergeReportParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MergeReport"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fields"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"fromId"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"conflict"}},{"kind":"Field","name":{"kind":"Name","value":"givenUp"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customerId"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"records"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"moved"}},{"kind":"Field","name":{"kind":"Name","value":"folded"}},{"kind":"Field","name":{"kind":"Name","value":"dropped"}}]}}]}}]} as unknown as DocumentNode<MergeReportPartsFragment, unknown>;
export const WhoAmIDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WhoAmI"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}},{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]} as unknown as DocumentNode<WhoAmIQuery, WhoAmIQueryVariables>;
export const CreateApiKeyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateApiKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateApiKeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createApiKey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"apiKey"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreateApiKeyMutation, CreateApiKeyMutationVariables>;
export const ChannelListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ChannelList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"canReplyPublicly"}},{"kind":"Field","name":{"kind":"Name","value":"canReplyPrivately"}},{"kind":"Field","name":{"kind":"Name","value":"streams"}},{"kind":"Field","name":{"kind":"Name","value":"polls"}},{"kind":"Field","name":{"kind":"Name","value":"webhooks"}},{"kind":"Field","name":{"kind":"Name","value":"textLimit"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SourceHealth"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SourceHealth"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Source"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"query"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSuccessAt"}},{"kind":"Field","name":{"kind":"Name","value":"lagSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"class"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<ChannelListQuery, ChannelListQueryVariables>;
export const ChannelsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Channels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"channels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connector"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"signsIn"}},{"kind":"Field","name":{"kind":"Name","value":"follows"}},{"kind":"Field","name":{"kind":"Name","value":"fields"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"secret"}},{"kind":"Field","name":{"kind":"Name","value":"required"}},{"kind":"Field","name":{"kind":"Name","value":"description"}}]}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"canReplyPublicly"}},{"kind":"Field","name":{"kind":"Name","value":"canReplyPrivately"}},{"kind":"Field","name":{"kind":"Name","value":"streams"}},{"kind":"Field","name":{"kind":"Name","value":"polls"}},{"kind":"Field","name":{"kind":"Name","value":"webhooks"}},{"kind":"Field","name":{"kind":"Name","value":"textLimit"}}]}}]}}]}}]} as unknown as DocumentNode<ChannelsQuery, ChannelsQueryVariables>;
export const AccountHealthListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AccountHealthList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountHealth"}},{"kind":"Field","name":{"kind":"Name","value":"webhookUrl"}},{"kind":"Field","name":{"kind":"Name","value":"settings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountHealth"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"connector"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"accessEndsAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventAt"}},{"kind":"Field","name":{"kind":"Name","value":"lagSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"class"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}}]} as unknown as DocumentNode<AccountHealthListQuery, AccountHealthListQueryVariables>;
export const AccountHealthChangesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AccountHealthChanges"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accountHealthChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountHealth"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountHealth"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"connector"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"accessEndsAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventAt"}},{"kind":"Field","name":{"kind":"Name","value":"lagSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"class"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}}]} as unknown as DocumentNode<AccountHealthChangesSubscription, AccountHealthChangesSubscriptionVariables>;
export const ConnectAccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConnectAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connectAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountHealth"}},{"kind":"Field","name":{"kind":"Name","value":"webhookUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountHealth"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"connector"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"accessEndsAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventAt"}},{"kind":"Field","name":{"kind":"Name","value":"lagSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"class"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}}]} as unknown as DocumentNode<ConnectAccountMutation, ConnectAccountMutationVariables>;
export const SetAccountCredentialsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetAccountCredentials"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SetAccountCredentialsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setAccountCredentials"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountHealth"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountHealth"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"connector"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"accessEndsAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventAt"}},{"kind":"Field","name":{"kind":"Name","value":"lagSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"class"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}}]} as unknown as DocumentNode<SetAccountCredentialsMutation, SetAccountCredentialsMutationVariables>;
export const CheckAccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CheckAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CheckAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ok"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountHealth"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountHealth"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"connector"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"accessEndsAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventAt"}},{"kind":"Field","name":{"kind":"Name","value":"lagSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"class"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}}]} as unknown as DocumentNode<CheckAccountMutation, CheckAccountMutationVariables>;
export const BeginAccountConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"BeginAccountConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"BeginAccountConnectionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"beginAccountConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"authorizationUrl"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<BeginAccountConnectionMutation, BeginAccountConnectionMutationVariables>;
export const FinishAccountConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"FinishAccountConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"FinishAccountConnectionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"finishAccountConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountHealth"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountHealth"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"connector"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"accessEndsAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventAt"}},{"kind":"Field","name":{"kind":"Name","value":"lagSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"class"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}}]} as unknown as DocumentNode<FinishAccountConnectionMutation, FinishAccountConnectionMutationVariables>;
export const SourceListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SourceList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SourceFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sources"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SourceHealth"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SourceHealth"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Source"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"query"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSuccessAt"}},{"kind":"Field","name":{"kind":"Name","value":"lagSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"class"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<SourceListQuery, SourceListQueryVariables>;
export const CreateSourceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateSource"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateSourceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createSource"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SourceHealth"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SourceHealth"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Source"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"query"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSuccessAt"}},{"kind":"Field","name":{"kind":"Name","value":"lagSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"class"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<CreateSourceMutation, CreateSourceMutationVariables>;
export const CheckSourceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CheckSource"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SourceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkSource"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SourceHealth"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SourceHealth"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Source"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"query"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSuccessAt"}},{"kind":"Field","name":{"kind":"Name","value":"lagSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"class"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<CheckSourceMutation, CheckSourceMutationVariables>;
export const PauseSourceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PauseSource"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SourceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pauseSource"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PauseSourceMutation, PauseSourceMutationVariables>;
export const ResumeSourceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResumeSource"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SourceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resumeSource"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ResumeSourceMutation, ResumeSourceMutationVariables>;
export const CustomerScreenDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CustomerScreen"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"contactPoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"isPrimary"}},{"kind":"Field","name":{"kind":"Name","value":"verified"}}]}},{"kind":"Field","name":{"kind":"Name","value":"preferences"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"consents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"identities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"link"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"posts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"sentiment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"label"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"relations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"other"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"timeline"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CustomerScreenQuery, CustomerScreenQueryVariables>;
export const CustomerListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CustomerList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"CustomerFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CustomerOrder"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"identities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CustomerListQuery, CustomerListQueryVariables>;
export const CreateCustomerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateCustomer"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateCustomerInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createCustomer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"contactPoints"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreateCustomerMutation, CreateCustomerMutationVariables>;
export const AddNoteDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddNote"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddNoteInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addNote"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"note"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<AddNoteMutation, AddNoteMutationVariables>;
export const RecordConsentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RecordConsent"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordConsentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordConsent"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"consents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<RecordConsentMutation, RecordConsentMutationVariables>;
export const ReplyToPostDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ReplyToPost"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ReplyToPostInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replyToPost"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reply"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"post"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ReplyToPostMutation, ReplyToPostMutationVariables>;
export const PreviewReplyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PreviewReply"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PreviewReplyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"previewReply"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"length"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}},{"kind":"Field","name":{"kind":"Name","value":"parts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"length"}}]}},{"kind":"Field","name":{"kind":"Name","value":"notes"}},{"kind":"Field","name":{"kind":"Name","value":"refusals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PreviewReplyQuery, PreviewReplyQueryVariables>;
export const ReplyStateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ReplyState"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reply"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"visibility"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"renderedText"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledAt"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"externalId"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"deliveredAt"}},{"kind":"Field","name":{"kind":"Name","value":"readAt"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"author"}},{"kind":"Field","name":{"kind":"Name","value":"approvedBy"}},{"kind":"Field","name":{"kind":"Name","value":"rejectionReason"}},{"kind":"Field","name":{"kind":"Name","value":"part"}},{"kind":"Field","name":{"kind":"Name","value":"parts"}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"conversation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"continues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sentPost"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"own"}},{"kind":"Field","name":{"kind":"Name","value":"externalId"}},{"kind":"Field","name":{"kind":"Name","value":"editedAt"}},{"kind":"Field","name":{"kind":"Name","value":"inReplyTo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"revisions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ReplyStateQuery, ReplyStateQueryVariables>;
export const SendDirectMessageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SendDirectMessage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SendDirectMessageInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sendDirectMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reply"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"visibility"}},{"kind":"Field","name":{"kind":"Name","value":"post"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SendDirectMessageMutation, SendDirectMessageMutationVariables>;
export const ApproveReplyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ApproveReply"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ReplyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"approveReply"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reply"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ApproveReplyMutation, ApproveReplyMutationVariables>;
export const CancelReplyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelReply"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ReplyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelReply"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reply"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CancelReplyMutation, CancelReplyMutationVariables>;
export const ReplyChangedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ReplyChanged"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ReplyFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replyChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"reply"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"failure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ReplyChangedSubscription, ReplyChangedSubscriptionVariables>;
export const InteractionGraphDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"InteractionGraph"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"center"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"depth"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"limit"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"since"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"kinds"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"InteractionKind"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"networks"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Network"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"interactionGraph"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"center"},"value":{"kind":"Variable","name":{"kind":"Name","value":"center"}}},{"kind":"Argument","name":{"kind":"Name","value":"depth"},"value":{"kind":"Variable","name":{"kind":"Name","value":"depth"}}},{"kind":"Argument","name":{"kind":"Name","value":"limit"},"value":{"kind":"Variable","name":{"kind":"Name","value":"limit"}}},{"kind":"Argument","name":{"kind":"Name","value":"since"},"value":{"kind":"Variable","name":{"kind":"Name","value":"since"}}},{"kind":"Argument","name":{"kind":"Name","value":"kinds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"kinds"}}},{"kind":"Argument","name":{"kind":"Name","value":"networks"},"value":{"kind":"Variable","name":{"kind":"Name","value":"networks"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"identity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"distance"}},{"kind":"Field","name":{"kind":"Name","value":"influence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"percentile"}}]}},{"kind":"Field","name":{"kind":"Name","value":"community"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"kinds"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"lastAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"truncated"}}]}}]}}]} as unknown as DocumentNode<InteractionGraphQuery, InteractionGraphQueryVariables>;
export const InfluencersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Influencers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"InfluencerFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"influencers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"influence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"percentile"}},{"kind":"Field","name":{"kind":"Name","value":"distinctEngagers"}},{"kind":"Field","name":{"kind":"Name","value":"reach"}},{"kind":"Field","name":{"kind":"Name","value":"trend"}},{"kind":"Field","name":{"kind":"Name","value":"topics"}},{"kind":"Field","name":{"kind":"Name","value":"reasons"}},{"kind":"Field","name":{"kind":"Name","value":"computedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"community"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<InfluencersQuery, InfluencersQueryVariables>;
export const InfluencePathDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"InfluencePath"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"influencePath"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"length"}},{"kind":"Field","name":{"kind":"Name","value":"strength"}},{"kind":"Field","name":{"kind":"Name","value":"hops"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"to"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"post"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"weight"}}]}}]}}]}}]} as unknown as DocumentNode<InfluencePathQuery, InfluencePathQueryVariables>;
export const CustomerInfluenceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CustomerInfluence"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"influence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"percentile"}},{"kind":"Field","name":{"kind":"Name","value":"distinctEngagers"}},{"kind":"Field","name":{"kind":"Name","value":"reach"}},{"kind":"Field","name":{"kind":"Name","value":"trend"}},{"kind":"Field","name":{"kind":"Name","value":"topics"}},{"kind":"Field","name":{"kind":"Name","value":"reasons"}},{"kind":"Field","name":{"kind":"Name","value":"computedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"influences"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"share"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"kinds"}},{"kind":"Field","name":{"kind":"Name","value":"lastAt"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"post"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"influencedBy"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"share"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"kinds"}},{"kind":"Field","name":{"kind":"Name","value":"lastAt"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"post"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CustomerInfluenceQuery, CustomerInfluenceQueryVariables>;
export const CommunitiesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Communities"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"members"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"communities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"words"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"cohesion"}},{"kind":"Field","name":{"kind":"Name","value":"members"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"members"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"network"}}]}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CommunitiesQuery, CommunitiesQueryVariables>;
export const ConversationTreeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConversationTree"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"post"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conversationTree"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"post"},"value":{"kind":"Variable","name":{"kind":"Name","value":"post"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"truncated"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"depth"}},{"kind":"Field","name":{"kind":"Name","value":"parentId"}},{"kind":"Field","name":{"kind":"Name","value":"post"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ConversationTreeQuery, ConversationTreeQueryVariables>;
export const AudienceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Audience"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"account"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"other"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audience"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"account"},"value":{"kind":"Variable","name":{"kind":"Name","value":"account"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"network"}}]}},{"kind":"Field","name":{"kind":"Name","value":"engagers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"lastAt"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"overlap"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"with"},"value":{"kind":"Variable","name":{"kind":"Name","value":"other"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"shared"}},{"kind":"Field","name":{"kind":"Name","value":"ofThis"}},{"kind":"Field","name":{"kind":"Name","value":"ofOther"}},{"kind":"Field","name":{"kind":"Name","value":"similarity"}}]}}]}}]}}]} as unknown as DocumentNode<AudienceQuery, AudienceQueryVariables>;
export const SeedSetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SeedSet"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"k"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"within"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"InfluencerFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"seedSet"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"k"},"value":{"kind":"Variable","name":{"kind":"Name","value":"k"}}},{"kind":"Argument","name":{"kind":"Name","value":"within"},"value":{"kind":"Variable","name":{"kind":"Name","value":"within"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reach"}},{"kind":"Field","name":{"kind":"Name","value":"guarantee"}},{"kind":"Field","name":{"kind":"Name","value":"people"}},{"kind":"Field","name":{"kind":"Name","value":"seeds"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"reach"}},{"kind":"Field","name":{"kind":"Name","value":"gain"}},{"kind":"Field","name":{"kind":"Name","value":"identity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<SeedSetQuery, SeedSetQueryVariables>;
export const GraphRunsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"GraphRuns"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"graphSettings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"halfLifeDays"}},{"kind":"Field","name":{"kind":"Name","value":"automaticRuns"}},{"kind":"Field","name":{"kind":"Name","value":"weights"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"graphRuns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"}},{"kind":"Field","name":{"kind":"Name","value":"edges"}},{"kind":"Field","name":{"kind":"Name","value":"changed"}},{"kind":"Field","name":{"kind":"Name","value":"problem"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<GraphRunsQuery, GraphRunsQueryVariables>;
export const StartGraphRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartGraphRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StartGraphRunInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startGraphRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"graphRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<StartGraphRunMutation, StartGraphRunMutationVariables>;
export const CancelGraphRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelGraphRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelGraphRunInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelGraphRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"graphRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CancelGraphRunMutation, CancelGraphRunMutationVariables>;
export const SetGraphSettingsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetGraphSettings"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SetGraphSettingsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setGraphSettings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"graphSettings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"halfLifeDays"}},{"kind":"Field","name":{"kind":"Name","value":"automaticRuns"}},{"kind":"Field","name":{"kind":"Name","value":"weights"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}}]}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SetGraphSettingsMutation, SetGraphSettingsMutationVariables>;
export const InboxDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Inbox"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"PostFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PostOrder"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"posts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PostRow"}},{"kind":"Field","name":{"kind":"Name","value":"conversation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"assignee"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PostRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Post"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"sentiment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"score"}}]}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"followersCount"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"inReplyTo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"priority"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}}]}}]}}]}}]} as unknown as DocumentNode<InboxQuery, InboxQueryVariables>;
export const AssignConversationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AssignConversation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AssignConversationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignConversation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conversation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"assignee"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<AssignConversationMutation, AssignConversationMutationVariables>;
export const CorrectSentimentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CorrectSentiment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CorrectSentimentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"correctSentiment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"post"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sentiment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"words"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"word"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CorrectSentimentMutation, CorrectSentimentMutationVariables>;
export const WriteFirstVersionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"WriteFirstVersion"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateArticleInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createArticle"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"article"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<WriteFirstVersionMutation, WriteFirstVersionMutationVariables>;
export const PublishArticleDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PublishArticle"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PublishArticleInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"publishArticle"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"article"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"languages"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PublishArticleMutation, PublishArticleMutationVariables>;
export const ArticleScreenDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ArticleScreen"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"language"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"article"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"category"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"text"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"language"},"value":{"kind":"Variable","name":{"kind":"Name","value":"language"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"isOtherLanguage"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"bodyHtml"}}]}},{"kind":"Field","name":{"kind":"Name","value":"translations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"latestNumber"}},{"kind":"Field","name":{"kind":"Name","value":"publishedNumber"}}]}},{"kind":"Field","name":{"kind":"Name","value":"statistics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"views"}},{"kind":"Field","name":{"kind":"Name","value":"helpful"}},{"kind":"Field","name":{"kind":"Name","value":"unhelpful"}},{"kind":"Field","name":{"kind":"Name","value":"uses"}}]}}]}}]}}]} as unknown as DocumentNode<ArticleScreenQuery, ArticleScreenQueryVariables>;
export const FindArticlesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FindArticles"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"query"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"language"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"searchArticles"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"query"},"value":{"kind":"Variable","name":{"kind":"Name","value":"query"}}},{"kind":"Argument","name":{"kind":"Name","value":"language"},"value":{"kind":"Variable","name":{"kind":"Name","value":"language"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"isOtherLanguage"}},{"kind":"Field","name":{"kind":"Name","value":"match"}},{"kind":"Field","name":{"kind":"Name","value":"excerpt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"isMatch"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]} as unknown as DocumentNode<FindArticlesQuery, FindArticlesQueryVariables>;
export const SuggestWhileTypingDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SuggestWhileTyping"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ticketId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"text"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"suggestArticles"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ticketId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ticketId"}}},{"kind":"Argument","name":{"kind":"Name","value":"text"},"value":{"kind":"Variable","name":{"kind":"Name","value":"text"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"article"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}}]}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"isShareable"}}]}}]}}]} as unknown as DocumentNode<SuggestWhileTypingQuery, SuggestWhileTypingQueryVariables>;
export const SayWhetherItHelpedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SayWhetherItHelped"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RateArticleInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rateArticle"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rated"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SayWhetherItHelpedMutation, SayWhetherItHelpedMutationVariables>;
export const WhatIsMissingDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WhatIsMissing"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"missedSearches"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"foundNothing"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"query"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"readerKind"}},{"kind":"Field","name":{"kind":"Name","value":"searches"}},{"kind":"Field","name":{"kind":"Name","value":"lastAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<WhatIsMissingQuery, WhatIsMissingQueryVariables>;
export const PublicHelpDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PublicHelp"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"slug"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"language"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"publicArticle"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"slug"}}},{"kind":"Argument","name":{"kind":"Name","value":"language"},"value":{"kind":"Variable","name":{"kind":"Name","value":"language"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"bodyHtml"}},{"kind":"Field","name":{"kind":"Name","value":"languages"}},{"kind":"Field","name":{"kind":"Name","value":"category"}}]}}]}}]} as unknown as DocumentNode<PublicHelpQuery, PublicHelpQueryVariables>;
export const LinkIdentityDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LinkIdentity"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LinkIdentityInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"linkIdentity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"identity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"IdentityWithLink"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"IdentityWithLink"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SocialIdentity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"link"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}}]}}]}}]} as unknown as DocumentNode<LinkIdentityMutation, LinkIdentityMutationVariables>;
export const UnlinkIdentityDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UnlinkIdentity"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UnlinkIdentityInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unlinkIdentity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"identity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"IdentityWithLink"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"IdentityWithLink"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SocialIdentity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"link"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}}]}}]}}]} as unknown as DocumentNode<UnlinkIdentityMutation, UnlinkIdentityMutationVariables>;
export const IdentityInteractionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"IdentityInteractions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"direction"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"InteractionDirection"}}},"defaultValue":{"kind":"EnumValue","value":"BOTH"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"socialIdentity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"interactions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"direction"},"value":{"kind":"Variable","name":{"kind":"Name","value":"direction"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"from"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"to"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<IdentityInteractionsQuery, IdentityInteractionsQueryVariables>;
export const LinkSuggestionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LinkSuggestions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"LinkSuggestionFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"linkSuggestions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Suggestion"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Suggestion"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LinkSuggestion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"identity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}}]}}]}}]} as unknown as DocumentNode<LinkSuggestionsQuery, LinkSuggestionsQueryVariables>;
export const AcceptLinkSuggestionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AcceptLinkSuggestion"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AcceptLinkSuggestionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"acceptLinkSuggestion"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"suggestion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Suggestion"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Suggestion"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LinkSuggestion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"identity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}}]}}]}}]} as unknown as DocumentNode<AcceptLinkSuggestionMutation, AcceptLinkSuggestionMutationVariables>;
export const RejectLinkSuggestionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RejectLinkSuggestion"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RejectLinkSuggestionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rejectLinkSuggestion"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"suggestion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Suggestion"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Suggestion"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LinkSuggestion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"identity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}}]}}]}}]} as unknown as DocumentNode<RejectLinkSuggestionMutation, RejectLinkSuggestionMutationVariables>;
export const ReopenLinkSuggestionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ReopenLinkSuggestion"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ReopenLinkSuggestionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reopenLinkSuggestion"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"suggestion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Suggestion"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Suggestion"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LinkSuggestion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"identity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}}]}}]}}]} as unknown as DocumentNode<ReopenLinkSuggestionMutation, ReopenLinkSuggestionMutationVariables>;
export const DuplicateHintsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DuplicateHints"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DuplicateHintsInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"duplicateHints"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}}]}}]}}]}}]} as unknown as DocumentNode<DuplicateHintsQuery, DuplicateHintsQueryVariables>;
export const MergeCustomersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"MergeCustomers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MergeCustomersInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mergeCustomers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"mergeId"}},{"kind":"Field","name":{"kind":"Name","value":"report"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MergeReportParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MergeReportParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MergeReport"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fields"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"fromId"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"conflict"}},{"kind":"Field","name":{"kind":"Name","value":"givenUp"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customerId"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"records"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"moved"}},{"kind":"Field","name":{"kind":"Name","value":"folded"}},{"kind":"Field","name":{"kind":"Name","value":"dropped"}}]}}]}}]} as unknown as DocumentNode<MergeCustomersMutation, MergeCustomersMutationVariables>;
export const UndoMergeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UndoMerge"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UndoMergeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"undoMerge"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"notRestored"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"record"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<UndoMergeMutation, UndoMergeMutationVariables>;
export const CustomerMergesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CustomerMerges"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"merges"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"mergedIds"}},{"kind":"Field","name":{"kind":"Name","value":"mergedBy"}},{"kind":"Field","name":{"kind":"Name","value":"mergedAt"}},{"kind":"Field","name":{"kind":"Name","value":"undoneBy"}},{"kind":"Field","name":{"kind":"Name","value":"undoneAt"}},{"kind":"Field","name":{"kind":"Name","value":"report"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MergeReportParts"}}]}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MergeReportParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MergeReport"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fields"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"fromId"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"conflict"}},{"kind":"Field","name":{"kind":"Name","value":"givenUp"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customerId"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"records"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"moved"}},{"kind":"Field","name":{"kind":"Name","value":"folded"}},{"kind":"Field","name":{"kind":"Name","value":"dropped"}}]}}]}}]} as unknown as DocumentNode<CustomerMergesQuery, CustomerMergesQueryVariables>;
export const CreateLeadDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateLead"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateLeadInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createLead"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"scoreReasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreateLeadMutation, CreateLeadMutationVariables>;
export const ConvertLeadDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConvertLead"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConvertLeadInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"convertLead"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ConvertLeadMutation, ConvertLeadMutationVariables>;
export const BoardDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Board"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"pipelineId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pipelineBoard"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"pipelineId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"pipelineId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pipeline"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stages"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"weighted"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cards"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"expectedCloseOn"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<BoardQuery, BoardQueryVariables>;
export const MoveCardDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"MoveCard"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MoveOpportunityInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"moveOpportunity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"stage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<MoveCardMutation, MoveCardMutationVariables>;
export const WriteQuoteDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"WriteQuote"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateQuoteInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createQuote"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quote"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<WriteQuoteMutation, WriteQuoteMutationVariables>;
export const TakeQuoteDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TakeQuote"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AcceptQuoteInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"acceptQuote"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<TakeQuoteMutation, TakeQuoteMutationVariables>;
export const SalesForecastDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SalesForecast"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"salesForecast"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}},{"kind":"Argument","name":{"kind":"Name","value":"asOf"},"value":{"kind":"Variable","name":{"kind":"Name","value":"asOf"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"periods"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}},{"kind":"Field","name":{"kind":"Name","value":"won"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"committed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"weighted"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"bestCase"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"target"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"statisticalReason"}}]}}]}}]} as unknown as DocumentNode<SalesForecastQuery, SalesForecastQueryVariables>;
export const PostsReceivedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"PostsReceived"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"PostFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"postReceived"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"post"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PostRow"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PostRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Post"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"sentiment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"score"}}]}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"followersCount"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"inReplyTo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"priority"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}}]}}]}}]}}]} as unknown as DocumentNode<PostsReceivedSubscription, PostsReceivedSubscriptionVariables>;
export const PostsChangedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"PostsChanged"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"PostFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"postChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"change"}},{"kind":"Field","name":{"kind":"Name","value":"post"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"editedAt"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}}]}}]}}]}}]} as unknown as DocumentNode<PostsChangedSubscription, PostsChangedSubscriptionVariables>;
export const CustomersChangedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"CustomersChanged"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"CustomerFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customerChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"change"}},{"kind":"Field","name":{"kind":"Name","value":"customerId"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]} as unknown as DocumentNode<CustomersChangedSubscription, CustomersChangedSubscriptionVariables>;
export const ContactScreenDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ContactScreen"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"value"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contactScreen"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"value"},"value":{"kind":"Variable","name":{"kind":"Name","value":"value"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"identities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"network"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"matches"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"preferences"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tickets"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ContactScreenQuery, ContactScreenQueryVariables>;
export const TicketThreadDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TicketThread"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ticket"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}},{"kind":"Field","name":{"kind":"Name","value":"unseenCount"}},{"kind":"Field","name":{"kind":"Name","value":"sla"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nextDueAt"}},{"kind":"Field","name":{"kind":"Name","value":"breached"}}]}},{"kind":"Field","name":{"kind":"Name","value":"presence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"draft"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"messages"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"visibility"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"author"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"attachments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]} as unknown as DocumentNode<TicketThreadQuery, TicketThreadQueryVariables>;
export const TakeNextTicketDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TakeNextTicket"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TakeNextTicketInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"takeNextTicket"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ticket"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<TakeNextTicketMutation, TakeNextTicketMutationVariables>;
export const AnswerTicketDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AnswerTicket"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ReplyToTicketInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replyToTicket"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unseen"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<AnswerTicketMutation, AnswerTicketMutationVariables>;
export const AddTicketNoteDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddTicketNote"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddTicketNoteInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addTicketNote"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<AddTicketNoteMutation, AddTicketNoteMutationVariables>;
export const TransferTicketDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TransferTicket"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TransferTicketInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transferTicket"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ticket"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"queue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignee"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<TransferTicketMutation, TransferTicketMutationVariables>;
export const RequestPortalCodeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestPortalCode"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestPortalCodeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestPortalCode"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<RequestPortalCodeMutation, RequestPortalCodeMutationVariables>;
export const SignInToPortalDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignInToPortal"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignInToPortalInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signInToPortal"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SignInToPortalMutation, SignInToPortalMutationVariables>;
export const SupportNumbersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SupportNumbers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"supportCounters"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"waiting"}},{"kind":"Field","name":{"kind":"Name","value":"unassigned"}},{"kind":"Field","name":{"kind":"Name","value":"dueSoon"}},{"kind":"Field","name":{"kind":"Name","value":"breached"}},{"kind":"Field","name":{"kind":"Name","value":"longestWaitingSince"}}]}},{"kind":"Field","name":{"kind":"Name","value":"supportReport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}},{"kind":"Argument","name":{"kind":"Name","value":"groupBy"},"value":{"kind":"EnumValue","value":"CHANNEL"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rows"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"opened"}},{"kind":"Field","name":{"kind":"Name","value":"solved"}},{"kind":"Field","name":{"kind":"Name","value":"backlog"}},{"kind":"Field","name":{"kind":"Name","value":"reopenRate"}},{"kind":"Field","name":{"kind":"Name","value":"firstResponse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medianSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"p90Seconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"resolution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"medianSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"p90Seconds"}}]}}]}}]}}]}}]} as unknown as DocumentNode<SupportNumbersQuery, SupportNumbersQueryVariables>;
export const TicketDueDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"TicketDue"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ticketDue"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"ticket"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"sla"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nextDueAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<TicketDueSubscription, TicketDueSubscriptionVariables>;