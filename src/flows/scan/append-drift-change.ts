import type { KeptDrift } from '../../domain/drift/scanned-behavior.ts';
import type { DriftChange } from '../../domain/drift/fold-measurement.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { StoreTransaction } from '../ports/store.ts';

/** That a drift was confirmed, is another one, or is over, in the log. `forgotten`: its behaviour is not on the default branch any more, that is another branch by now, or the repository is gone or archived. */
export async function appendDriftChange(transaction: StoreTransaction, repository: RepositoryRef, { record, scanned }: KeptDrift, change: DriftChange | { readonly kind: 'forgotten' }): Promise<void> {
  const run = change.kind === 'cleared' && change.run !== null ? { confirmedAt: change.run.confirmedAt, cleanAt: change.run.cleanAt, inconclusiveMs: change.run.inconclusiveMs } : null;
  await transaction.append({
    account: repository.account.id,
    repository: { id: repository.id, name: fullNameOf(repository) },
    subject: `behavior:${record.behavior}`,
    event: `drift.${change.kind}`,
    actor: 'system',
    rationale: scanned.why,
    outcome: scanned.decides ? change.kind : `${change.kind}, observed only`,
    payload: { behavior: record.behavior, path: scanned.path, owner: scanned.owner, playbook: scanned.playbook, metrics: scanned.metrics.map((metric) => ({ ...metric })), run },
    links: [`commit:${record.commit}`],
  });
}
