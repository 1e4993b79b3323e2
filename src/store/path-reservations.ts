import { sql } from 'kysely';
import type { RemediationKey } from '../domain/remediation/remediation-record.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { plannedPathsForm } from './form/remediation-form.ts';
import { keyText } from './key-text.ts';
import { lockRepository } from './lock-repository.ts';
import type { Session } from './session.ts';

type ReservationPart = Pick<StoreTransaction, 'reservePaths' | 'reservationsOfOthers' | 'endReservation'>;

/** Which paths remediations are about to have open. Numbers are given under the repository's lock, so that they are in the order in which they can be seen. */
export function pathReservations(session: Session): ReservationPart {
  const { database } = session;
  return {
    async reservePaths(key, { paths, newly, since }) {
      await lockRepository(session, key.repositoryId);
      const own = await session.first(ofKey(session, key).select('behavior_key'));
      const others = reservedBesides(session, key.repositoryId, own?.behavior_key ?? '').where((columns) => columns.or([columns('reserves', '=', true), columns('reserved_at', '>', since)]));
      const taken = new Set((await session.rows(others)).flatMap(({ reserved_paths }) => (reserved_paths === null ? [] : plannedPathsForm.read(reserved_paths))));
      if (newly.some((path) => taken.has(path))) return false;
      await session.raw(sql`update remediations set reserved_paths = ${plannedPathsForm.write(paths)}, reserved_at = nextval('remediation_reservations'), reserves = true where repository_id = ${key.repositoryId} and fingerprint = ${key.fingerprint}`);
      return true;
    },
    async reservationsOfOthers(repositoryId, behavior) {
      const newest = await session.first(database.selectFrom('remediations').select(({ fn }) => fn.max('reserved_at').as('newest')).where('repository_id', '=', repositoryId));
      const standing = await session.rows(reservedBesides(session, repositoryId, keyText(behavior)).where('reserves', '=', true));
      return { newest: Number(newest?.newest ?? 0), paths: standing.flatMap(({ reserved_paths }) => (reserved_paths === null ? [] : plannedPathsForm.read(reserved_paths))) };
    },
    async endReservation({ repositoryId, fingerprint }, steps) {
      await session.run(database.updateTable('remediations').set({ reserves: false }).where('repository_id', '=', repositoryId).where('fingerprint', '=', fingerprint).where('steps', '=', steps).where('reserves', '=', true));
    },
  };
}

function ofKey({ database }: Session, { repositoryId, fingerprint }: RemediationKey) {
  return database.selectFrom('remediations').where('repository_id', '=', repositoryId).where('fingerprint', '=', fingerprint);
}

function reservedBesides({ database }: Session, repositoryId: number, behaviorKey: string) {
  return database.selectFrom('remediations').select('reserved_paths').where('repository_id', '=', repositoryId).where('behavior_key', '<>', behaviorKey);
}
