import { publicId } from '../../../platform/ids.js';
import type { RequestContext } from '../../access/index.js';
import { Post } from '../../social/index.js';
import { careGround } from './care.ground.js';
import { factsOf, filedPosts, mayOpen } from './filing.service.js';
import { askedConditions, unmetCondition } from './intake.rules.js';
import { INTAKE_WORDS } from './intake.words.js';
import type { IntakeTrial, IntakeVerdict } from './intake-trial.types.js';
import { keptPosts } from './kept-post.queries.js';

export type TrialAnswer = Omit<IntakeTrial, 'rule'> & { storedRuleId: string | null };

/** Which rule would take a post (public id) if it came now, and why; null when there is none that the viewer may see. Changes nothing. */
export async function testIntakeRules(context: RequestContext, postId: string): Promise<TrialAnswer | null> {
  const seen = await context.recordByPublicId<Post>(Post, postId);
  if (!seen) return null;
  const reader = {
    scope: context.scope,
    query: <Row>(sql: string, values?: unknown[]) => context.read<Row>(sql, values),
  };
  const [ground, kept] = await Promise.all([careGround(reader), keptPosts(reader, [seen.id], { withFiled: true })]);
  const [post] = await filedPosts(reader, kept);
  if (!post) return null;
  const words = INTAKE_WORDS[context.language];
  const nothing = (explanation: string): TrialAnswer => ({
    storedRuleId: null,
    opens: false,
    explanation,
    verdicts: [],
  });
  if (post.own) return nothing(words.own);
  if (post.auto) return nothing(words.auto);
  if (!mayOpen(post)) return nothing(words.call);
  const facts = factsOf(post);
  const verdicts: IntakeVerdict[] = [];
  for (const rule of ground.rules) {
    const unmet = unmetCondition(rule, facts);
    const ruleId = publicId('intake_rule', rule.id);
    if (unmet) {
      verdicts.push({ ruleId, takes: false, explanation: words.unmet(rule.name, words.asks[unmet]) });
      continue;
    }
    const why = askedConditions(rule)
      .map(condition => words.asks[condition])
      .join(', ');
    const opens = rule.action === 'OPEN';
    const explanation = !opens
      ? words.ignores(rule.name, why || '—')
      : why
        ? words.takes(rule.name, why)
        : words.takesAll(rule.name);
    verdicts.push({ ruleId, takes: true, explanation });
    return { storedRuleId: rule.id, opens, explanation, verdicts };
  }
  return { storedRuleId: null, opens: false, explanation: words.none, verdicts };
}
