import { sql } from 'kysely';
import type { SelectQueryBuilder } from 'kysely';
import { isDigest } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import { Failure } from '../domain/failure.ts';
import type { Leftover } from '../domain/leftover/leftover.ts';
import { mostGapDays } from '../domain/whitelist/grant-use.ts';
import type { GrantOwner, GrantUse } from '../domain/whitelist/grant-use.ts';
import type { MatchedPull } from '../flows/ports/leftover-store.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { leftoverForm } from './form/leftover-form.ts';
import { inChunks } from './in-chunks.ts';
import type { Session } from './session.ts';
import type { Tables } from './table.ts';

type LeftoverPart = Pick<StoreTransaction, 'seeGrants' | 'recordMatches' | 'saveOpenMatches' | 'addOpenMatches' | 'recordOpenMatches' | 'holdLeftovers' | 'saveLeftovers' | 'leftoversOf'>;

/** What whitelists matched, and what is to be cleaned up. */
export function leftoverTables(session: Session): LeftoverPart {
  return {
    seeGrants: (owner, grants, now) => seeGrants(session, owner, { grants: [...new Set(grants)], now }),
    async recordMatches(accountId, grants, now) {
      for (const chunk of inChunks([...new Set(grants)], 1_000)) await recordMatches(session, accountId, { grants: chunk, now });
    },
    async saveOpenMatches(pull, grants) {
      await session.run(session.database.deleteFrom('open_matches').where('repository_id', '=', pull.repository.id).where('number', '=', pull.number));
      await addOpenMatches(session, pull, [...new Set(grants)]);
    },
    addOpenMatches: (pull, grants) => addOpenMatches(session, pull, [...new Set(grants)]),
    async recordOpenMatches(accountId, now) {
      const resting = session.database.selectFrom('open_matches').innerJoin('pull_requests', (on) => on.onRef('pull_requests.repository_id', '=', 'open_matches.repository_id').onRef('pull_requests.number', '=', 'open_matches.number'));
      await recordMatches(session, accountId, { grants: resting.select('grant_digest').where('open_matches.account_id', '=', accountId).where('state', '=', 'open'), now });
    },
    async holdLeftovers(owner) {
      await session.raw(sql`select pg_advisory_xact_lock(hashtextextended(${`plumbline leftovers ${owner.accountId} ${idOf(owner)}`}, 0))`);
      const row = await session.first(session.database.selectFrom('leftovers').select('leftovers').where('account_id', '=', owner.accountId).where('repository_id', '=', idOf(owner)));
      return row === null ? [] : leftoverForm.read(row.leftovers);
    },
    saveLeftovers: (owner, leftovers) => save(session, owner, leftovers),
    async leftoversOf(accountId) {
      const rows = await session.rows(session.database.selectFrom('leftovers').select(['repository_id', 'leftovers']).where('account_id', '=', accountId).orderBy('repository_id'));
      return rows.map((row) => ({ repositoryId: Number(row.repository_id) === organization ? null : Number(row.repository_id), leftovers: leftoverForm.read(row.leftovers) }));
    },
  };
}

/** A repository that is gone, with what it let whom do. */
export async function forgetGrants(session: Session, repositoryId: number): Promise<void> {
  await session.run(session.database.deleteFrom('whitelist_uses').where('repository_id', '=', repositoryId));
  await session.run(session.database.deleteFrom('open_matches').where('repository_id', '=', repositoryId));
  await session.run(session.database.deleteFrom('leftovers').where('repository_id', '=', repositoryId));
}

/** In place of a repository id, which GitHub counts from 1: a key can not hold null. */
const organization = 0;

function idOf({ repositoryId }: GrantOwner): number {
  return repositoryId ?? organization;
}

async function seeGrants(session: Session, owner: GrantOwner, { grants, now }: { readonly grants: readonly Digest[]; readonly now: Date }): Promise<readonly GrantUse[]> {
  const { database } = session;
  const [account_id, repository_id] = [owner.accountId, idOf(owner)];
  const gap = new Date(now.getTime() - mostGapDays * 86_400_000);
  const rows = await session.rows(database.selectFrom('whitelist_uses').select(['grant_digest', 'known_since', 'seen_at', 'matched_at']).where('account_id', '=', account_id).where('repository_id', '=', repository_id));
  const known = new Map(rows.map((row) => [digestIn(row.grant_digest), row]));
  const seen = grants.map((grant) => {
    const row = known.get(grant);
    return { grant, knownSince: row === undefined || row.seen_at < gap ? now : row.known_since, matchedAt: row?.matched_at ?? null };
  });
  const wanted = new Set(grants);
  for (const chunk of inChunks([...known.keys()].filter((grant) => !wanted.has(grant)), 1_000)) await session.run(database.deleteFrom('whitelist_uses').where('account_id', '=', account_id).where('grant_digest', 'in', chunk));
  for (const chunk of inChunks(seen, 1_000)) {
    const values = chunk.map(({ grant, knownSince }) => ({ account_id, repository_id, grant_digest: grant, known_since: knownSince, seen_at: now, matched_at: null }));
    const changed = database.insertInto('whitelist_uses').values(values).onConflict((conflict) => conflict.columns(['account_id', 'grant_digest']).doUpdateSet((row) => ({ known_since: row.ref('excluded.known_since'), seen_at: row.ref('excluded.seen_at') })));
    await session.run(changed);
  }
  return seen.map(({ grant, knownSince, matchedAt }) => ({ grant, knownSince: knownSince.toISOString(), matchedAt: matchedAt?.toISOString() ?? null }));
}

async function addOpenMatches(session: Session, { repository, number }: MatchedPull, grants: readonly Digest[]): Promise<void> {
  const rows = grants.map((grant) => ({ repository_id: repository.id, number, grant_digest: grant, account_id: repository.account.id }));
  for (const chunk of inChunks(rows, 1_000)) await session.run(session.database.insertInto('open_matches').values(chunk).onConflict((conflict) => conflict.doNothing()));
}

interface Matches {
  /** Or a question for them. */
  readonly grants: readonly Digest[] | SelectQueryBuilder<Tables, 'open_matches' | 'pull_requests', { grant_digest: string }>;
  readonly now: Date;
}

/** Rows are held in one order: two decisions at once would else wait for each other. Most find nothing to write. */
async function recordMatches(session: Session, accountId: number, { grants, now }: Matches): Promise<void> {
  const { database } = session;
  const dayAgo = new Date(now.getTime() - 86_400_000);
  const stale = database.selectFrom('whitelist_uses').select('grant_digest').where('account_id', '=', accountId).where('grant_digest', 'in', grants).where((row) => row.or([row('matched_at', 'is', null), row('matched_at', '<', dayAgo)]));
  const held = await session.rows(stale.orderBy('grant_digest').forUpdate());
  if (held.length > 0) await session.run(database.updateTable('whitelist_uses').set({ matched_at: now }).where('account_id', '=', accountId).where('grant_digest', 'in', held.map((row) => row.grant_digest)));
}

async function save(session: Session, owner: GrantOwner, leftovers: readonly Leftover[]): Promise<void> {
  const [account_id, repository_id] = [owner.accountId, idOf(owner)];
  const { database } = session;
  if (leftovers.length === 0) return session.run(database.deleteFrom('leftovers').where('account_id', '=', account_id).where('repository_id', '=', repository_id));
  const changed = { leftovers: leftoverForm.write(leftovers) };
  await session.run(database.insertInto('leftovers').values({ account_id, repository_id, ...changed }).onConflict((conflict) => conflict.columns(['account_id', 'repository_id']).doUpdateSet(changed)));
}

function digestIn(text: string): Digest {
  if (isDigest(text)) return text;
  throw new Failure('STORE_INCONSISTENT', `Cannot read the use of a whitelist from the store: "${text.slice(0, 80)}" is no digest. Its row was written by another version or by hand.`);
}
