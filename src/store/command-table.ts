import type { StoreTransaction } from '../flows/ports/store.ts';
import type { Session } from './session.ts';

type CommandPart = Pick<StoreTransaction, 'recordCommand' | 'hasCommand' | 'commandsSince' | 'lastCommand'>;

/** Which comments were run as commands: each once. */
export function commandTable(session: Session): CommandPart {
  const { database } = session;
  return {
    async recordCommand({ repositoryId, pullRequest, comment, word, isDone, at }) {
      const row = { repository_id: repositoryId, pull_request: pullRequest, comment_id: comment, word, is_done: isDone, ran_at: new Date(at) };
      const kept = database.insertInto('commands').values(row).onConflict((conflict) => conflict.doNothing());
      return (await session.rows(kept.returning('comment_id'))).length > 0;
    },
    async hasCommand(repositoryId, comment) {
      const found = database.selectFrom('commands').select('comment_id').where('repository_id', '=', repositoryId);
      return (await session.first(found.where('comment_id', '=', comment))) !== null;
    },
    async commandsSince(repositoryId, pullRequest, word, since) {
      const all = database.selectFrom('commands').select('comment_id').where('repository_id', '=', repositoryId).where('pull_request', '=', pullRequest);
      return (await session.rows(all.where('word', '=', word).where('is_done', '=', true).where('ran_at', '>', since))).length;
    },
    async lastCommand(repositoryId, word) {
      const done = database.selectFrom('commands').select('ran_at').where('repository_id', '=', repositoryId).where('word', '=', word).where('is_done', '=', true);
      return (await session.first(done.orderBy('ran_at', 'desc').limit(1)))?.ran_at ?? null;
    },
  };
}
