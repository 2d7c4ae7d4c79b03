import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clientScript } from './graphiql.client.js';

export interface GraphiqlTab {
  query: string;
  /** JSON text, as the editor shows it. */
  variables?: string;
  /** JSON text; the page's own `headers` where absent. */
  headers?: string;
}

export interface GraphiqlOptions {
  /** Where operations are sent and, in a browser, where the page is found; `/graphql` unless said. */
  path?: string;
  /** Documents the page opens with, whatever was open at the last visit. */
  tabs?: GraphiqlTab[];
  /** JSON text of the headers every tab starts with. It is in the page's source: pass a key only in a demonstration. */
  headers?: string;
}

interface Asset {
  type: string;
  body: Buffer;
  gzipped: Buffer;
  etag: string;
}

const compress = promisify(gzip);
const assetsPath = '/graphiql/';
const script = 'text/javascript; charset=utf-8';

// Monaco writes its theme and fonts as <style> elements and data: URLs; everything else comes from this server.
const contentSecurityPolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const welcome = `# Put your key under "Headers" below:
# { "Authorization": "Bearer <key>" }
# It is sent with queries and subscriptions.
query Hello {
  __typename
}
`;

const logo =
  '<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><g fill="none" stroke="#0b7a75" stroke-width="3">' +
  '<path d="M9 9 L23 12 L14 24 Z"/></g><g fill="#0b7a75"><circle cx="9" cy="9" r="4.5"/><circle cx="23" cy="12" r="4.5"/><circle cx="14" cy="24" r="4.5"/></g></svg>';

/**
 * Serves GraphiQL, working without internet: `GET <path>` from a browser answers the page, `/graphiql/*` its files. No
 * operation is ever run by a GET, so a link or an image on another site cannot send one with a person's session; the
 * caller registers `POST <path>` and the graphql-transport-ws socket at the same path.
 */
export function registerGraphiql(app: FastifyInstance, options: GraphiqlOptions = {}): void {
  const path = options.path ?? '/graphql';
  const html = page(path, options);

  app.get(path, (request, reply) => {
    reply.header('vary', 'accept');
    if (!(request.headers.accept ?? '').includes('text/html')) return refuseGet(reply);
    return reply
      .headers({
        'content-security-policy': contentSecurityPolicy,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      .type('text/html; charset=utf-8')
      .send(html);
  });

  app.get<{ Params: { file: string } }>(`${assetsPath}:file`, async (request, reply) => {
    const asset = (await assets()).get(request.params.file);
    if (asset === undefined) return reply.callNotFound();
    return sendAsset(request, reply, asset);
  });
}

function refuseGet(reply: FastifyReply) {
  const message = 'Operations are sent with POST and a JSON body; open this address in a browser for GraphiQL.';
  return reply
    .code(405)
    .header('allow', 'POST')
    .send({ errors: [{ message, extensions: { code: 'METHOD_NOT_ALLOWED' } }] });
}

function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset) {
  reply.headers({
    etag: asset.etag,
    'cache-control': 'no-cache',
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
  });
  if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send();
  reply.type(asset.type);
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(asset.body);
  return reply.header('content-encoding', 'gzip').send(asset.gzipped);
}

function page(endpoint: string, options: GraphiqlOptions): string {
  const tabs = (options.tabs ?? []).map(tab => ({ ...tab, headers: tab.headers ?? options.headers }));
  const settings = { endpoint, assets: assetsPath, title: 'Vínculo', logo, welcome, tabs, headers: options.headers };
  // JSON inside HTML: a "<" would let text such as "</script>" in a document end the element.
  const json = JSON.stringify(settings).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vínculo · GraphiQL</title>
<link rel="icon" type="image/svg+xml" href="${assetsPath}icon.svg">
<link rel="stylesheet" href="${assetsPath}graphiql.css">
<style>body { margin: 0; } #root, #root > .graphiql-container { height: 100dvh; }</style>
</head>
<body>
<noscript>GraphiQL needs JavaScript.</noscript>
<div id="root"></div>
<script type="application/json" id="settings">${json}</script>
<script src="${assetsPath}graphiql.js"></script>
<script src="${assetsPath}graphql-ws.js"></script>
<script src="${assetsPath}client.js"></script>
</body>
</html>
`;
}

let loading: Promise<Map<string, Asset>> | undefined;

// Nine megabytes of text are read and compressed by the first visit only, so that they delay no start.
function assets(): Promise<Map<string, Asset>> {
  loading ??= loadAssets();
  return loading;
}

async function loadAssets(): Promise<Map<string, Asset>> {
  const packaged = await import('@graphql-yoga/render-graphiql/graphiql');
  const socketClient = new URL(
    '../umd/graphql-ws.min.js',
    `file://${createRequire(import.meta.url).resolve('graphql-ws')}`,
  );
  const files: [name: string, type: string, text: string][] = [
    ['graphiql.js', script, packaged.js],
    ['graphiql.css', 'text/css; charset=utf-8', packaged.css],
    ['editor.worker.js', script, packaged.editorWorkerService],
    ['graphql.worker.js', script, packaged.graphqlWorker],
    ['json.worker.js', script, packaged.jsonWorker],
    ['graphql-ws.js', script, await readFile(socketClient, 'utf8')],
    ['client.js', script, clientScript],
    ['icon.svg', 'image/svg+xml', logo.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ')],
  ];
  const loaded = files.map(async ([name, type, text]): Promise<[string, Asset]> => {
    const body = Buffer.from(text);
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    return [name, { type, body, gzipped: await compress(body), etag }];
  });
  return new Map(await Promise.all(loaded));
}
