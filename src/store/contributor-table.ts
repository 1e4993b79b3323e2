import type { Contribution } from '../domain/people/contribution.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

type ContributorPart = Pick<StoreTransaction, 'recordContribution' | 'contributions'>;

export function contributorTable(session: Session): ContributorPart {
  return {
    recordContribution: (contribution) => record(session, contribution),
    contributions: (repositoryId, pullRequest) => read(session, repositoryId, pullRequest),
  };
}

async function record(session: Session, { repositoryId, pullRequest, commit, person, effect }: Contribution): Promise<void> {
  const row = { repository_id: repositoryId, pull_request: pullRequest, commit_sha: keyText(commit), user_id: person.id, login: keyText(person.login), effect_key: keyText(effect) };
  await session.run(session.database.insertInto('contributors').values(row).onConflict((conflict) => conflict.doNothing()));
}

async function read(session: Session, repositoryId: number, pullRequest: number): Promise<readonly Contribution[]> {
  const all = session.database.selectFrom('contributors').select(['commit_sha', 'user_id', 'login', 'effect_key']);
  const rows = await session.rows(all.where('repository_id', '=', repositoryId).where('pull_request', '=', pullRequest).orderBy('position'));
  return rows.map((row) => ({ repositoryId, pullRequest, commit: row.commit_sha, person: { login: row.login, id: Number(row.user_id) }, effect: row.effect_key }));
}
