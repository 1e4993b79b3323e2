import type { Citation } from '../../../domain/agent-evidence/evidence-document.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import type { GroundedChange } from '../grounded-change.ts';
import { commitOf, protectionRequest } from './cited-commit.ts';
import { objectionToPath } from './cited-path.ts';
import { citedPlaces, fileRequest, isOfRepository } from './cited-places.ts';
import { askedRuns, runIdOf, runRequest } from './cited-runs.ts';
import { isEvidenceItself, headRequest } from './own-lines.ts';

/**
 * What has to be asked to verify a citation. Nothing is read at a commit that is not known to be protected, but at the merge base and the
 * base, which are read for the change anyway.
 */
export function citationRequests(citation: Citation, change: GroundedChange): readonly ProbeRequest[] {
  if (citation.type === 'check_run') return runRequests(citation, change);
  const { snapshot, evidence } = change;
  const commit = commitOf(citation, snapshot);
  const places = citedPlaces(change);
  if (!isOfRepository(citation) || commit === null || !places.hasCommit(commit)) return [];
  const protection = protectionRequest(commit, snapshot);
  const { path } = citation;
  if (path === null || objectionToPath(path) !== null || isEvidenceItself(path, change) || !places.hasFile(commit, path)) return [protection];
  const answer = evidence.find(protection);
  const isRead = commit === snapshot.mergeBase || commit === snapshot.base || (answer?.kind === 'answered' && answer.value === 'protected');
  if (!isRead) return [protection];
  const head = citation.quote === null ? null : headRequest(citation, commit, change);
  return [protection, fileRequest(commit, path), ...(head === null ? [] : [head])];
}

function runRequests(citation: Citation, change: GroundedChange): readonly ProbeRequest[] {
  const id = runIdOf(citation);
  return id === null || !askedRuns(change).has(id) ? [] : [runRequest(id)];
}
