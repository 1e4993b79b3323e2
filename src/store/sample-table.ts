import type { StoreTransaction } from '../flows/ports.ts';
import { sampleForm } from './form/sample-form.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

type SamplePart = Pick<StoreTransaction, 'useToken' | 'recordSample' | 'sampleOf'>;

/** What workflows said of behaviours, and the tokens with which they came: each once. */
export function sampleTable(session: Session): SamplePart {
  const { database } = session;
  return {
    async useToken({ issuer, id, expiresAt }) {
      const row = { issuer_key: keyText(issuer), token_key: keyText(id), expires_at: expiresAt };
      const kept = database.insertInto('used_tokens').values(row).onConflict((conflict) => conflict.doNothing());
      return (await session.rows(kept.returning('token_key'))).length > 0;
    },
    async recordSample(sample) {
      const { repositoryId, behavior, head, receivedAt } = sample;
      const row = { repository_id: repositoryId, behavior_key: keyText(behavior), head_key: keyText(head), received_at: new Date(receivedAt), sample: sampleForm.write(sample) };
      const kept = database.insertInto('behavior_samples').values(row).onConflict((conflict) => conflict.doNothing());
      return (await session.rows(kept.returning('head_key'))).length > 0;
    },
    async sampleOf(repositoryId, behavior, head) {
      const found = database.selectFrom('behavior_samples').select('sample').where('repository_id', '=', repositoryId);
      const row = await session.first(found.where('behavior_key', '=', keyText(behavior)).where('head_key', '=', keyText(head)));
      return row === null ? null : sampleForm.read(row.sample);
    },
  };
}
