import { sql } from 'kysely';
import type { BehaviorSample } from '../domain/sample/behavior-sample.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { sampleForm } from './form/sample-form.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

type SamplePart = Pick<StoreTransaction, 'useToken' | 'recordSample' | 'sampleBytes' | 'forgetSamples' | 'sampleOf'>;

/** What workflows said of behaviours, and the tokens with which they came: each once. */
export function sampleTable(session: Session): SamplePart {
  const { database } = session;
  return {
    async useToken({ issuer, id, expiresAt }) {
      const row = { issuer_key: keyText(issuer), token_key: keyText(id), expires_at: expiresAt };
      const kept = database.insertInto('used_tokens').values(row).onConflict((conflict) => conflict.doNothing());
      return (await session.rows(kept.returning('token_key'))).length > 0;
    },
    async recordSample(sample, instead) {
      if (instead !== null) await forget(session, instead);
      const text = sampleForm.write(sample);
      const { repositoryId, behavior, head, baseBranch, receivedAt } = sample;
      const row = { repository_id: repositoryId, behavior_key: keyText(behavior), head_key: keyText(head), base_key: keyText(baseBranch), received_at: new Date(receivedAt), sample: text, bytes: Buffer.byteLength(text) };
      const kept = database.insertInto('behavior_samples').values(row).onConflict((conflict) => conflict.doNothing());
      return (await session.rows(kept.returning('head_key'))).length > 0;
    },
    async sampleBytes(repositoryId, head) {
      const found = database.selectFrom('behavior_samples').where('repository_id', '=', repositoryId).where('head_key', '=', keyText(head));
      const row = await session.first(found.select(({ fn }) => fn.sum<string | number | null>('bytes').as('bytes')));
      return Number(row?.bytes ?? 0);
    },
    async forgetSamples(repositoryId, { beyond }) {
      await session.raw(sql`delete from behavior_samples where ctid in (
        select ctid from (select ctid, sum(bytes) over (order by received_at desc, ctid) as total from behavior_samples where repository_id = ${repositoryId}) sized where total > ${beyond})`);
    },
    async sampleOf(repositoryId, behavior, { head, baseBranch }) {
      const found = database.selectFrom('behavior_samples').select('sample').where('repository_id', '=', repositoryId);
      const row = await session.first(found.where('behavior_key', '=', keyText(behavior)).where('head_key', '=', keyText(head)).where('base_key', '=', keyText(baseBranch)));
      return row === null ? null : sampleForm.read(row.sample);
    },
  };
}

/** This one alone: what came meanwhile in its place stands. */
async function forget(session: Session, { repositoryId, behavior, head, baseBranch, receivedAt }: BehaviorSample): Promise<void> {
  const gone = session.database.deleteFrom('behavior_samples').where('repository_id', '=', repositoryId).where('behavior_key', '=', keyText(behavior));
  await session.run(gone.where('head_key', '=', keyText(head)).where('base_key', '=', keyText(baseBranch)).where('received_at', '=', new Date(receivedAt)));
}
