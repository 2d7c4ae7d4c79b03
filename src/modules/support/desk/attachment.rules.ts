import { publicId } from '../../../platform/ids.js';

/** Where an attachment (stored id) is read. */
export const addressOf = (id: string): string => `/support/attachments/${publicId('attachment', id)}`;
