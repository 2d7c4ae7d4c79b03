import { blueskyConnector } from '../../../integrations/bluesky/connector.js';
import type { PostKind } from '../../../src/ingest/connector.js';
import { startBlueskyServer } from '../bluesky-server.js';
import { fixtureLines } from '../jetstream-follow.js';
import { startAppView, startJetstream } from '../jetstream-server.js';
import type { Subject, SubjectKind, Trouble } from './subject.js';

const PROFILES = [
  { did: 'did:plc:bakery7aaaaaaaaaaaaaaaaa', handle: 'panaderia.example' },
  { did: 'did:plc:customer7bbbbbbbbbbbbbbb', handle: 'customer.example' },
  { did: 'did:plc:visitor7cccccccccccccccc', handle: 'visitor.example' },
];

const QUESTION = 'at://did:plc:customer7bbbbbbbbbbbbbbb/app.bsky.feed.post/3mmention0001';
const PARENT = {
  ref: { id: QUESTION },
  kind: 'MENTION' as PostKind,
  author: { id: PROFILES[1]!.did, handle: PROFILES[1]!.handle },
  own: false,
  text: '¿Hay pan?',
  occurredAt: new Date('2026-11-18T11:06:42Z'),
  replyTo: { cid: 'bafyreiquestion', rootUri: QUESTION, rootCid: 'bafyreiquestion' },
};

async function openBluesky(trouble?: Trouble): Promise<Subject> {
  const lines = recentLines();
  const refuse =
    trouble === 'limited'
      ? { status: 429, body: '{}', headers: { 'retry-after': '7' } }
      : trouble === 'broken'
        ? { status: 503, body: 'unavailable' }
        : undefined;
  const server = await startJetstream({
    version: 1,
    lines: trouble === 'silent' ? [] : trouble === 'malformed' ? ['{"did":', '[]', 'null', ...lines] : lines,
    ...(refuse ? { refuse } : {}),
  });
  const view = await startAppView(PROFILES);
  const home = await startBlueskyServer({ did: PROFILES[0]!.did });
  const { host, url } = server;
  if (trouble === 'gone') await server.close();
  if (trouble === 'expired') home.misbehave('expired');
  const times = lines.map(line => (JSON.parse(line) as { time_us: number }).time_us);
  const say = (text: string) => {
    const post = lines.map(line => JSON.parse(line)).find(line => line.commit?.record?.facets);
    const timeUs = times.at(-1)! + 1000;
    times.push(timeUs);
    post.commit.record.text = text;
    server.publish(JSON.stringify({ ...post, time_us: timeUs, commit: { ...post.commit, rkey: '3said7aaaaaaa' } }));
  };
  return {
    connector: blueskyConnector({ jetstreamUrl: url, appViewUrl: view.url, serviceUrl: home.url }),
    source: { kind: 'ACCOUNT', query: home.did, credentials: { appPassword: home.password } },
    reading: {
      beginning: { host, timeUs: times[0]! - 1_000_000, handedOver: '' },
      posts: 5,
      say,
      isAtEnd: cursor => (cursor as { timeUs: number }).timeUs === times.at(-1),
    },
    sending: {
      command: { kind: 'reply', visibility: 'public', parent: PARENT },
      sent: async () => [...home.records].map(([id, { value }]) => ({ id, text: value['text'] })),
      misbehave: home.misbehave,
    },
    close: async () => {
      await view.close();
      await home.close();
      if (trouble !== 'gone') await server.close();
    },
  };
}

/** The recorded lines as if they had been said a minute ago: servers keep a day and a half only. */
function recentLines(): string[] {
  const recorded = fixtureLines(1).map(line => JSON.parse(line));
  const shiftMs = Date.now() - 60_000 - Math.floor(recorded.at(-1).time_us / 1000);
  return recorded.map(line => {
    const record = line.commit?.record;
    line.time_us += shiftMs * 1000;
    if (record?.createdAt) record.createdAt = new Date(Date.parse(record.createdAt) + shiftMs).toISOString();
    return JSON.stringify(line);
  });
}

export const bluesky: SubjectKind = { name: 'bluesky', open: openBluesky };
