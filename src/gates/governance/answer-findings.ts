import { approversOf } from '../../domain/approval/approver-groups.ts';
import { countVotes } from '../../domain/approval/count-votes.ts';
import { voteLine } from '../../domain/command/vote-line.ts';
import type { Finding } from '../../domain/finding.ts';
import { isFindingCode } from '../../domain/finding-code.ts';
import type { Untold } from '../../domain/people/untold.ts';
import type { PolicyAnswer } from '../../domain/policy/policy-report.ts';
import { actionFinding } from './action-finding.ts';
import { approversOfAction } from './approvers-of-action.ts';
import type { NamedAction } from './derive-actions.ts';
import { forbiddenWords } from './forbidden-words.ts';
import type { Words } from './forbidden-words.ts';
import type { LevelAnswer } from './level-answers.ts';
import { minuteOf } from './minute-of.ts';
import { actionItem } from './governance-world.ts';
import type { GovernanceWorld } from './governance-world.ts';
import { namesInWords } from './names-in-words.ts';
import { notWhitelistedWords } from './not-whitelisted-words.ts';
import { peopleAsked } from './people-asked.ts';
import { openSecretFinding } from './secrets/open-secret-finding.ts';
import { secretFinding } from './secrets/secret-finding.ts';
import { nextForHands } from './unknown-hands.ts';
import { untoldWords } from './untold-words.ts';
import { whyOpen } from './why-open.ts';

/** Rules that ask what people may do and did: without them nobody is known. */
export function isAboutPeople(rule: string): boolean {
  return peopleRules.has(rule);
}

const peopleRules = new Set(['governance/not_whitelisted', 'governance/approvals_missing', 'governance/human_approval_required', 'governance/rejected']);

/**
 * What a built-in rule says against an action, in words.
 * @param others Names of actions of the same sentence that it says it against too.
 */
export function answerFindings(action: NamedAction, { answer, warnsUntil }: Pick<LevelAnswer, 'answer' | 'warnsUntil'>, world: GovernanceWorld, others: readonly string[]): readonly Finding[] {
  const { rule } = answer;
  if (!isFindingCode(rule)) throw new Error(`Cannot tell what the built-in rule ${JSON.stringify(rule)} says: no finding has its name`);
  const [open, ...more] = warnsUntil === null ? whyOpen(action, answer, world) : [];
  if (open !== undefined) return [openFinding(action, [action.action, ...others], [open, ...more]), ...(isSecret(rule) ? [openSecretFinding(action)] : [])];
  const said = isSecret(rule) ? secretFinding(action) : actionFinding(action, { code: rule, ...(answer.outcome === 'hold' ? { severity: 'hold' } : {}), ...wordsOf(action, answer, world, others) });
  return [warnsUntil === null ? said : Object.freeze({ ...said, severity: 'notice', declared: 'notice', message: `${said.message} That counts from ${minuteOf(warnsUntil)} on, and decides nothing until then.` })];
}

function isSecret(rule: string): boolean {
  return rule === 'governance/secret_committed';
}

/** It may be denied: nobody is told to ask for an entry that may be there. */
function openFinding(action: NamedAction, names: readonly string[], open: readonly [Untold, ...Untold[]]): Finding {
  return actionFinding(action, {
    code: 'policy/no_answer',
    subject: 'whitelist',
    message: `${action.why} That is ${names.join(' and ')}, tier ${action.tier}: it could not be told whether the whitelist names everybody who takes part. Nothing in your change caused this.`,
    ...untoldWords(open),
  });
}

function wordsOf(action: NamedAction, answer: PolicyAnswer, world: GovernanceWorld, others: readonly string[]): Words {
  switch (answer.rule) {
    case 'governance/not_whitelisted':
      return notWhitelistedWords(action, world);
    case 'governance/approvals_missing':
    case 'governance/human_approval_required':
      return approvalsMissing(action, answer, world);
    case 'governance/rejected':
      return rejected(action, world);
    default:
      return forbiddenWords(action, [action.action, ...others]);
  }
}

function approvalsMissing(action: NamedAction, answer: PolicyAnswer, world: GovernanceWorld): Words {
  const { configuration, snapshot, electorate } = world;
  const { from, needed, counted } = peopleAsked(answer) ?? { from: 'tier3', needed: 1, counted: [] };
  const names = namesInWords(approversOf(configuration, from));
  const barred = countVotes(electorate, snapshot, actionItem(action), approversOfAction(action, world)).approving.flatMap((voter) => voter.barred ?? []).slice(0, 3);
  const asks = answer.rule === 'governance/human_approval_required' ? 'the contract asks for people' : `that is ${action.action}, tier ${action.tier}`;
  return {
    message: `${action.why} It waits for ${needed === 1 ? 'one person' : `${needed} people`} among ${names}: ${asks}.`,
    expected: `${needed} of ${names}`,
    found: [counted.length === 0 ? 'nobody yet' : `${counted.length}: ${counted.join(', ')}`, ...barred].join('; not counted: '),
    next: nextForHands(world) ?? `One of ${names} who has no hand in the change comments \`${voteLine('approve', action.action, snapshot.head)}\`.`,
  };
}

function rejected(action: NamedAction, world: GovernanceWorld): Words {
  const { electorate, snapshot } = world;
  const { rejections } = countVotes(electorate, snapshot, actionItem(action), approversOfAction(action, world));
  const [first = { login: 'somebody', reason: 'no reason given' }] = rejections;
  return {
    message: `${action.why} ${first.login} rejected it: ${first.reason}`,
    expected: 'no rejection by somebody who may approve it',
    found: `${rejections.length === 1 ? 'a rejection' : `${rejections.length} rejections`} by ${rejections.map(({ login }) => login).join(', ')}`,
    next: `Change what was rejected, or ask ${first.login} to take it back: \`${voteLine('unapprove', action.action, snapshot.head)}\`.`,
  };
}
