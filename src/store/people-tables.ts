import type { Arrival } from '../domain/people/arrival.ts';
import type { VoteRecord } from '../domain/people/vote-record.ts';
import type { StoreTransaction } from '../flows/ports.ts';
import { arrivalForm, voteForm } from './form/people-form.ts';
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
    async voteRecords(repositoryId, pullRequest) {
      const all = session.database.selectFrom('votes').select('vote').where('repository_id', '=', repositoryId);
      return (await session.rows(all.where('pull_request', '=', pullRequest))).map((row) => voteForm.read(row.vote));
    },
  };
}

async function keepArrival(session: Session, arrival: Arrival): Promise<void> {
  const { repositoryId, pullRequest, head, person, action, at } = arrival;
  const row = { repository_id: repositoryId, pull_request: pullRequest, head_key: keyText(head), user_id: person.id, action, at_key: keyText(at), arrival: arrivalForm.write(arrival) };
  await session.run(session.database.insertInto('arrivals').values(row).onConflict((conflict) => conflict.doNothing()));
}

async function keepVote(session: Session, vote: VoteRecord): Promise<void> {
  const row = { repository_id: vote.repositoryId, pull_request: vote.pullRequest, source_key: keyText(vote.source), vote: voteForm.write(vote) };
  await session.run(session.database.insertInto('votes').values(row).onConflict((conflict) => conflict.doNothing()));
}
