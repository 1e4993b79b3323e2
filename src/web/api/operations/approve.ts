import { member } from '../../../domain/configuration/member.ts';
import type { HeldItem } from '../../../domain/held-item.ts';
import type { JsonObject } from '../../../domain/json-value.ts';
import type { ApprovalOutcome, ApprovalRefusal, TokenApproval } from '../../../flows/approve-by-token.ts';
import { problemAnswer } from '../operation.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { parameters } from '../parameters.ts';
import type { Problem } from '../problem.ts';
import { accountFor } from '../reading.ts';

export const approve = {
  method: 'post',
  path: '/approvals',
  summary: 'Approves what a decision holds, as `/plumbline approve` in a comment does.',
  roles: ['approver'],
  inPath: {},
  inQuery: { account: parameters.account },
  inHeader: {},
  body: {
    type: 'object',
    additionalProperties: false,
    required: ['decision', 'action', 'sha', 'reason'],
    properties: {
      decision: { description: 'Id of the newest decision about the head.', ...parameters.decision.schema },
      action: { description: 'A code, an action, or `all`: what the decision holds.', type: 'string', maxLength: 100, pattern: '^[a-z][a-z0-9_-]*(?:[./][a-z0-9_-]+)*$' },
      sha: { description: 'The head, seven digits or more.', type: 'string', pattern: '^[0-9a-f]{7,64}$' },
      reason: { description: 'Why, for those who read it later.', type: 'string', minLength: 1, maxLength: 1000 },
    },
  },
  answers: {
    200: { description: 'All of it was said before, and stands: nothing was changed.', type: 'application/json', schema: { $ref: '#/components/schemas/Approval' } },
    201: { description: 'It was recorded, and the pull request is judged again.', type: 'application/json', schema: { $ref: '#/components/schemas/Approval' } },
  },
  problems: {
    403: '`no_github_user`, `unknown_person`, `not_approver`, `contributor`.',
    404: '`not_found`: the account has no such decision about a pull request.',
    409: '`superseded`, `moved`, `closed`, `nothing_held`.',
  },
} as const satisfies OperationShape;

export interface ApprovePorts {
  readonly approve: (wanted: TokenApproval) => Promise<ApprovalOutcome>;
}

export async function answerApproval(ports: ApprovePorts, { principal, query, body }: Asked<typeof approve>): Promise<ApiAnswer> {
  const found = accountFor(principal, query.account);
  if (found.kind === 'problem') return found;
  const { person } = principal;
  if (person === null) return problemAnswer({ status: 403, code: 'no_github_user', detail: 'The token does not say whose account at GitHub approves, expected its number in the claim that API_GITHUB_USER_ID_CLAIM names.' });
  const { account } = found;
  const [decision, action, sha, reason] = ['decision', 'action', 'sha', 'reason'].map((name) => member.text(body ?? {}, name) ?? '');
  const outcome = await ports.approve({ account, decision: decision ?? '', action: action ?? '', sha: sha ?? '', reason: reason ?? '', person });
  return answerOf(outcome, { account, decision: decision ?? '' });
}

function answerOf(outcome: ApprovalOutcome, { account, decision }: { readonly account: number; readonly decision: string }): ApiAnswer {
  switch (outcome.kind) {
    case 'approved': {
      const { login, pullRequest, done: { head, items, left, uncounted }, isNew } = outcome;
      return { kind: 'json', status: isNew ? 201 : 200, value: { decision, account, pullRequest, login, head, recorded: isNew, approved: items.map(heldForm), left: left.map(heldForm), uncounted } };
    }
    case 'unknown_decision':
      return problemAnswer({ status: 404, code: 'not_found', detail: `There is no such decision about a pull request of account ${account}.` });
    case 'unknown_person':
      return problemAnswer({ status: 403, code: 'unknown_person', detail: 'GitHub shows no person of the number in the token: nothing was approved.' });
    case 'superseded':
      return problemAnswer({ status: 409, code: 'superseded', detail: `Another decision is the newest about this head: nothing was approved.${outcome.newest === null ? ' It is made soon.' : ` Read ${outcome.newest}, and approve that.`}` });
    case 'refused':
      return problemAnswer(refusalOf(outcome.refusal));
  }
}

function refusalOf(refusal: ApprovalRefusal): Problem {
  switch (refusal.kind) {
    case 'moved':
      return { status: 409, code: 'moved', detail: `The head is ${refusal.head} by now: nothing was approved. Look at its decision.` };
    case 'nothing_held':
      return { status: 409, code: 'nothing_held', detail: `The decision holds nothing of this name: nothing was approved. It holds ${refusal.scopes.length === 0 ? 'nothing' : refusal.scopes.join(', ')}.` };
    case 'not_approver':
      return { status: 403, code: 'not_approver', detail: 'The configuration does not let you decide this: nothing was approved.' };
    case 'contributor':
      return { status: 403, code: 'contributor', detail: 'You have a hand in this change: nothing was approved. Somebody else has to.' };
    case 'role_unreadable':
      return { status: 503, code: 'role_unreadable', detail: 'GitHub could not be asked now whether you may decide this: nothing was approved. Send it again.', retryAfter: 30 };
    case 'closed':
      return { status: 409, code: 'closed', detail: 'The pull request is not open: nothing was approved.' };
  }
}

function heldForm({ scope, name, binding }: HeldItem): JsonObject {
  return { scope, name, binding };
}
