import type { Citation } from '../../../domain/agent-evidence/evidence-document.ts';
import { limits } from '../../../domain/limits.ts';
import type { RequestOf } from '../../../domain/probe-request.ts';
import type { Sha } from '../../../domain/tree.ts';
import type { GroundedChange } from '../grounded-change.ts';
import { commitOf } from './cited-commit.ts';
import { objectionToPath } from './cited-path.ts';

/** What of all that is cited for a change is asked for, and how much of it is searched for each quote. */
export interface CitedPlaces {
  hasCommit(commit: Sha): boolean;
  hasFile(commit: Sha, path: string): boolean;
  /** Characters that each quote may be searched in. */
  readonly room: number;
}

export function fileRequest(commit: Sha, path: string): RequestOf<'file-at'> {
  return { kind: 'file-at', commit, path };
}

/** Whether a citation is of a commit or a file of the repository. */
export function isOfRepository({ type }: Pick<Citation, 'type'>): boolean {
  return type === 'repo' || type === 'commit';
}

const known = new WeakMap<GroundedChange, CitedPlaces>();

/** The first ones in the order of the documents, up to the limits: whoever cites more has less verified. */
export function citedPlaces(change: GroundedChange): CitedPlaces {
  const found = known.get(change);
  if (found !== undefined) return found;
  const made = placesOf(change);
  known.set(change, made);
  return made;
}

function placesOf({ documents, snapshot, evidence }: GroundedChange): CitedPlaces {
  const citations = documents.flatMap(({ claims }) => claims.flatMap((claim) => claim.citations)).filter(isOfRepository);
  const own = [snapshot.mergeBase, snapshot.base];
  const cited = new Set(citations.flatMap((citation) => commitOf(citation, snapshot) ?? []));
  const commits = new Set([...own, ...[...cited].filter((commit) => !own.includes(commit)).slice(0, limits.citedCommits)]);
  const files = new Set<string>();
  let bytes = 0;
  for (const citation of citations) {
    const commit = commitOf(citation, snapshot);
    const { path } = citation;
    if (commit === null || path === null || !commits.has(commit) || objectionToPath(path) !== null) continue;
    const key = keyOf(commit, path);
    if (files.has(key) || files.size === limits.citedFiles) continue;
    const answer = evidence.find(fileRequest(commit, path));
    bytes += answer?.kind === 'answered' && answer.value.kind === 'bytes' ? answer.value.bytes.byteLength : 0;
    if (bytes <= limits.citedBytes) files.add(key);
  }
  const quotes = citations.filter(({ quote }) => quote !== null).length;
  return {
    hasCommit: (commit) => commits.has(commit),
    hasFile: (commit, path) => files.has(keyOf(commit, path)),
    room: Math.floor(limits.searchedCharacters / Math.max(quotes, 1)),
  };
}

function keyOf(commit: Sha, path: string): string {
  return `${commit}:${path}`;
}
