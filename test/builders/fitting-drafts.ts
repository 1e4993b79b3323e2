import type { AuditDraft, AuditEvent } from '../../src/audit/entry.ts';
import type { Digest } from '../../src/domain/digest.ts';
import { isJsonObject } from '../../src/domain/json-value.ts';

const digest: Digest = `sha256:${'1'.repeat(64)}`;
const sha = 'c'.repeat(40);
const commit = `commit:${sha}`;

type Fitting = Omit<AuditDraft, 'account' | 'event' | 'actor' | 'rationale' | 'repository'> & { readonly repository?: AuditDraft['repository'] };

const judged: Fitting = {
  subject: 'pull-request:7',
  outcome: 'allow',
  after: digest,
  policyDigest: digest,
  inputDigest: digest,
  payload: { version: 1, decision: 'allow', cause: 'pass', engine: 'plumbline/test', head: sha, verdicts: [], held: [], policyDigest: digest, inputDigest: digest },
  links: ['evaluation-1', commit, 'unreplayable:too-large'],
};
const effect: Fitting = { subject: 'effect:check', outcome: 'performed', after: digest, links: ['evaluation-1'] };
const merged: Fitting = { subject: 'pull-request:7', outcome: 'allowed', payload: { sha, decision: 'evaluation-1' }, links: [commit, 'evaluation-1'] };
const released: Fitting = {
  subject: 'contract:checkout@1.0.0',
  outcome: 'active',
  after: digest,
  payload: { branch: 'main', entry: 'main', contractId: 'checkout', version: '1.0.0', path: 'contracts/checkout.yaml', commit: sha, blob: sha, bytesDigest: digest, decisionId: null, without: [], stateDigest: digest },
  links: [commit, `snapshot:${digest}`],
};
const vote = (says: string): Fitting => ({ subject: 'pull-request:7', outcome: 'workflow.change', after: digest, payload: { says, scope: 'workflow.change', source: 'comment:1', head: sha, person: { login: 'mona' }, items: [] }, links: ['comment:1', commit] });
const action = (outcome: string): Fitting => ({ ...judged, outcome, payload: { name: 'workflow.change a', action: 'workflow.change', tier: 3, outcome, because: 'It waits.', contributors: ['mona'] } });
const leftover: Fitting = { subject: `entry:${digest}`, outcome: 'found', payload: { code: 'waiver/expired', entry: digest, path: '.plumbline/waivers.yaml', since: '2026-11-20T12:00:00Z' } };
const drift = (outcome: string): Fitting => ({ subject: 'behavior:checkout-quality', outcome, payload: { behavior: 'checkout-quality', path: 'behaviors/checkout.yaml', metrics: [], run: null }, links: [commit] });
const digestIssue = (outcome: string): Fitting => ({ subject: 'digest', outcome });
const remediation: Fitting = { subject: 'remediation:f1', outcome: 'drift_confirmed', payload: { behavior: 'checkout-quality', row: 15, step: 'open', reason: 'drift_confirmed', pullRequest: null } };

const used = { repositoryId: 100, agent: 'robot', source: 'self', provider: 'openai', model: 'gpt-5', inputTokens: 10, outputTokens: 1, cacheReadTokens: 0, cacheCreationTokens: 0, tokens: '11', costPicoUsd: '22500000', isPriced: true };
const quotaWindow = { scope: 'agent', subject: 'robot', measure: 'tokens', period: 'day', zone: 'UTC', from: '2026-11-20T00:00:00Z', to: '2026-11-21T00:00:00Z', limit: '10', used: '11', state: 'exceeded' };

const fitting: Readonly<Record<AuditEvent, Fitting>> = {
  'decision.made': judged,
  'effect.performed': effect,
  'effect.failed': { subject: 'effect:check', outcome: 'GITHUB_REFUSED', links: ['evaluation-1'] },
  'change.merged': merged,
  'release.recorded': released,
  'release.adopted': released,
  'release.state_changed': { ...released, before: digest, payload: { branch: 'main', entry: 'main', contractId: 'checkout', version: '1.0.0', path: 'contracts/checkout.yaml', commit: sha, blob: sha, lifecycle: { before: 'active', after: 'deprecated' } }, links: [commit] },
  'config.seen': { subject: 'configuration:.github/plumbline.yml', outcome: 'changed', before: digest, after: digest, payload: 'version: 1\n', links: [commit] },
  'config.detached': { subject: 'configuration:.github/plumbline.yml', outcome: 'detached', before: digest },
  'job.buried': { subject: 'job:evaluate/100/7', outcome: 'PROBE_FAILED' },
  'failure.recorded': { subject: 'pull-request:7', outcome: 'JOB_TIMED_OUT', links: ['evaluation-1'] },
  'checkpoint.sealed': { repository: null, subject: 'checkpoint:12', outcome: 'sealed', after: digest, payload: { origin: 'plumbline.example/42', size: 12, note: 'plumbline.example/42\n12\n' } },
  'key.rotated': { repository: null, subject: 'key:log', outcome: 'rotated', before: digest, after: digest, payload: { signature: 'AA==', signer: digest, statement: {} } },
  'command.run': { subject: 'pull-request:7', outcome: 'voted', links: ['comment:1', commit] },
  'approval.given': vote('approve'),
  'approval.counted': { ...judged, outcome: 'counts for workflow.change, 1 of 2 needed', payload: { scope: 'workflow.change', name: 'workflow.change', binding: digest, from: 'tier3', count: 2, login: 'mona' } },
  'approval.rejected': vote('reject'),
  'approval.withdrawn': vote('withdraw'),
  'action.allowed': action('pass'),
  'action.blocked': action('hold'),
  'request.granted': { ...merged, after: digest },
  'waiver.granted': { ...merged, after: digest },
  'waiver.expired': leftover,
  'whitelist.expired': { ...leftover, payload: { code: 'whitelist/expired', entry: digest, path: '.github/plumbline.yml', since: '2026-11-20T12:00:00Z' } },
  'whitelist.unused': { ...leftover, outcome: 'over', payload: { code: 'whitelist/unused', entry: digest, path: '.github/plumbline.yml', since: '2026-11-20T12:00:00Z' } },
  'usage.reserved': { subject: 'usage:1', outcome: 'reserved', payload: used },
  'usage.refused': { subject: 'usage:1', outcome: 'refused', payload: { ...used, windows: [quotaWindow] } },
  'usage.settled': { subject: 'usage:1', outcome: 'settled', repository: null, payload: used },
  'usage.expired': { subject: 'usage:1', outcome: 'charged', repository: null, payload: used },
  'usage.charged': { subject: 'pull-request:7', outcome: 'charged', payload: { changeDigest: digest, usageDigest: digest, usage: [used] } },
  'usage.near': { subject: 'usage:agent', outcome: 'exceeded', repository: null, payload: quotaWindow },
  'usage.exceeded': { subject: 'usage:agent', outcome: 'exceeded', repository: null, payload: quotaWindow },
  'usage.breached': { subject: 'behavior:robot-budget', outcome: 'breached', payload: { agent: 'robot', contract: 'contracts/robot.yaml', from: quotaWindow.from, to: quotaWindow.to, exceeded: [quotaWindow], groups: [used], models: [used], untold: 0, prices: { takenAt: '2026-11-20', digest } }, links: [commit] },
  'drift.detected': drift('detected'),
  'drift.changed': drift('changed, observed only'),
  'drift.cleared': drift('cleared'),
  'drift.forgotten': drift('forgotten'),
  'scan.concluded': { repository: null, subject: 'scan:s1', outcome: 'concluded', payload: { measured: 1, failed: 0, waiting: 0, drifted: [] } },
  'digest.intent': digestIssue('open'),
  'digest.updated': digestIssue('edited'),
  'digest.refused': digestIssue('no_repository'),
  'remediation.intent': remediation,
  'remediation.created': remediation,
  'remediation.adopted': remediation,
  'remediation.updated': remediation,
  'remediation.skipped': remediation,
  'remediation.frozen': remediation,
  'remediation.superseded': remediation,
  'remediation.closed': remediation,
  'remediation.merged': remediation,
  'remediation.ineffective': remediation,
  'remediation.slow': { subject: 'playbook:p1', outcome: 'above_target', payload: { playbook: 'p1', behavior: 'checkout-quality', runs: 3, mean: 9, p90: 12, target: 5 } },
  'remediation.suppressed': remediation,
  'remediation.unsuppressed': remediation,
  'remediation.error': remediation,
  'retention.applied': { repository: null, subject: 'retention:decision', outcome: 'erased: 2 entries before 2026-11-20', payload: { class: 'decision', before: '2026-11-20', days: 400, entries: 2, first: 0, last: 1 } },
  'retention.erased': { repository: null, subject: 'erasure', outcome: 'erased: details of 2 entries', payload: { what: 'details', entries: 2, first: 0, last: 1, sequences: [0, 1] } },
  'retention.held': { subject: 'hold', outcome: 'held', payload: { repository: null, from: null, to: null } },
  'retention.released': { subject: 'hold', outcome: 'released', payload: { hold: 3 }, links: ['entry:3'] },
};

/** What a flow would append about an event, as entries of that event are. An object as payload is put into the one of the event. */
export function aFittingDraft(event: AuditEvent, { payload, ...overrides }: Partial<AuditDraft> = {}): AuditDraft {
  const { payload: own, ...rest } = fitting[event];
  const merged = isJsonObject(payload) && isJsonObject(own) ? { ...own, ...payload } : (payload ?? own);
  return { account: 42, repository: { id: 100, name: 'acme/shop' }, event, actor: 'user:mona', rationale: 'Contracts are unchanged', ...rest, ...(merged === undefined ? {} : { payload: merged }), ...overrides, ...(rest.repository === null ? { repository: null } : {}) };
}
