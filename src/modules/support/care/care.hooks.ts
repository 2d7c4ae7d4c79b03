import { onIdentityMerge, onIdentityOwners, onPosts } from '../../social/index.js';
import { filePosts } from './filing.service.js';
import { mergeAcknowledged } from './identity.merge.js';
import { followOwners } from './owner.service.js';

onPosts((tx, posts) => filePosts(tx, posts));
onIdentityOwners(followOwners);
onIdentityMerge(mergeAcknowledged);
