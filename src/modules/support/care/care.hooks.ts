import { onPosts } from '../../social/index.js';
import { filePosts } from './filing.service.js';

onPosts((tx, posts) => filePosts(tx, posts));
