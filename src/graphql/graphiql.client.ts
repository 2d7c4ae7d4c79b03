/**
 * What runs in the browser beside the packaged GraphiQL: settings from the page, a fetcher, and where state is kept.
 * It is a string because it is served as it stands, without a bundler; a file of its own keeps the page free of inline
 * scripts, which the content security policy forbids.
 */
export const clientScript = `'use strict';
const settings = JSON.parse(document.getElementById('settings').textContent);

self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_, label) => settings.assets + ({ json: 'json', graphql: 'graphql' }[label] || 'editor') + '.worker.js',
};

const authorizationOf = headers => {
  const name = Object.keys(headers).find(key => key.toLowerCase() === 'authorization');
  return name === undefined ? undefined : headers[name];
};

async function post(operation, headers) {
  const response = await fetch(settings.endpoint, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { accept: 'application/graphql-response+json, application/json', ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(operation),
  });
  const body = await response.text();
  try {
    return JSON.parse(body);
  } catch {
    throw new Error('The server answered ' + response.status + ' ' + response.statusText + ': ' + body.slice(0, 500));
  }
}

// A socket that closes rejects with a CloseEvent, which prints as {"isTrusted":true}; say its code and reason instead.
function readable(problem) {
  if (!(problem instanceof Event)) return problem;
  return new Error('The socket closed: ' + (problem.code ?? 'no code') + ' ' + (problem.reason || 'without a reason'));
}

function subscribe(operation, headers) {
  const url = new URL(settings.endpoint, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const authorization = authorizationOf(headers);
  const client = graphqlWs.createClient({
    url: url.href,
    lazy: true,
    retryAttempts: 3,
    connectionParams: authorization === undefined ? {} : { authorization },
  });
  const events = client.iterate(operation);
  return {
    [Symbol.asyncIterator]() { return this; },
    next: () => events.next().catch(problem => { throw readable(problem); }),
    return: async () => { const end = await events.return(); await client.dispose(); return end; },
    throw: async problem => { await client.dispose(); return events.throw(problem); },
  };
}

function fetcher(operation, options = {}) {
  const operations = (options.documentAST?.definitions ?? []).filter(each => each.kind === 'OperationDefinition');
  const chosen = operations.find(each => each.name?.value === operation.operationName) ?? operations[0];
  return (chosen?.operation === 'subscription' ? subscribe : post)(operation, options.headers ?? {});
}

// Tabs that the server prepared carry a key that may be new with every start, so tabs from an earlier visit must not win.
const given = new Map();
const isOfTabs = key => /:(tabState|query|variables|headers|operationName)$/.test(key);
const inMemory = key => settings.tabs.length > 0 && isOfTabs(key);
const storage = {
  get length() { return localStorage.length; },
  getItem: key => (inMemory(key) ? given.get(key) ?? null : localStorage.getItem(key)),
  setItem: (key, value) => (inMemory(key) ? void given.set(key, value) : localStorage.setItem(key, value)),
  removeItem: key => (inMemory(key) ? void given.delete(key) : localStorage.removeItem(key)),
  clear: () => localStorage.clear(),
};

// GraphiQL opens one more tab whenever its first contents are not those of a tab it knows, so name the tab to open.
function opening() {
  if (settings.tabs.length > 0) return settings.tabs[0];
  try {
    const kept = JSON.parse(localStorage.getItem('graphiql:tabState'));
    return kept.tabs[kept.activeTabIndex];
  } catch {
    return undefined;
  }
}

const first = opening();
YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
  title: settings.title,
  logo: settings.logo,
  fetcher,
  storage,
  // A key stays out of the browser's storage unless its owner chose otherwise in the settings dialog.
  shouldPersistHeaders: localStorage.getItem('graphiql:shouldPersistHeaders') === 'true' || undefined,
  initialQuery: first?.query ?? undefined,
  initialVariables: first?.variables ?? undefined,
  initialHeaders: first?.headers ?? settings.headers,
  defaultQuery: settings.welcome,
  defaultHeaders: settings.headers,
  defaultTabs: settings.tabs.length > 0 ? settings.tabs : undefined,
  // Without this the packaged page copies every edit into the address.
  onEditQuery: () => {},
});
`;
