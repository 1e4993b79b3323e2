import type { PullRequestRecord } from '../flows/ports/decision-store.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { pullRequestForm } from './form/pull-request-form.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

type PullRequestPart = Pick<StoreTransaction, 'savePullRequest' | 'openPullRequestsAt' | 'openPullRequestsInto' | 'openPullRequests' | 'openPullRequestsOfAccount' | 'pullRequestRecord'>;

export function pullRequestTable(session: Session): PullRequestPart {
  return {
    savePullRequest: (record) => save(session, record),
    openPullRequestsAt: (repositoryId, head) => open(session, repositoryId, { column: 'head', value: head }),
    openPullRequestsInto: (repositoryId, baseBranch) => open(session, repositoryId, { column: 'base_branch', value: baseBranch }),
    openPullRequests: (repositoryId) => open(session, repositoryId, null),
    openPullRequestsOfAccount: (accountId, page) => openOfAccount(session, accountId, page),
    pullRequestRecord: (repositoryId, number) => find(session, repositoryId, number),
  };
}

async function save(session: Session, record: PullRequestRecord): Promise<void> {
  const { number, state, head, baseBranch } = record.facts;
  const changed = { account_id: record.repository.account.id, state, head: keyText(head), base_branch: keyText(baseBranch), record: pullRequestForm.write(record) };
  const row = { repository_id: record.repository.id, number, ...changed };
  await session.run(session.database.insertInto('pull_requests').values(row).onConflict((conflict) => conflict.columns(['repository_id', 'number']).doUpdateSet(changed)));
}

async function open(session: Session, repositoryId: number, among: { readonly column: 'head' | 'base_branch'; readonly value: string } | null): Promise<readonly PullRequestRecord[]> {
  const all = session.database.selectFrom('pull_requests').select('record').where('repository_id', '=', repositoryId).where('state', '=', 'open').orderBy('number');
  const rows = await session.rows(among === null ? all : all.where(among.column, '=', keyText(among.value)));
  return rows.map(({ record }) => pullRequestForm.read(record));
}

type AccountPage = Parameters<PullRequestPart['openPullRequestsOfAccount']>[1];

async function openOfAccount(session: Session, accountId: number, { after, limit }: AccountPage): Promise<readonly PullRequestRecord[]> {
  const all = session.database.selectFrom('pull_requests').select('record').where('account_id', '=', accountId).where('state', '=', 'open');
  const rest = after === null ? all : all.where((is) => is(is.refTuple('repository_id', 'number'), '>', is.tuple(after.repository.id, after.facts.number)));
  const rows = await session.rows(rest.orderBy('repository_id').orderBy('number').limit(limit));
  return rows.map(({ record }) => pullRequestForm.read(record));
}

async function find(session: Session, repositoryId: number, number: number): Promise<PullRequestRecord | null> {
  const row = await session.first(session.database.selectFrom('pull_requests').select('record').where('repository_id', '=', repositoryId).where('number', '=', number));
  return row === null ? null : pullRequestForm.read(row.record);
}
