import { activities } from './activities.area.js';
import { catalogue } from './catalogue.area.js';
import { erp } from './erp.area.js';
import { forecast } from './forecast.area.js';
import { leads } from './leads.area.js';
import { opportunities } from './opportunities.area.js';
import { orders } from './orders.area.js';
import { quotes } from './quotes.area.js';
import { socialSelling } from './social-selling.area.js';

/** Each after those whose records its own point to. */
export const areas = [catalogue, leads, opportunities, activities, quotes, orders, forecast, erp, socialSelling];
