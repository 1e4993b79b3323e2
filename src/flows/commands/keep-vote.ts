import type { AuditEvent } from '../../audit/entry.ts';
import { digestOfValue } from '../../domain/digest.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import type { VoteRecord } from '../../domain/people/vote-record.ts';
import { fullNameOf } from '../../domain/repository.ts';
import { pullRequestSubject } from '../../domain/subject.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { AskedRun } from './command-run.ts';

const voteEvents = { approve: 'approval.given', reject: 'approval.rejected', withdraw: 'approval.withdrawn' } as const satisfies Record<VoteRecord['says'], AuditEvent>;

/** Keeps a vote with its entry. @returns Whether its source had said nothing before: else nothing was kept. */
export async function keepVote(transaction: StoreTransaction, { repository, decision }: AskedRun, vote: VoteRecord): Promise<boolean> {
  if (!(await transaction.recordVote(vote))) return false;
  const payload: JsonValue = JSON.parse(JSON.stringify(vote));
  await transaction.append({
    account: repository.account.id,
    repository: { id: repository.id, name: fullNameOf(repository) },
    subject: pullRequestSubject(vote.pullRequest),
    event: voteEvents[vote.says],
    actor: `user:${vote.person.login}`,
    rationale: vote.reason ?? 'no reason given',
    outcome: vote.scope,
    after: digestOfValue(payload),
    payload,
    links: [...(decision === null ? [] : [decision.id]), vote.source, `commit:${vote.head}`],
  });
  return true;
}
