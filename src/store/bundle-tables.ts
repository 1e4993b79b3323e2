import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { BundleRequest, KeptBundle, MadeBundle } from '../domain/bundle-request.ts';
import type { Digest } from '../domain/digest.ts';
import type { BundleStore } from '../flows/ports/bundle-store.ts';
import { bundleProgressForm } from './form/bundle-progress-form.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';
import type { Tables } from './table.ts';

/** The bundles that were asked for, and their files. */
export function bundleTables(session: Session): BundleStore {
  const { database } = session;
  return {
    askBundle: (request) => askBundle(session, request),
    bundleRequest: (account, id) => bundleRequest(session, account, { id }),
    async openBundleRequests(account) {
      const open = database.selectFrom('audit_bundle_requests').select('id').where('account_id', '=', account).where('state', 'in', ['waiting', 'assembling']);
      return (await session.rows(open)).length;
    },
    waitingBundles: async () => (await session.rows(database.selectFrom('audit_bundle_requests').selectAll().where('state', 'in', ['waiting', 'assembling']).orderBy('asked_at').orderBy('id'))).map(requestIn),
    tellBundle: (account, id, progress) => session.run(database.updateTable('audit_bundle_requests').set({ state: progress.state, progress: bundleProgressForm.write(progress) }).where('account_id', '=', account).where('id', '=', id)),
    keepBundle: ({ account, id, file, entries, madeAt }) => session.run(database.insertInto('audit_bundles').values({ account_id: account, id, file, entries, made_at: madeAt }).onConflict((conflict) => conflict.doNothing())),
    keptBundle: (account, id) => keptBundle(session, account, id),
    madeBundle: (account, id) => madeBundle(session, account, id),
  };
}

async function askBundle(session: Session, request: BundleRequest): Promise<BundleRequest> {
  const { id, account, subject, key, question, askedAt, progress } = request;
  const row = { id, account_id: account, subject: JSON.stringify(subject), subject_key: keyText(subject), idempotency_key: key === null ? null : keyText(key), question, state: progress.state, progress: bundleProgressForm.write(progress), asked_at: askedAt };
  const kept = await session.rows(session.database.insertInto('audit_bundle_requests').values(row).onConflict((conflict) => conflict.doNothing()).returning('id'));
  if (kept.length > 0 || key === null) return request;
  return (await bundleRequest(session, account, { subject, key })) ?? request;
}

async function bundleRequest(session: Session, account: number, wanted: { readonly id: string } | { readonly subject: string; readonly key: string }): Promise<BundleRequest | null> {
  const all = session.database.selectFrom('audit_bundle_requests').selectAll().where('account_id', '=', account);
  const those = 'id' in wanted ? all.where('id', '=', wanted.id) : all.where('subject_key', '=', keyText(wanted.subject)).where('idempotency_key', '=', keyText(wanted.key));
  const row = await session.first(those);
  return row === null ? null : requestIn(row);
}

function requestIn({ id, account_id, subject, idempotency_key, question, asked_at, progress }: Selectable<Tables['audit_bundle_requests']>): BundleRequest {
  const by: unknown = JSON.parse(subject);
  return { id, account: Number(account_id), subject: typeof by === 'string' ? by : '', key: idempotency_key, question, askedAt: asked_at, progress: bundleProgressForm.read(progress) };
}

async function keptBundle(session: Session, account: number, id: Digest): Promise<KeptBundle | null> {
  const row = await session.first(session.database.selectFrom('audit_bundles').select(['file', 'entries', 'made_at']).where('account_id', '=', account).where('id', '=', id));
  return row === null ? null : { account, id, file: row.file, entries: Number(row.entries), madeAt: row.made_at };
}

async function madeBundle(session: Session, account: number, id: Digest): Promise<MadeBundle | null> {
  const kept = session.database.selectFrom('audit_bundles').select(['entries', 'made_at', sql<number>`length(file)`.as('bytes')]).where('account_id', '=', account).where('id', '=', id);
  const row = await session.first(kept);
  return row === null ? null : { account, id, bytes: row.bytes, entries: Number(row.entries), madeAt: row.made_at };
}
