import { DELETE_TASK, forgetReceipts, HIDE_TASK, queueForgotten, SEND_TASK } from '../modules/social/index.js';
import type { Task } from '../platform/jobs.js';
import { deleteTask, hideTask } from './deleting.js';
import type { DispatchOptions } from './departure.js';
import { sendTask } from './sending.js';

export type { SendingTimes } from './departure.js';

/** What brings replies to their networks: tasks for the queue. */
export interface Dispatch {
  tasks: Record<string, Task>;
  crontab: string;
}

const FORGOTTEN_TASK = 'reply:forgotten';
const EXPIRE_TASK = 'receipts:expire';

/**
 * A reply is sent by a job of its own, in whichever process is free. Whatever is killed when: it is either still in the queue, or
 * found again by the look-up that comes before a second sending.
 */
export function openDispatch(options: DispatchOptions): Dispatch {
  const { database } = options;
  return {
    tasks: {
      [SEND_TASK]: sendTask(options),
      [DELETE_TASK]: deleteTask(options),
      [HIDE_TASK]: hideTask(options),
      [FORGOTTEN_TASK]: async (_payload, job) => {
        const count = await queueForgotten(database.system);
        if (count > 0) job.log.info({ count }, 'replies that had no turn were given one');
      },
      [EXPIRE_TASK]: () => forgetReceipts(database.system),
    },
    crontab: [
      `* * * * * ${FORGOTTEN_TASK} ?jobKey=${FORGOTTEN_TASK}`,
      `47 * * * * ${EXPIRE_TASK} ?jobKey=${EXPIRE_TASK}`,
    ].join('\n'),
  };
}
