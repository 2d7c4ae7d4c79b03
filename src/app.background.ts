import { confidentialSender } from './dispatch/confidential.js';
import { openDispatch, type SendingTimes } from './dispatch/dispatch.js';
import { type ErpEngine } from './erp/erp.js';
import { EventFeed, expireEvents } from './events/index.js';
import type { ConnectorRegistry } from './ingest/registry.js';
import { openSubscriptions } from './ingest/subscribing.js';
import { openSync } from './ingest/sync.js';
import { parseTask } from './ingest/webhook.parsing.js';
import { REFETCH_TASK, refetchTask } from './ingest/webhook.refetch.js';
import { type Access, forgetIdempotencyKeys } from './modules/access/index.js';
import { ACTIVITIES_CRONTAB, activityTasks } from './modules/activities/index.js';
import { openGraphKeeper, RUN_GRAPH, runGraph } from './modules/graph/index.js';
import { LOOK_AGAIN, lookAgain, openMatching, TRAIN_MATCHING, trainOutdated } from './modules/matching/index.js';
import { openIntentKeeper, SALES_CRONTAB, salesTasks } from './modules/sales/index.js';
import {
  accountsToRenew,
  channelAccount,
  expireDeliveries,
  forgetDeletions,
  forgetSignIns,
  type Outbox,
  PARSE_TASK,
  RENEW_TASK,
  readForgotten,
  renewAccess,
  sentimentModelOf,
  TRAIN_SENTIMENT,
  trainOnCorrections,
} from './modules/social/index.js';
import {
  careTasks,
  DESK_CRONTAB,
  deskTasks,
  type Entrance,
  PORTAL_CRONTAB,
  portalTasks,
  QUALITY_CRONTAB,
  QUEUES_CRONTAB,
  qualityTasks,
  queuesTasks,
  SLA_CRONTAB,
  slaTasks,
  surveyTasks,
  TICKETS_CRONTAB,
  ticketTasks,
} from './modules/support/index.js';
import { type Config, publicUrl } from './platform/config.js';
import { Database, type Scope } from './platform/database/database.js';
import { openWorker, type Worker } from './platform/jobs.js';
import type { Logger } from './platform/logger.js';
import { type Vault } from './platform/vault.js';

export interface BackgroundOptions {
  config: Config;
  ownerUrl: string;
  database: Database;
  access: Access;
  feed: EventFeed;
  registry: ConnectorRegistry;
  vault: Vault;
  hookSecret: (accountId: string) => string;
  log: Logger;
  sending?: SendingTimes | undefined;
  erp: ErpEngine;
  entrance: Entrance;
}

/** Everything that runs without being asked: sources, retention, learning. Stopping waits for what is in flight. */
export async function openBackground(options: BackgroundOptions): Promise<Worker> {
  const { config, ownerUrl, database, access, feed, registry, vault, hookSecret, log } = options;
  const reading = {
    database,
    registry,
    vault,
    log,
    modelOf: (scope: Scope) => sentimentModelOf(database, scope),
  };
  const sync = openSync({
    ...reading,
    ownerUrl,
    onSourceChanged: listener =>
      feed.listen(events => {
        if (events.some(event => event.type === 'source.changed')) listener();
      }),
  });
  const dispatch = openDispatch({
    database,
    registry,
    vault,
    ...options.sending,
    // An address that only this machine knows is of no use to a network.
    hookOf: ({ id, hookKey }) => ({
      hookSecret: hookSecret(id),
      ...(config.PUBLIC_URL && { hookUrl: `${publicUrl(config)}/hooks/${hookKey}` }),
    }),
  });
  const outbox: Outbox = {
    channels: registry,
    accountOf: id => channelAccount(database.system, vault, { id }),
  };
  const subscriptions = openSubscriptions({
    database,
    registry,
    vault,
    publicUrl: publicUrl(config),
    hookSecret,
    log,
  });
  const worker = await openWorker({
    ownerUrl,
    log,
    tasks: {
      ...sync.tasks,
      ...subscriptions.tasks,
      [RENEW_TASK]: ({ accountId }: { accountId: string }, job) =>
        renewAccess({ database, vault, channels: registry, log: job.log }, job.scope, accountId),
      'accounts:renew': async () => {
        await accountsToRenew(database.system);
        await forgetSignIns(database);
      },
      [PARSE_TASK]: parseTask({ ...reading, hookSecret, publicUrl: publicUrl(config) }),
      [REFETCH_TASK]: refetchTask({ ...reading, hookSecret, publicUrl: publicUrl(config) }),
      'hooks:expire': async () => {
        await expireDeliveries(database.system, config.HOOK_RETENTION_DAYS, config.FAILED_HOOK_RETENTION_DAYS);
        await readForgotten(database.system);
      },
      ...dispatch.tasks,
      ...options.erp.tasks,
      [TRAIN_SENTIMENT]: async (_payload, job) => void (await trainOnCorrections(database, job.scope)),
      [RUN_GRAPH]: (payload, job) => runGraph(payload, { system: database.system, ownerUrl }, job),
      [TRAIN_MATCHING]: async () => trainOutdated(database),
      [LOOK_AGAIN]: async (_payload, job) => lookAgain(database, job.scope),
      ...activityTasks(database),
      ...deskTasks(database),
      ...portalTasks(options.entrance, confidentialSender({ database, registry, vault })),
      ...queuesTasks(database),
      ...salesTasks(database),
      ...careTasks(database, outbox),
      ...qualityTasks(database),
      ...surveyTasks(database, { outbox, publicUrl: publicUrl(config) }),
      ...slaTasks(database),
      ...ticketTasks(database),
      // What `doctor` sends round to see whether work is done.
      'diagnostics.ping': async () => {},
      'events:expire': async () => {
        await expireEvents(database.system, config.EVENT_RETENTION_HOURS);
        await forgetDeletions(database.system, config.EVENT_RETENTION_HOURS);
      },
      'credentials:expire': async () => void (await access.sweep()),
      'idempotency:expire': async () => void (await forgetIdempotencyKeys(database.system)),
    },
    crontab: [
      sync.crontab,
      dispatch.crontab,
      options.erp.crontab,
      subscriptions.crontab,
      ACTIVITIES_CRONTAB,
      DESK_CRONTAB,
      PORTAL_CRONTAB,
      QUEUES_CRONTAB,
      SALES_CRONTAB,
      QUALITY_CRONTAB,
      SLA_CRONTAB,
      TICKETS_CRONTAB,
      '* * * * * accounts:renew ?jobKey=accounts:renew',
      '7 * * * * events:expire ?jobKey=events:expire',
      '27 * * * * hooks:expire ?jobKey=hooks:expire',
      '17 * * * * credentials:expire ?jobKey=credentials:expire',
      '37 * * * * idempotency:expire ?jobKey=idempotency:expire',
      `23 3 * * * ${TRAIN_MATCHING} ?jobKey=${TRAIN_MATCHING}`,
    ].join('\n'),
  });
  sync.start();
  const graph = openGraphKeeper(database, log);
  const matching = openMatching({ database, log });
  const intent = openIntentKeeper(database, log);
  return {
    async stop() {
      await Promise.all([sync.stop(), graph.stop(), matching.stop(), intent.stop(), worker.stop()]);
    },
  };
}
