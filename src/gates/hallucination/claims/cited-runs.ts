import type { Citation } from '../../../domain/agent-evidence/evidence-document.ts';
import { leaveToApp } from '../../../domain/left-to-app.ts';
import { limits } from '../../../domain/limits.ts';
import type { RequestOf } from '../../../domain/probe-request.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { Sha } from '../../../domain/tree.ts';
import type { SkippedRule } from '../../../domain/verdict.ts';
import type { GroundedChange } from '../grounded-change.ts';

/** The id that a citation names; null where it is none that GitHub could have given. */
export function runIdOf({ revision }: Pick<Citation, 'revision'>): number | null {
  const id = /^[1-9]\d{0,15}$/.test(revision ?? '') ? Number(revision) : Number.NaN;
  return Number.isSafeInteger(id) ? id : null;
}

export function runRequest(id: number): RequestOf<'check-run'> {
  return { kind: 'check-run', id };
}

const known = new WeakMap<GroundedChange, ReadonlySet<number>>();

/** Of all check runs that are cited for a change those that are asked for: the first ones in the order of the documents. */
export function askedRuns(change: GroundedChange): ReadonlySet<number> {
  const found = known.get(change) ?? new Set([...new Set(citedRuns(change))].slice(0, limits.citedRuns));
  known.set(change, found);
  return found;
}

function citedRuns({ documents }: GroundedChange): readonly number[] {
  const citations = documents.flatMap(({ claims }) => claims.flatMap((claim) => claim.citations));
  return citations.filter(({ type }) => type === 'check_run').flatMap((citation) => runIdOf(citation) ?? []);
}

/** The commit that a check run has to be about: the judged head; of a pull request in a merge group its own, where it is known. */
export function testedHead({ head, change: { members, subject } }: Snapshot): Sha {
  const member = subject.kind === 'pull-request' ? members?.find(({ number }) => number === subject.number) : undefined;
  return member?.head ?? head;
}

/** What the App will ask, told once for all. */
export function leftRuns(change: GroundedChange): readonly SkippedRule[] {
  const left = [...askedRuns(change)].some((id) => {
    const answer = change.evidence.find(runRequest(id));
    return answer?.kind === 'answered' && answer.value.kind === 'left';
  });
  return left ? [{ rule: 'hallucination/citation_missing', why: leaveToApp('GitHub tells what the check runs say that claims cite') }] : [];
}
