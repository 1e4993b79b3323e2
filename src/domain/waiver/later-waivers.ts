import { canBeLowered, isAbout } from '../apply-waivers.ts';
import type { Finding } from '../finding.ts';
import { daysAfter } from '../instant.ts';
import { limits } from '../limits.ts';
import type { Waiver } from './waiver.ts';

/** The instants (ISO 8601) at which waivers that end too late now begin to silence some of these findings. */
export function beginningsOf(later: readonly Waiver[], findings: readonly Finding[]): readonly string[] {
  const open = Map.groupBy(findings.filter((one) => canBeLowered(one)), ({ fingerprint }) => fingerprint);
  return later.filter((waiver) => (open.get(waiver.fingerprint) ?? []).some((one) => isAbout(waiver, one))).map(({ until }) => daysAfter(until, -limits.waiverDays));
}
