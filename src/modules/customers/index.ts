export { Customer, CustomerKind } from './customer.entity.js';
export { CustomerConnection, CustomerResolver } from './customer.resolver.js';

import './records.js';
