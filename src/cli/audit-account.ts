import { Failure } from '../domain/failure.ts';
import type { AuditReader } from '../flows/ports/audit-log.ts';

/** The account whose log is meant: the named one, or the only one there is. */
export async function pickAccount(audit: AuditReader, wanted: number | null): Promise<number> {
  const accounts = await audit.accounts();
  if (wanted !== null) {
    if (accounts.includes(wanted)) return wanted;
    throw new Failure('NOT_FOUND', `Cannot find the log of account ${wanted}: the store has ${listOf(accounts)}. Name one of these.`);
  }
  const [only, ...others] = accounts;
  if (only !== undefined && others.length === 0) return only;
  if (only === undefined) throw new Failure('NOT_FOUND', 'Cannot find a log: the store has none yet.');
  throw new Failure('USAGE', `Cannot choose a log: the store has ${listOf(accounts)}. Name one with --account.`);
}

function listOf(accounts: readonly number[]): string {
  return accounts.length === 0 ? 'no log yet' : `logs of accounts ${accounts.slice(0, 20).join(', ')}${accounts.length > 20 ? ', …' : ''}`;
}
