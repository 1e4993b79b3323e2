import type { Command } from '../../domain/command/command.ts';
import type { RemediationKey } from '../../domain/remediation/remediation-record.ts';
import { remediateJob } from '../job-requests.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { appendEntry } from '../remediation/remediation-run.ts';
import type { CommandResult, CommandRun } from './command-run.ts';
import { refusalOfUnknown } from './refusal-of-unknown.ts';
import { refusalToDecide } from './refusal-to-decide.ts';

/** Takes back that closes of a behaviour's pull requests stand as decisions, then looks at it anew. */
export async function unsuppressCommand(run: CommandRun, { behavior }: Extract<Command, { readonly kind: 'unsuppress' }>): Promise<CommandResult> {
  const refusal = (await refusalToDecide(run, [])) ?? (await refusalOfUnknown(run, behavior));
  if (refusal !== null) return { outcome: refusal };
  const { ports, repository } = run;
  const { keys, numbers } = await ports.store.transaction((transaction) => decisionsOf(transaction, run, behavior));
  if (keys.length === 0) return { outcome: { kind: 'never_remediated', behavior } };
  // Whoever has a hand in what was closed does not decide that it comes back.
  const barred = await refusalToDecide(run, numbers);
  if (barred !== null) return { outcome: barred };
  return { outcome: { kind: 'unsuppressed', behavior, numbers }, jobs: [remediateJob(repository, behavior)], keep: (transaction) => unsuppress(transaction, run, { behavior, keys, numbers }) };
}

interface Decisions {
  readonly keys: readonly RemediationKey[];
  /** Of pull requests whose close is on record as a decision that has not expired. */
  readonly numbers: readonly number[];
}

async function decisionsOf(transaction: StoreTransaction, { ports, repository }: CommandRun, behavior: string): Promise<Decisions> {
  const now = ports.clock.now().getTime();
  const keys = (await transaction.remediationsOf(repository.id, behavior)).map(({ fingerprint }) => ({ repositoryId: repository.id, fingerprint }));
  const numbers: number[] = [];
  for (const key of keys) {
    for (const { number, until } of await transaction.suppressions(key)) if (Date.parse(until) > now) numbers.push(number);
  }
  return { keys, numbers: numbers.toSorted((a, b) => a - b) };
}

async function unsuppress(transaction: StoreTransaction, { ports, repository, askedBy, comment }: CommandRun, { behavior, keys, numbers }: Decisions & { readonly behavior: string }): Promise<void> {
  const at = ports.clock.now().toISOString();
  for (const key of keys) {
    await transaction.countStep(key);
    await transaction.unsuppress(key, at);
    const record = { repository, fingerprint: key.fingerprint, behavior, target: behavior, baseBranch: '', at };
    const told = { row: null, reason: 'unsuppressed', event: 'remediation.unsuppressed', pullRequest: null, step: { kind: 'unsuppress' } } as const;
    await appendEntry(transaction, { record }, told, 'remediation.unsuppressed', { actor: `user:${askedBy.login}`, rationale: `comment ${comment}`, detail: { numbers: [...numbers] } });
  }
}
