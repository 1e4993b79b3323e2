import type { VerificationRecord } from '../../domain/agent-evidence/verification-record.ts';
import { approvalCountsOf } from '../../domain/approval/approver-groups.ts';
import { contributorsIn } from '../../domain/approval/electorate.ts';
import { whyUnknown } from '../../domain/people/contributor.ts';
import { objectionToPolicyInput } from '../../domain/policy/objection-to-policy-input.ts';
import type { PolicyInputObjection } from '../../domain/policy/objection-to-policy-input.ts';
import type { PolicyAction, PolicyInput } from '../../domain/policy/policy-input.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import type { GroundedChange } from './grounded-change.ts';

export type PolicyQuestion = { readonly kind: 'asked'; readonly request: RequestOf<'policies'> } | { readonly kind: 'objected'; readonly objection: PolicyInputObjection };

/** What the built-in rules answer for: the change of an agent as a whole. Governance judges what it does one by one. */
export const agentChange = 'agent.change';

/** The record of what was verified as a question to the rules that ship with Plumbline. */
export function policyQuestion(change: GroundedChange, verification: VerificationRecord): PolicyQuestion {
  const input = { ...inputOf(change, verification) };
  const objection = objectionToPolicyInput(input);
  return objection === null ? { kind: 'asked', request: { kind: 'policies', policies: null, input, subjects: [agentChange] } } : { kind: 'objected', objection };
}

function inputOf({ snapshot, configuration, evidence }: GroundedChange, verification: VerificationRecord): PolicyInput {
  const { repository, change } = snapshot;
  const contributors = contributorsIn(evidence);
  return {
    version: 1,
    now: snapshot.now,
    repository: { id: repository.id, owner: repository.owner, name: repository.name, account: repository.account },
    base: { branch: change.baseBranch, entry: snapshot.entry?.entry ?? '', sha: snapshot.base },
    pullRequest: { number: change.subject.kind === 'pull-request' ? change.subject.number : null, title: change.title, author: change.author, draft: change.draft, fork: change.fork, head: snapshot.head },
    contributors: (contributors?.people ?? []).map(({ login, kind, via }) => ({ login, kind, via })),
    unknownContributors: contributors === null ? 'they could not be read' : whyUnknown(contributors),
    changes: [],
    actions: [actionOf(verification)],
    required: approvalCountsOf(configuration),
    contracts: [],
    verdicts: [],
    approvals: [],
    waivers: [],
    verification,
    config: configuration.document,
  };
}

/** Free by itself: only the rules about agents say something of it. */
function actionOf({ evidence_digest: digest }: VerificationRecord): PolicyAction {
  return { name: agentChange, action: agentChange, tier: 1, subject: {}, paths: [], why: 'An agent has a hand in the change.', evidence: { digest }, finding: null, isRoot: false, whitelist: [], approvals: { tier2: [], tier3: [], root: [] }, rejections: [] };
}
