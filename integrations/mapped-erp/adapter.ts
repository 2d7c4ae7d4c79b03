import {
  ERP_KINDS,
  type ErpAdapter,
  type ErpContext,
  ErpError,
  type ErpKind,
  type ErpSession,
} from '../../src/erp/port.js';
import { CsvReader } from './csv.reading.js';
import { findCsv, writeCsv } from './csv.writing.js';
import { type KindMapping, type Mapping, readMapping } from './mapping.js';
import { RestClient } from './rest.client.js';
import { fetchRest, readRest } from './rest.reading.js';
import { findRest, writeRest } from './rest.writing.js';

/** Any ERP that speaks JSON over HTTP or exchanges CSV files, described by a mapping (docs/erp-mapping.md). */
export function mappedErp(): ErpAdapter {
  return {
    kind: 'mapped',
    label: 'ERP by a mapping file (REST or CSV)',
    fields: [
      {
        name: 'mapping',
        label: 'Mapping',
        isSecret: false,
        isRequired: true,
        help: 'YAML or JSON, as docs/erp-mapping.md says.',
      },
      {
        name: 'url',
        label: 'Address',
        isSecret: false,
        isRequired: false,
        help: 'Stands in for `baseUrl` of the mapping.',
      },
      { name: 'user', label: 'User', isSecret: false, isRequired: false, help: 'For auth `basic`.' },
      { name: 'password', label: 'Password', isSecret: true, isRequired: false, help: 'For auth `basic`.' },
      {
        name: 'token',
        label: 'Token or key',
        isSecret: true,
        isRequired: false,
        help: 'For auth `bearer` or `header`.',
      },
    ],
    reads: ERP_KINDS,
    writes: ERP_KINDS,
    handles(settings) {
      const read = readMapping(settings['mapping'] ?? '');
      if ('problems' in read) return { reads: [], writes: [] };
      const { kinds } = read.mapping;
      return {
        reads: ERP_KINDS.filter(kind => kinds[kind]?.read),
        writes: ERP_KINDS.filter(kind => kinds[kind]?.write),
      };
    },
    servers(settings) {
      const read = readMapping(settings['mapping'] ?? '');
      const base = settings['url'] || ('problems' in read ? undefined : read.mapping.baseUrl);
      return [URL.parse(base ?? '')?.origin ?? ''];
    },
    problems: settings => problemsOf(settings),
    async open(context) {
      const [problem] = problemsOf(context.settings);
      const read = readMapping(context.settings['mapping'] ?? '');
      if (problem || 'problems' in read)
        throw new ErpError('REFUSED', problem?.message ?? 'The mapping cannot be read.');
      return new MappedSession(read.mapping, context);
    },
  };
}

function problemsOf(settings: Readonly<Record<string, string>>): { field: string; message: string }[] {
  const { mapping: text = '', url } = settings;
  if (!text.trim()) return [{ field: 'mapping', message: 'It must be given.' }];
  const problems: { field: string; message: string }[] = [];
  const read = readMapping(text);
  if ('problems' in read) problems.push(...read.problems.map(message => ({ field: 'mapping', message })));
  if (url && !/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    problems.push({ field: 'url', message: 'It is not an address.' });
  if (!('problems' in read)) {
    const needs = { none: [], bearer: ['token'], header: ['token'], basic: ['user', 'password'] }[
      read.mapping.auth.kind
    ];
    for (const field of needs)
      if (!settings[field])
        problems.push({ field, message: `The mapping needs it (auth: ${read.mapping.auth.kind}).` });
  }
  return problems;
}

class MappedSession implements ErpSession {
  private readonly client: RestClient;
  private readonly files = new Map<ErpKind, CsvReader<ErpKind>>();
  private readonly last = new Map<ErpKind, string>();

  constructor(
    private readonly mapping: Mapping,
    private readonly context: ErpContext,
  ) {
    this.client = new RestClient(mapping, context);
  }

  private get way() {
    return { client: this.client, mapping: this.mapping, context: this.context };
  }

  async check() {
    const { check, name, currency, kinds } = this.mapping;
    if (check) await this.client.call(this.client.address(check.path, {}, {}));
    else {
      const [first] = ERP_KINDS.filter(kind => kinds[kind]?.read);
      if (first) await this.changes(first, null, 1);
    }
    return { name, ...(currency && { currency }) };
  }

  async changes<Kind extends ErpKind>(kind: Kind, cursor: string | null, limit: number) {
    const read = this.read(kind);
    if (read.from === 'rest') return readRest(kind, read, cursor, { ...this.way, last: this.last });
    const reader = this.files.get(kind) ?? new CsvReader<ErpKind>(kind, read, this.mapping, this.context);
    this.files.set(kind, reader);
    return (reader as unknown as CsvReader<Kind>).changes(cursor, limit);
  }

  async fetch<Kind extends ErpKind>(kind: Kind, externalId: string) {
    const { fetch } = this.of(kind);
    return fetch ? fetchRest(kind, fetch, this.read(kind).fields, externalId, this.way) : null;
  }

  async write<Kind extends ErpKind>(kind: Kind, record: Parameters<ErpSession['write']>[1], key: string) {
    const write = this.written(kind);
    return (
      write.to === 'csv'
        ? writeCsv(kind, write, record as never, key, this.way)
        : writeRest(kind, write, record as never, key, { ...this.way, fields: this.read(kind).fields })
    ) as never;
  }

  async findWritten<Kind extends ErpKind>(kind: Kind, key: string) {
    const write = this.written(kind);
    return write.to === 'csv'
      ? findCsv<Kind>(write, key, this.way)
      : findRest(kind, write, key, { ...this.way, fields: this.read(kind).fields });
  }

  async close() {}

  private of(kind: ErpKind): KindMapping {
    const mapped = this.mapping.kinds[kind];
    if (!mapped) throw new ErpError('REFUSED', `The mapping has no kinds.${kind}.`);
    return mapped;
  }

  private read(kind: ErpKind): NonNullable<KindMapping['read']> {
    const { read } = this.of(kind);
    if (!read) throw new ErpError('REFUSED', `The mapping has no kinds.${kind}.read.`);
    return read;
  }

  private written(kind: ErpKind): NonNullable<KindMapping['write']> {
    const { write } = this.of(kind);
    if (!write) throw new ErpError('REFUSED', `The mapping has no kinds.${kind}.write.`);
    return write;
  }
}
