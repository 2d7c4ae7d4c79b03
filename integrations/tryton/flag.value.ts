import { z } from 'zod';

/** A `Boolean`, which Tryton on SQLite says as 1 or 0. */
export const flag = z.union([z.boolean(), z.number().transform(value => value !== 0)]);
