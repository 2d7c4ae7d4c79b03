import { onIdentityOwners, onPosts } from '../../social/index.js';
import { filePosts } from './filing.service.js';
import { followOwners } from './owner.service.js';

onPosts((tx, posts) => filePosts(tx, posts));
onIdentityOwners(followOwners);
