import type { Task } from '../../../platform/jobs.js';
import { type SendConfidentially, sendCodeTask } from './code-sending.service.js';
import type { Entrance } from './entrance.js';
import { forgetExpired } from './expiry.queries.js';
import { SEND_CODE_TASK } from './request.service.js';

const EXPIRE_TASK = 'portal:expire';

/** What is done for the portal without being asked, by the names of its jobs. */
export const portalTasks = (entrance: Entrance, send: SendConfidentially): Record<string, Task> => ({
  [SEND_CODE_TASK]: sendCodeTask(entrance, send),
  [EXPIRE_TASK]: () => forgetExpired(entrance.access.database.system),
});

export const PORTAL_CRONTAB = `13 * * * * ${EXPIRE_TASK} ?jobKey=${EXPIRE_TASK}`;
