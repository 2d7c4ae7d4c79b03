import { activities } from './activities.area.js';
import { calls } from './calls.area.js';
import { care } from './care.area.js';
import { catalogue } from './catalogue.area.js';
import { desk } from './desk.area.js';
import { erp } from './erp.area.js';
import { forecast } from './forecast.area.js';
import { knowledge } from './knowledge.area.js';
import { leads } from './leads.area.js';
import { opportunities } from './opportunities.area.js';
import { orders } from './orders.area.js';
import { portal } from './portal.area.js';
import { quality } from './quality.area.js';
import { queues } from './queues.area.js';
import { quotes } from './quotes.area.js';
import { reports } from './reports.area.js';
import { sla } from './sla.area.js';
import { socialSelling } from './social-selling.area.js';
import { surveys } from './surveys.area.js';
import { tickets } from './tickets.area.js';

/** Each after those whose records its own point to. */
export const areas = [
  catalogue,
  leads,
  opportunities,
  activities,
  quotes,
  orders,
  forecast,
  erp,
  socialSelling,
  tickets,
  queues,
  sla,
  desk,
  care,
  knowledge,
  portal,
  surveys,
  calls,
  quality,
  reports,
];
