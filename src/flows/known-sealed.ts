import type { AnchorState, AuditWatch, SelfAudit } from './ports/audit-watch.ts';

/**
 * How many entries of a log were sealed when it was verified or anchored last, as the store remembers it; 0: never. Read it before the
 * checkpoints: another replica may seal and anchor meanwhile.
 */
export async function knownSealed(watch: Pick<AuditWatch, 'anchored' | 'selfAudit'>, account: number): Promise<number> {
  return sealedAsKnown({ anchors: await watch.anchored(account), selfAudit: await watch.selfAudit(account) });
}

export function sealedAsKnown({ anchors, selfAudit }: { readonly anchors: readonly Pick<AnchorState, 'size'>[]; readonly selfAudit: Pick<SelfAudit, 'sealed'> | null }): number {
  return Math.max(0, selfAudit?.sealed ?? 0, ...anchors.map(({ size }) => size));
}
