import { expect, test } from '@jest/globals';
import { telegramConnector } from '../../../../integrations/telegram/connector.js';
import { services } from '../../../../test/support/connector-context.js';
import { connectorRegistry } from '../../../ingest/registry.js';
import { Network, PostKind } from '../networks.js';
import { type AnswerableFacts, waysToAnswer } from './answerable.rules.js';

const channels = connectorRegistry([telegramConnector()], () => services);
const facts = (given: Partial<AnswerableFacts>): AnswerableFacts =>
  ({
    network: Network.TELEGRAM,
    kind: PostKind.MENTION,
    connector: 'telegram',
    accountState: 'ACTIVE',
    granted: null,
    replyability: null,
    isDeleted: false,
    own: false,
    occurredAt: '2026-11-27T10:00:00Z',
    ...given,
  }) as AnswerableFacts;
const ways = (given: Partial<AnswerableFacts> = {}) =>
  waysToAnswer(channels, facts(given), new Date('2026-11-27T12:00:00Z'));

test('a post is answered through an account that is connected', () => {
  expect(ways()).toMatchObject({ publicly: true, privately: true, code: null });
});

test.each([
  ['that is only kept', { connector: null }, 'NOT_CONNECTED'],
  ['that is not there', { accountState: null }, 'NO_ACCOUNT'],
  ['that somebody stopped', { accountState: 'PAUSED' }, 'ACCOUNT_PAUSED'],
])('through an account %s it is not, and that is said', (_name, given, code) => {
  expect(ways(given)).toEqual({ publicly: false, privately: false, until: null, code });
});
