import type { Claim } from '../../../domain/agent-evidence/evidence-document.ts';
import type { ClaimCheck } from '../../../domain/agent-evidence/verified-claim.ts';
import { readSide, sideRequest } from '../../../domain/document/read-side.ts';
import { quoted } from '../../../domain/finding.ts';
import { limits } from '../../../domain/limits.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { GroundedChange } from '../grounded-change.ts';

/** The head of changed files of which a claim names lines. */
export function claimedLineRequests(change: GroundedChange): readonly ProbeRequest[] {
  return [...filesWithLines(change).values()].flatMap(({ head }) => sideRequest(head) ?? []);
}

/** Lines that a claim is about have to be there once the change is merged. Of what is taken away, and of what is no text, nothing is told. */
export function claimedLineChecks({ changes }: Claim, change: GroundedChange): readonly ClaimCheck[] {
  const files = filesWithLines(change);
  return changes.flatMap(({ path, startLine, endLine }): readonly ClaimCheck[] => {
    const file = files.get(path);
    if (file === undefined || startLine === null || endLine === null) return [];
    const text = readSide(file.head, change.evidence);
    if (text.kind === 'unavailable') return [{ code: 'LINE_RANGE', status: 'unavailable', detail: `${quoted(path)} could not be read, to tell whether it has lines ${startLine} to ${endLine}: ${text.why}` }];
    const count = text.kind === 'text' ? text.text.split('\n').length : null;
    return count === null || endLine <= count ? [] : [{ code: 'LINE_RANGE', status: 'failed', detail: `${quoted(path)} has no lines ${startLine} to ${endLine} in this change, it has ${count}` }];
  });
}

const known = new WeakMap<GroundedChange, ReadonlyMap<string, SnapshotFile>>();

/** As many as may be cited: of more nothing is told. */
function filesWithLines(change: GroundedChange): ReadonlyMap<string, SnapshotFile> {
  const found = known.get(change);
  if (found !== undefined) return found;
  const named = new Set(change.documents.flatMap(({ claims }) => claims.flatMap(({ changes }) => changes.flatMap(({ path, startLine }) => (startLine === null ? [] : [path])))));
  const made = new Map(changedFiles(change.snapshot).filter(({ path, head }) => head !== null && named.has(path)).slice(0, limits.citedFiles).map((file) => [file.path, file] as const));
  known.set(change, made);
  return made;
}
