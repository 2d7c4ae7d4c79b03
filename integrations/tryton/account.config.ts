import type { ErpField } from '../../src/erp/port.js';

export const FIELDS: readonly ErpField[] = [
  {
    name: 'url',
    label: 'Address',
    isSecret: false,
    isRequired: true,
    help: 'Where Tryton answers, without the database: https://tryton.example.com',
  },
  { name: 'database', label: 'Database', isSecret: false, isRequired: true },
  { name: 'username', label: 'User', isSecret: false, isRequired: true, help: 'A user of its own for the CRM.' },
  { name: 'password', label: 'Password', isSecret: true, isRequired: true },
  {
    name: 'orderState',
    label: 'How far an order is taken',
    isSecret: false,
    isRequired: false,
    help: 'draft, quotation, confirmed or processing (the default: Tryton then makes the invoice and the shipment).',
  },
  {
    name: 'acceptWarnings',
    label: 'Answer warnings with yes',
    isSecret: false,
    isRequired: false,
    help: 'yes or no (the default): what Tryton only warns of is then refused, with its words.',
  },
  {
    name: 'warehouse',
    label: 'Warehouse',
    isSecret: false,
    isRequired: false,
    help: 'The name or code of the one whose stock is read. All of them, if empty.',
  },
];

/** The states of a sale in Tryton, in the order of its workflow. */
export const ORDER_STATES = ['draft', 'quotation', 'confirmed', 'processing'] as const;

export interface TrytonConfig {
  /** With the database, as JSON-RPC is asked. */
  endpoint: string;
  /** Without it, as only its version is asked. */
  server: string;
  username: string;
  password: string;
  orderState: (typeof ORDER_STATES)[number];
  acceptsWarnings: boolean;
  warehouse: string | null;
}

type Settings = Readonly<Record<string, string>>;

/** Settings in which `problemsOf` finds nothing. */
export function configOf(settings: Settings): TrytonConfig {
  const base = settings['url']!.trim().replace(/\/+$/, '');
  return {
    server: `${base}/`,
    endpoint: `${base}/${encodeURIComponent(settings['database']!.trim())}/`,
    username: settings['username']!.trim(),
    password: settings['password']!,
    orderState: ORDER_STATES.find(state => state === settings['orderState']) ?? 'processing',
    acceptsWarnings: settings['acceptWarnings'] === 'yes',
    warehouse: settings['warehouse']?.trim() || null,
  };
}

export function problemsOf(settings: Settings): { field: string; message: string }[] {
  const problems = FIELDS.filter(field => field.isRequired && !settings[field.name]?.trim()).map(field => ({
    field: field.name,
    message: `${field.label} is missing.`,
  }));
  const refuse = (field: string, message: string) => problems.push({ field, message });
  const { url, orderState, acceptWarnings } = settings;
  if (url?.trim()) {
    const parsed = URL.parse(url.trim());
    if (!parsed || !/^https?:$/.test(parsed.protocol)) refuse('url', 'It is not an address that begins with https://.');
    else if (parsed.username || parsed.password) refuse('url', 'User and password have fields of their own.');
    else if (parsed.search || parsed.hash) refuse('url', 'It has a part behind ? or #, which Tryton has no use for.');
  }
  if (orderState && !ORDER_STATES.some(state => state === orderState))
    refuse('orderState', `It is one of ${ORDER_STATES.join(', ')}.`);
  if (acceptWarnings && !['yes', 'no'].includes(acceptWarnings)) refuse('acceptWarnings', 'It is yes or no.');
  return problems;
}
