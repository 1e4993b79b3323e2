import { sql } from 'kysely';
import { Failure } from '../domain/failure.ts';
import type { Effect } from '../domain/effect.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { PendingEffect } from '../flows/ports/pending-effect.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { effectDigest, effectName } from './effect-digest.ts';
import { effectForm } from './form/effect-form.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

type EffectPart = Pick<StoreTransaction, 'request' | 'pendingEffects' | 'stalledGroups' | 'markAttempted' | 'markPerformed' | 'markAbandoned' | 'performedEffect'>;

export function effectTable(session: Session, now: () => Date): EffectPart {
  return {
    async request(effects, repository, evaluation) {
      for (const { effect, group } of effects) await request(session, { effect, group, repository, evaluation, now: now() });
    },
    pendingEffects: (repositoryId, group) => pending(session, repositoryId, group),
    stalledGroups: (before) => stalled(session, before),
    markAttempted: (key) => mark(session, key, sql`attempted = true`),
    markPerformed: (key, externalId, revision) =>
      mark(session, key, sql`external_id = ${externalId}, attempted = false,
        state = case when revision = ${revision} then 'performed' else state end,
        performed_digest = case when revision = ${revision} then digest else '' end, changed_at = ${now()}`),
    markAbandoned: (key, why, revision) =>
      mark(session, key, sql`state = case when revision = ${revision} then 'abandoned' else state end, why = ${keyText(why)}, changed_at = ${now()}`),
    performedEffect: (key) => performed(session, key),
  };
}

interface Wanted {
  readonly effect: Effect;
  readonly group: string;
  readonly repository: RepositoryRef;
  readonly evaluation: string;
  readonly now: Date;
}

/** A wanted state that is there already, or waits as it is, stays; any other starts anew under the next revision. */
async function request(session: Session, wanted: Wanted): Promise<void> {
  await dropUnopened(session, wanted);
  const { effect, group, repository, evaluation, now } = wanted;
  const written = effectForm.write({ effect, repository, group });
  await session.raw(sql`
    insert into effects (key, repository_id, group_key, name, evaluation, effect, digest, state, changed_at)
    values (${keyText(effect.key)}, ${repository.id}, ${keyText(group)}, ${keyText(effectName(effect))}, ${evaluation}, ${written}, ${effectDigest(effect)}, 'pending', ${now})
    on conflict (key) do update set
      position = excluded.position, repository_id = excluded.repository_id, group_key = excluded.group_key, name = excluded.name, evaluation = excluded.evaluation,
      effect = excluded.effect, digest = excluded.digest, state = 'pending', why = null, changed_at = excluded.changed_at,
      attempted = effects.attempted and effects.external_id is null, revision = effects.revision + 1
    where not (effects.state = 'performed' and effects.performed_digest is not distinct from excluded.digest)
      and not (effects.state = 'pending' and effects.digest = excluded.digest)`);
}

/** What an older evaluation wanted under the same name and never began is not worth a write any more. */
async function dropUnopened(session: Session, { effect, group, repository, evaluation }: Wanted): Promise<void> {
  const older = session.database.updateTable('effects').set({ state: 'dropped' }).where('repository_id', '=', repository.id).where('group_key', '=', keyText(group));
  const unopened = older.where('state', '=', 'pending').where('external_id', 'is', null).where('attempted', '=', false);
  await session.run(unopened.where('name', '=', keyText(effectName(effect))).where('evaluation', '<>', evaluation));
}

async function pending(session: Session, repositoryId: number, group: string): Promise<readonly PendingEffect[]> {
  const all = session.database.selectFrom('effects').select(['effect', 'evaluation', 'attempted', 'external_id', 'revision']).where('state', '=', 'pending');
  const rows = await session.rows(all.where('repository_id', '=', repositoryId).where('group_key', '=', keyText(group)).orderBy('position'));
  return rows.map(({ effect, evaluation, attempted, external_id, revision }) => {
    const requested = effectForm.read(effect);
    return { ...requested, evaluation, attempted, externalId: external_id === null ? null : Number(external_id), revision };
  });
}

async function stalled(session: Session, before: Date): Promise<readonly { readonly repository: RepositoryRef; readonly group: string }[]> {
  const rows = await session.raw(sql<{ readonly effect: string }>`
    select effect from (
      select distinct on (repository_id, group_key) effect, position from effects
      where state = 'pending' and changed_at < ${before} order by repository_id, group_key, position
    ) oldest order by position`);
  return rows.map(({ effect }) => effectForm.read(effect)).map(({ repository, group }) => ({ repository, group }));
}

async function mark(session: Session, key: string, changes: ReturnType<typeof sql>): Promise<void> {
  const rows = await session.raw(sql`update effects set ${changes} where key = ${keyText(key)} returning key`);
  if (rows.length === 0) throw new Failure('STORE_INCONSISTENT', `Cannot mark effect "${key}": it was never requested.`);
}

async function performed(session: Session, key: string): Promise<{ readonly externalId: number; readonly bodyDigest: string } | null> {
  const row = await session.first(session.database.selectFrom('effects').select(['external_id', 'performed_digest']).where('key', '=', keyText(key)));
  if (row === null || row.external_id === null || row.performed_digest === null) return null;
  return { externalId: Number(row.external_id), bodyDigest: row.performed_digest };
}
