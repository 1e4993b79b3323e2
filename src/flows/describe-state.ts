import type { AuditDraft } from '../audit/entry.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RecordedPlace } from './describe-releases.ts';
import type { StateChange } from './state-changes.ts';

/** The audit entry about a released version whose lifecycle or flags changed: both states by digest. */
export function describeState({ repository, branch, entry }: RecordedPlace, change: StateChange): AuditDraft {
  const { contractId, version, path, commit, blob, lifecycle } = change;
  return {
    account: repository.account.id,
    repository: { id: repository.id, name: fullNameOf(repository) },
    subject: `contract:${contractId}@${version}`,
    event: 'release.state_changed',
    actor: 'system',
    rationale: `${path} at ${commit} on ${branch}`,
    outcome: lifecycle.after,
    before: change.before,
    after: change.after,
    payload: { branch, entry: entry.entry, contractId, version, path, commit, blob, lifecycle: { ...lifecycle } },
    links: [`commit:${commit}`],
  };
}
