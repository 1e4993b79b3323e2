import type { AuditWatch } from './ports/audit-watch.ts';

/**
 * How many entries of a log were sealed when it was verified or anchored last, as the store remembers it; 0: never. Read it before the
 * checkpoints: another replica may seal and anchor meanwhile.
 */
export async function knownSealed(watch: Pick<AuditWatch, 'anchored' | 'selfAudit'>, account: number): Promise<number> {
  const anchored = (await watch.anchored(account)).map(({ size }) => size);
  return Math.max(0, (await watch.selfAudit(account))?.sealed ?? 0, ...anchored);
}
