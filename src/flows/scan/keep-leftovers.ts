import type { AuditEvent } from '../../audit/entry.ts';
import { isSameLeftover } from '../../domain/leftover/leftover.ts';
import type { Leftover, LeftoverCode } from '../../domain/leftover/leftover.ts';
import { waiverLeftovers } from '../../domain/leftover/waiver-leftovers.ts';
import { unusedDays, whitelistLeftovers } from '../../domain/leftover/whitelist-leftovers.ts';
import { dayOf } from '../../domain/instant.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { Grants } from './read-grants.ts';

/** Of one owner; what is beyond is found once some of these are gone, which it never pushes out. */
const mostLeftovers = 200;

/**
 * Keeps what of an owner's grants is to be cleaned up, and tells the log what of it is new and what is over. A repository and the
 * organisation are looked at in one order by all, so that none waits for another that waits for it.
 * @returns How many are new.
 */
export async function keepLeftovers(transaction: StoreTransaction, repository: RepositoryRef, { grants, now }: { readonly grants: Grants; readonly now: Date }): Promise<number> {
  const owner = { accountId: repository.account.id, repositoryId: grants.repositoryId };
  const before = await transaction.holdLeftovers(owner);
  const uses = await transaction.seeGrants(owner, grants.entries.map(({ grant }) => grant), now);
  const instant = now.toISOString();
  const found = [...whitelistLeftovers(grants.entries, { path: grants.path, uses, now: instant }), ...waiversOf(grants, before, instant)];
  const each = [...new Map(found.map((one) => [`${one.code} ${one.entry}`, one])).values()];
  const isKnown = (one: Leftover): boolean => before.some((other) => isSameLeftover(one, other));
  const kept = new Set([...each.filter(isKnown), ...each.filter((one) => !isKnown(one))].slice(0, mostLeftovers));
  const after = each.filter((one) => kept.has(one));
  const added = after.filter((one) => !isKnown(one));
  const gone = before.filter((one) => !after.some((other) => isSameLeftover(one, other)));
  if (added.length + gone.length > 0) await transaction.saveLeftovers(owner, after);
  for (const one of added) await append(transaction, repository, { grants, leftover: one, outcome: 'found' });
  for (const one of gone) await append(transaction, repository, { grants, leftover: one, outcome: 'over' });
  return added.length;
}

/** Of a file of which it is not known what it says, what was known stands. */
function waiversOf({ waivers }: Grants, before: readonly Leftover[], now: string): readonly Leftover[] {
  const known = before.filter(({ code }) => code === 'waiver/expired');
  return waivers === null ? known : [...waivers].flatMap(([path, some]) => (some === null ? known.filter((one) => one.path === path) : waiverLeftovers(some, path, now)));
}

interface ToldLeftover {
  readonly grants: Grants;
  readonly leftover: Leftover;
  readonly outcome: 'found' | 'over';
}

async function append(transaction: StoreTransaction, repository: RepositoryRef, { grants: { repositoryId }, leftover, outcome }: ToldLeftover): Promise<void> {
  await transaction.append({
    account: repository.account.id,
    repository: repositoryId === null ? null : { id: repositoryId, name: fullNameOf(repository) },
    subject: `entry:${leftover.entry}`,
    event: events[leftover.code],
    actor: 'system',
    rationale: wordsOf(leftover),
    outcome,
    payload: { ...leftover },
  });
}

const events = { 'whitelist/expired': 'whitelist.expired', 'whitelist/unused': 'whitelist.unused', 'waiver/expired': 'waiver.expired' } as const satisfies Readonly<Record<LeftoverCode, AuditEvent>>;

function wordsOf({ code, since }: Leftover): string {
  switch (code) {
    case 'whitelist/expired':
    case 'waiver/expired':
      return `it ended at ${since}`;
    case 'whitelist/unused':
      return `it matched nothing in ${unusedDays} days, nor since ${dayOf(since)}`;
  }
}
