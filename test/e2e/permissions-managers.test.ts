import { jest } from '@jest/globals';
import { describePermissions } from '../support/permissions.js';
import { KINDS } from '../support/stage.js';

// Every field of the schema is asked for.
jest.setTimeout(180_000);

describePermissions(KINDS.managers);
