import { blueskyConnector } from '../../../integrations/bluesky/connector.js';
import { fixtureLines } from '../jetstream-follow.js';
import { startAppView, startJetstream } from '../jetstream-server.js';
import type { Subject, SubjectKind, Trouble } from './subject.js';

const PROFILES = [
  { did: 'did:plc:bakery7aaaaaaaaaaaaaaaaa', handle: 'panaderia.example' },
  { did: 'did:plc:customer7bbbbbbbbbbbbbbb', handle: 'customer.example' },
  { did: 'did:plc:visitor7cccccccccccccccc', handle: 'visitor.example' },
];

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
  const { host, url } = server;
  if (trouble === 'gone') await server.close();
  const times = lines.map(line => (JSON.parse(line) as { time_us: number }).time_us);
  const say = (text: string) => {
    const post = lines.map(line => JSON.parse(line)).find(line => line.commit?.record?.facets);
    const timeUs = times.at(-1)! + 1000;
    times.push(timeUs);
    post.commit.record.text = text;
    server.publish(JSON.stringify({ ...post, time_us: timeUs, commit: { ...post.commit, rkey: '3said7aaaaaaa' } }));
  };
  return {
    connector: blueskyConnector({ jetstreamUrl: url, appViewUrl: view.url }),
    source: { kind: 'ACCOUNT', query: 'did:plc:bakery7aaaaaaaaaaaaaaaaa' },
    reading: {
      beginning: { host, timeUs: times[0]! - 1_000_000, handedOver: '' },
      posts: 5,
      say,
      isAtEnd: cursor => (cursor as { timeUs: number }).timeUs === times.at(-1),
    },
    close: async () => {
      await view.close();
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
