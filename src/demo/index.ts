export { createExample, mentionStream, scaleOf } from './create.js';
export { exampleCustomers } from './customers.js';
export { quarterOf } from './deals.js';
export type * from './example.js';
export { exampleIdentities } from './identities.js';
export { examplePosts } from './posts.js';
