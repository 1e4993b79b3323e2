import type { Evidence } from '../../domain/evidence.ts';
import { finding, quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { waitForRetry } from '../../domain/wait-for-retry.ts';

/**
 * Says that a gate before could not tell what the change does: its actions are not all known, so that nothing passes without them.
 * @param told Paths of which that is said already.
 */
export function untoldActions(evidence: Evidence, told: ReadonlySet<string | null>): readonly Finding[] {
  return (evidence.verdicts ?? []).flatMap(({ gate, untold = [], findings }) => {
    const [path, ...others] = untold.filter((one) => !told.has(one));
    // A gate that broke told nothing at all.
    const isBroken = findings.some(({ code }) => code === 'engine/failed' || code === 'engine/unsettled');
    if (path === undefined && !isBroken) return [];
    const what = path === undefined ? 'this change' : `the change of ${quoted(path)}${others.length === 0 ? '' : ` and ${others.length} more`}`;
    const found = isBroken ? `the ${gate} gate broke` : `the ${gate} gate lacks an answer`;
    return [finding({ code: 'snapshot/unreadable', ...(path === undefined ? {} : { path }), subject: gate, message: `Cannot tell what ${what} does: ${found}.`, expected: 'every action of the change', found, next: waitForRetry })];
  });
}
