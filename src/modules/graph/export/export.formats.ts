import { encodeXML } from 'entities';
import { publicId } from '../../../platform/ids.js';
import { type ExportedEdge, type ExportedNode, type ExportSource, exportEdges, exportNodes } from './export.rows.js';

export const EXPORT_FORMATS = ['csv', 'graphml', 'gexf'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const CONTENT_TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  graphml: 'application/graphml+xml; charset=utf-8',
  gexf: 'application/gexf+xml; charset=utf-8',
};

/** Whether it says who people are, rather than their ids alone. */
export const namesPeople = (format: ExportFormat): boolean => format !== 'csv';

/** The graph as text, piece by piece: ties as CSV, or people and ties as GraphML 1.0 or GEXF 1.3, which Gephi opens. */
export function exportGraph(source: ExportSource, format: ExportFormat): AsyncGenerator<string> {
  return { csv, graphml, gexf }[format](source);
}

const identity = (id: string): string => publicId('identity', id);

/** Attributes are the same in both XML formats, in this order. */
const NODE_ATTRIBUTES: [name: string, type: string, value: (node: ExportedNode) => string | number | null][] = [
  ['network', 'string', node => node.network],
  ['name', 'string', node => node.displayName],
  ['customer', 'string', node => node.customerId && publicId('customer', node.customerId)],
  ['influence', 'double', node => node.score],
  ['community', 'string', node => node.communityId && publicId('community', node.communityId)],
];
const EDGE_ATTRIBUTES: [name: string, type: string, value: (edge: ExportedEdge) => string | number | null][] = [
  ['kinds', 'string', edge => edge.kinds.join(' ')],
  ['count', 'int', edge => edge.count],
  ['lastAt', 'string', edge => edge.lastAt],
];

/** What XML cannot hold at all is left out; stored texts have no other controls than tabs and line ends. */
const xml = (value: string | number): string =>
  encodeXML(String(value).replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, ''));

// A cell that a spreadsheet would run as a formula is none of ours: ids, kinds and numbers only.
async function* csv(source: ExportSource): AsyncGenerator<string> {
  yield 'from,to,kinds,count,weight,lastAt\n';
  for await (const edges of exportEdges(source)) {
    yield edges
      .map(({ from, to, kinds, count, weight, lastAt }) =>
        [identity(from), identity(to), kinds.join(' '), count, weight, lastAt].join(','),
      )
      .map(line => `${line}\n`)
      .join('');
  }
}

async function* graphml(source: ExportSource): AsyncGenerator<string> {
  const key = (subject: string, name: string, type: string) =>
    `  <key id="${subject}_${name}" for="${subject}" attr.name="${name}" attr.type="${type}"/>\n`;
  const data = (subject: string, name: string, value: string | number | null) =>
    value === null ? '' : `<data key="${subject}_${name}">${xml(value)}</data>`;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
  yield key('node', 'label', 'string');
  for (const [name, type] of NODE_ATTRIBUTES) yield key('node', name, type);
  yield key('edge', 'weight', 'double');
  for (const [name, type] of EDGE_ATTRIBUTES) yield key('edge', name, type);
  yield '  <graph edgedefault="directed">\n';
  for await (const nodes of exportNodes(source)) {
    yield nodes
      .map(node => {
        const values = NODE_ATTRIBUTES.map(([name, , value]) => data('node', name, value(node)));
        return `    <node id="${identity(node.id)}">${data('node', 'label', node.handle)}${values.join('')}</node>\n`;
      })
      .join('');
  }
  for await (const edges of exportEdges(source)) {
    yield edges
      .map(edge => {
        const values = EDGE_ATTRIBUTES.map(([name, , value]) => data('edge', name, value(edge)));
        return `    <edge source="${identity(edge.from)}" target="${identity(edge.to)}">${data('edge', 'weight', edge.weight)}${values.join('')}</edge>\n`;
      })
      .join('');
  }
  yield '  </graph>\n</graphml>\n';
}

async function* gexf(source: ExportSource): AsyncGenerator<string> {
  const declared = (subject: string, attributes: [string, string, unknown][]) =>
    `    <attributes class="${subject}">\n${attributes
      .map(
        ([name, type], at) =>
          `      <attribute id="${at}" title="${name}" type="${type === 'int' ? 'integer' : type}"/>\n`,
      )
      .join('')}    </attributes>\n`;
  const values = <Row>(row: Row, attributes: [string, string, (row: Row) => string | number | null][]) =>
    attributes
      .map(([, , value], at) => [at, value(row)] as const)
      .filter(([, value]) => value !== null)
      .map(([at, value]) => `<attvalue for="${at}" value="${xml(value!)}"/>`)
      .join('');
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n  <graph defaultedgetype="directed">\n';
  yield declared('node', NODE_ATTRIBUTES);
  yield declared('edge', EDGE_ATTRIBUTES);
  yield '    <nodes>\n';
  for await (const nodes of exportNodes(source)) {
    yield nodes
      .map(
        node =>
          `      <node id="${identity(node.id)}" label="${xml(node.handle)}"><attvalues>${values(node, NODE_ATTRIBUTES)}</attvalues></node>\n`,
      )
      .join('');
  }
  yield '    </nodes>\n    <edges>\n';
  for await (const edges of exportEdges(source)) {
    yield edges
      .map(
        edge =>
          `      <edge source="${identity(edge.from)}" target="${identity(edge.to)}" weight="${edge.weight}"><attvalues>${values(edge, EDGE_ATTRIBUTES)}</attvalues></edge>\n`,
      )
      .join('');
  }
  yield '    </edges>\n  </graph>\n</gexf>\n';
}
