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
  return filesWithLines(change).flatMap(({ head }) => sideRequest(head) ?? []);
}

/** Lines that a claim is about have to be there once the change is merged. Of what is taken away, and of what is no text, nothing is told. */
export function claimedLineChecks({ changes }: Claim, change: GroundedChange): readonly ClaimCheck[] {
  const counts = countedLines(change);
  return changes.flatMap(({ path, startLine, endLine }): readonly ClaimCheck[] => {
    const counted = counts.get(path);
    if (counted === 'unread' && startLine !== null) return [{ code: 'PATH_EXISTS', status: 'notice', detail: `${quoted(path)} was not read, to tell whether it has the lines: of one change the lines of ${limits.citedFiles} files are counted` }];
    if (counted === undefined || counted === 'unread' || startLine === null || endLine === null) return [];
    if (typeof counted !== 'number') return [{ code: 'LINE_RANGE', status: 'unavailable', detail: `${quoted(path)} could not be read, to tell whether it has lines ${startLine} to ${endLine}: ${counted.why}` }];
    return endLine <= counted ? [] : [{ code: 'LINE_RANGE', status: 'failed', detail: `${quoted(path)} has no lines ${startLine} to ${endLine} in this change, it has ${counted}` }];
  });
}

/** `unread`: so many files are named that this one is not read. */
type CountedLines = ReadonlyMap<string, number | 'unread' | { readonly why: string }>;

const known = new WeakMap<GroundedChange, CountedLines>();

/** Each file is read once, however many claims are about it. */
function countedLines(change: GroundedChange): CountedLines {
  const found = known.get(change);
  if (found !== undefined) return found;
  const made = new Map<string, number | 'unread' | { readonly why: string }>();
  for (const { path } of allWithLines(change)) made.set(path, 'unread');
  for (const { path, head } of filesWithLines(change)) {
    made.delete(path);
    const text = readSide(head, change.evidence);
    if (text.kind === 'unavailable') made.set(path, { why: text.why });
    if (text.kind === 'text') made.set(path, text.text.split('\n').length);
  }
  known.set(change, made);
  return made;
}

/** As many as may be cited. */
function filesWithLines(change: GroundedChange): readonly SnapshotFile[] {
  return allWithLines(change).slice(0, limits.citedFiles);
}

function allWithLines({ documents, snapshot }: GroundedChange): readonly SnapshotFile[] {
  const named = new Set(documents.flatMap(({ claims }) => claims.flatMap(({ changes }) => changes.flatMap(({ path, startLine }) => (startLine === null ? [] : [path])))));
  return changedFiles(snapshot).filter(({ path, head }) => head !== null && named.has(path));
}
