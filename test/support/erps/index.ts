import { mappedCsv } from './mapped-csv.js';
import { mappedRest } from './mapped-rest.js';
import type { ErpSubject } from './subject.js';
import { tryton } from './tryton.js';

/** Every ERP adapter, with something to speak to. */
export const erpSubjects: ErpSubject[] = [mappedRest, mappedCsv, tryton];
