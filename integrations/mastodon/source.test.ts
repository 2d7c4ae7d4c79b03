import { afterEach, describe, expect, test } from '@jest/globals';
import type { SourceDescription } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { mastodonInstances } from '../../test/support/mastodon-instance.js';
import { notificationOf, statusOf } from '../../test/support/mastodon-server.js';
import { mastodonConnector } from './connector.js';

const instances = mastodonInstances();
const instance = instances.open;
afterEach(instances.close);

describe('a Mastodon source', () => {
  const connector = mastodonConnector();
  const credentials = { accessToken: 'x' };

  test.each([
    ['ACCOUNT', '@Panaderia@Mastodon.Social', {}, { instance: 'mastodon.social', user: 'panaderia' }],
    ['ACCOUNT', 'https://mastodon.social/@panaderia', {}, { instance: 'mastodon.social', user: 'panaderia' }],
    [
      'ACCOUNT',
      'panaderia@pan.example',
      { instance: 'https://social.pan.example/about' },
      { instance: 'social.pan.example', origin: 'https://social.pan.example' },
    ],
    ['ACCOUNT', '', { instance: 'mastodon.social' }, { user: '' }],
    ['KEYWORD', 'pan rico', { instance: 'mastodon.social' }, { kind: 'WORDS', words: 'pan rico' }],
  ] as const)('is written as %s %j', (kind, query, settings, config) => {
    expect(connector.configure({ kind, query, settings, credentials })).toMatchObject(config);
  });

  test.each([
    ['an account without a token', { kind: 'ACCOUNT', query: '@a@mastodon.social' }],
    ['words without a token', { kind: 'KEYWORD', query: 'pan', settings: { instance: 'mastodon.social' } }],
    ['no instance', { kind: 'KEYWORD', query: '#pan' }],
    ['an instance by its number', { kind: 'KEYWORD', query: '#pan', settings: { instance: '127.0.0.1' } }],
    ['an instance without https', { kind: 'KEYWORD', query: '#pan', settings: { instance: 'http://mastodon.social' } }],
    ['only what is not wanted', { kind: 'KEYWORD', query: '-#pan', settings: { instance: 'mastodon.social' } }],
    ['too many hashtags', { kind: 'KEYWORD', query: '#a #b #c #d #e #f', settings: { instance: 'mastodon.social' } }],
    ['a feed', { kind: 'FEED', query: 'https://mastodon.social/@a.rss', settings: { instance: 'mastodon.social' } }],
  ] as const)('is refused as invalid: %s', (_name, source) => {
    expect(() => connector.configure(source)).toThrow(
      expect.objectContaining({ name: 'ConnectorError', fault: expect.objectContaining({ class: 'invalid' }) }),
    );
  });

  test('is checked: who it is and how long its posts may be, or that the token is somebody else’s', async () => {
    const at = await instance();
    const check = (source: SourceDescription) => at.connector.check(contextFor(at.connector, source));
    await expect(check(at.account)).resolves.toMatchObject({
      ok: true,
      account: {
        id: 'panaderia@mastodon.example',
        handle: 'panaderia@mastodon.example',
        displayName: 'Panadería',
        bio: 'Pan',
      },
      grants: { reply: { public: true }, textLimit: 500 },
    });
    await expect(check(at.source('ACCOUNT', 'molinera'))).resolves.toMatchObject({
      ok: false,
      problem: { class: 'invalid' },
    });
    await expect(check(at.source('KEYWORD', '#pan', null))).resolves.toMatchObject({
      ok: true,
      grants: { reply: { public: false } },
    });
    at.server.misbehave('expired');
    const expired = await check(at.account);
    expect(expired).toMatchObject({ ok: false, problem: { class: 'auth', scope: 'account' } });
    expect(JSON.stringify(expired)).not.toContain(at.server.token);
  });

  test('reads a limit’s end as an instant with microseconds', () => {
    const headers = {
      'x-ratelimit-limit': '300',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '2026-11-18T12:05:00.123456Z',
    };
    expect(connector.limitsOf!({ status: 429, headers }, new Date())).toEqual({
      limit: 300,
      remaining: 0,
      resetsAt: new Date('2026-11-18T12:05:00.123Z'),
    });
  });

  test('is read again one post at a time', async () => {
    const at = await instance();
    at.server.notifications = [notificationOf('501', statusOf('101', 'Hola'))];
    const context = contextFor(at.connector, at.account);
    await expect(at.connector.refetch!(context, { id: 'mastodon.example/101' })).resolves.toMatchObject({
      op: 'upsert',
      text: 'Hola',
    });
    await expect(at.connector.refetch!(context, { id: 'mastodon.example/999' })).resolves.toBe('gone');
    await expect(at.connector.refetch!(context, { id: 'elsewhere.example/101' })).rejects.toMatchObject({
      fault: { class: 'invalid' },
    });
  });
});
