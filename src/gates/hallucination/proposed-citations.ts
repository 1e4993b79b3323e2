import type { ClaimCheck, VerifiedCitation, VerifiedClaim } from '../../domain/agent-evidence/verified-claim.ts';
import { limits } from '../../domain/limits.ts';
import { indexText } from '../../domain/retrieval/indexed-text.ts';
import { proposeCitation } from '../../domain/retrieval/propose-citation.ts';
import type { SearchedFile } from '../../domain/retrieval/search-texts.ts';
import { textKindOf } from '../../domain/support/text-kind.ts';
import type { Sha } from '../../domain/tree.ts';
import { commitOf } from './claims/cited-commit.ts';
import { citedPlaces, fileRequest, isOfRepository } from './claims/cited-places.ts';
import { citedText } from './claims/cited-text.ts';
import type { GroundedChange } from './grounded-change.ts';

/**
 * What somebody may have meant to cite instead of what is not there, among the files that are cited for the change and were read: whoever quotes from memory
 * mixes up files. It is told beside the failed check, and changes no verdict.
 */
export function withProposals(verified: VerifiedClaim, change: GroundedChange): VerifiedClaim {
  return { ...verified, citations: verified.citations.map((one) => withProposal(one, change)) };
}

function withProposal(one: VerifiedCitation, change: GroundedChange): VerifiedCitation {
  const { citation, checks } = one;
  const missed = checks.find(isMissed);
  const commit = commitOf(citation, change.snapshot);
  if (missed === undefined || citation.quote === null || commit === null || !isLookedThrough(one, change)) return one;
  const meant = proposeCitation(citation.quote, filesAt(change, commit));
  return meant === null ? one : { ...one, checks: checks.map((check) => (check === missed ? { ...check, nearest: `${meant.path}:${meant.startLine}-${meant.endLine}` } : check)) };
}

const lookedFor = new WeakMap<GroundedChange, Set<VerifiedCitation['citation']>>();

/** Whether it is among the first that are told something: each costs a look through all of the files. */
function isLookedThrough({ citation }: VerifiedCitation, change: GroundedChange): boolean {
  const those = lookedFor.get(change) ?? new Set();
  lookedFor.set(change, those);
  if (those.size < limits.citationHints) those.add(citation);
  return those.has(citation);
}

/** Where the file itself has something near, that is told already. */
function isMissed({ code, status, nearest }: ClaimCheck): boolean {
  return status === 'failed' && nearest === undefined && (code === 'PATH_EXISTS' || code === 'QUOTE_EXACT');
}

/** Characters of all files that are looked through: a hint is worth so much time and no more. */
const mostCharacters = 256 * 1024;

const known = new WeakMap<GroundedChange, Map<Sha, readonly SearchedFile[]>>();

function filesAt(change: GroundedChange, commit: Sha): readonly SearchedFile[] {
  const byCommit = known.get(change) ?? new Map<Sha, readonly SearchedFile[]>();
  known.set(change, byCommit);
  const files = byCommit.get(commit) ?? readAt(change, commit);
  byCommit.set(commit, files);
  return files;
}

function readAt(change: GroundedChange, commit: Sha): readonly SearchedFile[] {
  const { documents, snapshot, evidence } = change;
  const places = citedPlaces(change);
  const citations = documents.flatMap(({ claims }) => claims.flatMap((claim) => claim.citations)).filter((citation) => isOfRepository(citation) && commitOf(citation, snapshot) === commit);
  const files: SearchedFile[] = [];
  let left = mostCharacters;
  for (const path of new Set(citations.flatMap(({ path: named }) => named ?? []))) {
    const answer = places.hasFile(commit, path) ? evidence.find(fileRequest(commit, path)) : undefined;
    const text = answer?.kind === 'answered' ? citedText(answer.value) : null;
    if (text?.kind !== 'text' || text.folded.text.length > left) continue;
    left -= text.folded.text.length;
    files.push({ path, text: indexText(text.lines.join('\n'), textKindOf(path)) });
  }
  return files;
}
