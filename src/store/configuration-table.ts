import type { SeenConfiguration } from '../domain/configuration/seen-configuration.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { configurationForm } from './form/configuration-form.ts';
import type { Session } from './session.ts';

type ConfigurationPart = Pick<StoreTransaction, 'sawConfiguration' | 'seenConfiguration' | 'detachConfiguration'>;

export function configurationTable(session: Session): ConfigurationPart {
  return {
    sawConfiguration: (seen) => save(session, seen),
    async seenConfiguration(accountId, repositoryId) {
      const all = session.database.selectFrom('seen_configurations').select('seen').where('account_id', '=', accountId);
      const row = await session.first(all.where('repository_id', '=', repositoryId ?? organization));
      return row === null ? null : configurationForm.read(row.seen);
    },
    async detachConfiguration(accountId, repositoryId) {
      const gone = session.database.deleteFrom('seen_configurations').where('account_id', '=', accountId).where('repository_id', '=', repositoryId ?? organization);
      return (await session.rows(gone.returning('account_id'))).length > 0;
    },
  };
}

/** In place of a repository id, which GitHub counts from 1: a key can not hold null. */
const organization = 0;

async function save(session: Session, seen: SeenConfiguration): Promise<boolean> {
  const changed = { seen: configurationForm.write(seen) };
  const row = { account_id: seen.account.id, repository_id: seen.repositoryId ?? organization, ...changed };
  const saving = session.database.insertInto('seen_configurations').values(row);
  const saved = saving.onConflict((conflict) => conflict.columns(['account_id', 'repository_id']).doUpdateSet(changed).where('seen_configurations.seen', '<>', changed.seen)).returning('account_id');
  return (await session.rows(saved)).length > 0;
}
