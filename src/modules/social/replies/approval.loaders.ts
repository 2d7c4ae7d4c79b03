import { columnsOf } from '../../../platform/schema/index.js';
import type { RequestContext } from '../../access/index.js';
import { ReplyApprovalRule } from './approval-rule.entity.js';

const columns = columnsOf(ReplyApprovalRule, 'r');

/** Every rule there is, the oldest first. */
export const approvalRules = (context: RequestContext): Promise<ReplyApprovalRule[]> =>
  context.read<ReplyApprovalRule>(
    `select ${columns} from reply_approval_rules r order by r.created_at, r.id`,
    [],
    'approval.rules',
  );
