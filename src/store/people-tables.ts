import type { Digest } from '../domain/digest.ts';
import type { Arrival } from '../domain/people/arrival.ts';
import type { VoteRecord } from '../domain/people/vote-record.ts';
import { pullRequestSubject } from '../domain/subject.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { decisionForm } from './form/decision-form.ts';
import { arrivalForm, isUnnamed, namedVote, voteForm } from './form/people-form.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

type PeoplePart = Pick<StoreTransaction, 'recordArrival' | 'arrivals' | 'recordVote' | 'voteRecords'>;

/** Who brought which head, and what people said: kept once, and for ever. */
export function peopleTables(session: Session): PeoplePart {
  return {
    recordArrival: (arrival) => keepArrival(session, arrival),
    async arrivals(repositoryId, pullRequest) {
      const all = session.database.selectFrom('arrivals').select('arrival').where('repository_id', '=', repositoryId);
      return (await session.rows(all.where('pull_request', '=', pullRequest))).map((row) => arrivalForm.read(row.arrival));
    },
    recordVote: (vote) => keepVote(session, vote),
    voteRecords: (repositoryId, pullRequest) => votesOn(session, repositoryId, pullRequest),
  };
}

async function votesOn(session: Session, repositoryId: number, pullRequest: number): Promise<readonly VoteRecord[]> {
  const all = session.database.selectFrom('votes').select('vote').where('repository_id', '=', repositoryId);
  const votes = (await session.rows(all.where('pull_request', '=', pullRequest))).map((row) => voteForm.read(row.vote));
  const names = votes.some(isUnnamed) ? await heldNames(session, repositoryId, pullRequest) : new Map<Digest, string>();
  return votes.map((vote) => namedVote(vote, names));
}

/** Under which name each binding was held that people could ever say something about. */
async function heldNames(session: Session, repositoryId: number, pullRequest: number): Promise<ReadonlyMap<Digest, string>> {
  const all = session.database.selectFrom('decisions').select('record').where('repository_id', '=', repositoryId);
  const rows = await session.rows(all.where('subject', '=', keyText(pullRequestSubject(pullRequest))));
  return new Map(rows.flatMap((row) => decisionForm.read(row.record).decision.held.map(({ binding, scope }) => [binding, scope] as const)));
}

async function keepArrival(session: Session, arrival: Arrival): Promise<void> {
  const { repositoryId, pullRequest, head, person, action, at } = arrival;
  const row = { repository_id: repositoryId, pull_request: pullRequest, head_key: keyText(head), user_id: person.id, action, at_key: keyText(at), arrival: arrivalForm.write(arrival) };
  await session.run(session.database.insertInto('arrivals').values(row).onConflict((conflict) => conflict.doNothing()));
}

async function keepVote(session: Session, vote: VoteRecord): Promise<boolean> {
  const row = { repository_id: vote.repositoryId, pull_request: vote.pullRequest, source_key: keyText(vote.source), vote: voteForm.write(vote) };
  const kept = session.database.insertInto('votes').values(row).onConflict((conflict) => conflict.doNothing());
  return (await session.rows(kept.returning('source_key'))).length > 0;
}
