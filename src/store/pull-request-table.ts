import type { PullRequestRecord, StoreTransaction } from '../flows/ports.ts';
import { pullRequestForm } from './form/pull-request-form.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

type PullRequestPart = Pick<StoreTransaction, 'savePullRequest' | 'openPullRequestsAt' | 'openPullRequestsInto' | 'pullRequestRecord'>;

export function pullRequestTable(session: Session): PullRequestPart {
  return {
    savePullRequest: (record) => save(session, record),
    openPullRequestsAt: (repositoryId, head) => open(session, repositoryId, 'head', head),
    openPullRequestsInto: (repositoryId, baseBranch) => open(session, repositoryId, 'base_branch', baseBranch),
    pullRequestRecord: (repositoryId, number) => find(session, repositoryId, number),
  };
}

async function save(session: Session, record: PullRequestRecord): Promise<void> {
  const { number, state, head, baseBranch } = record.facts;
  const changed = { state, head: keyText(head), base_branch: keyText(baseBranch), record: pullRequestForm.write(record) };
  const row = { repository_id: record.repository.id, number, ...changed };
  await session.run(session.database.insertInto('pull_requests').values(row).onConflict((conflict) => conflict.columns(['repository_id', 'number']).doUpdateSet(changed)));
}

async function open(session: Session, repositoryId: number, column: 'head' | 'base_branch', value: string): Promise<readonly PullRequestRecord[]> {
  const records = session.database.selectFrom('pull_requests').select('record').where('repository_id', '=', repositoryId).where('state', '=', 'open');
  const rows = await session.rows(records.where(column, '=', keyText(value)).orderBy('number'));
  return rows.map(({ record }) => pullRequestForm.read(record));
}

async function find(session: Session, repositoryId: number, number: number): Promise<PullRequestRecord | null> {
  const row = await session.first(session.database.selectFrom('pull_requests').select('record').where('repository_id', '=', repositoryId).where('number', '=', number));
  return row === null ? null : pullRequestForm.read(row.record);
}
