import type { Citation } from '../../../domain/agent-evidence/evidence-document.ts';
import type { ClaimCheck } from '../../../domain/agent-evidence/verified-claim.ts';
import { digestOfBytes } from '../../../domain/digest.ts';
import { quoted } from '../../../domain/finding.ts';
import { limits } from '../../../domain/limits.ts';
import type { Sha } from '../../../domain/tree.ts';
import type { GroundedChange } from '../grounded-change.ts';
import { objectionToPath } from './cited-path.ts';
import { citedPlaces, fileRequest } from './cited-places.ts';
import { citedText } from './cited-text.ts';
import type { CitedText } from './cited-text.ts';
import { isEvidenceItself, isOwnText } from './own-lines.ts';

/**
 * What stands where a citation points. `own`: only the change has it. `other`: a file with other content than the citation says.
 * `unreadable`: no retry could tell. `unknown`: one may.
 */
export type CitedFile = (Extract<CitedText, { kind: 'text' }> | { readonly kind: 'absent' | 'own' | 'other' | 'unreadable' | 'unknown' }) & { readonly checks: readonly ClaimCheck[] };

export function citedFile(citation: Citation, { commit, path }: { readonly commit: Sha; readonly path: string }, change: GroundedChange): CitedFile {
  const objection = objectionToPath(path);
  if (objection !== null) return { kind: 'absent', checks: [exists('failed', objection)] };
  if (isEvidenceItself(path, change)) return { kind: 'own', checks: [own(`${quoted(path)} is evidence of an agent: what was claimed before proves nothing`)] };
  const places = citedPlaces(change);
  if (!places.hasFile(commit, path)) return { kind: 'unreadable', checks: [exists('notice', `${quoted(path)} was not read: the claims about one change may cite ${limits.citedFiles} files of ${limits.citedBytes} bytes together`)] };
  const answer = change.evidence.find(fileRequest(commit, path));
  if (answer?.kind !== 'answered') return { kind: 'unknown', checks: [exists('unavailable', `${quoted(path)} could not be read at ${commit.slice(0, 12)}: ${answer?.why ?? 'it was not asked'}`)] };
  const text = citedText(answer.value);
  if (text.kind === 'absent') return absentFile(citation, { commit, path, why: text.why, room: places.room }, change);
  return withHash(citation, text, exists('passed', `${quoted(path)} is there at ${commit.slice(0, 12)}`), path);
}

function absentFile(citation: Citation, { commit, path, why, room }: { readonly commit: Sha; readonly path: string; readonly why: string; readonly room: number }, change: GroundedChange): CitedFile {
  switch (isOwnText(citation, commit, change, room)) {
    case true:
      return { kind: 'own', checks: [own(`only this change brings ${quoted(path)}`)] };
    case false:
      return { kind: 'absent', checks: [exists('failed', `${quoted(path)} at ${commit.slice(0, 12)}: ${why}`)] };
    case null:
      return { kind: 'unknown', checks: [exists('unavailable', `${quoted(path)} could not be read at the head, to tell whether the change cites itself`)] };
  }
}

function withHash({ contentHash }: Citation, text: Exclude<CitedText, { kind: 'absent' }>, before: ClaimCheck, path: string): CitedFile {
  const hash = hashChecks(contentHash, text.bytes);
  const checks = [before, ...hash];
  if (hash.some(({ status }) => status === 'failed')) return { kind: 'other', checks };
  if (text.kind === 'text') return { ...text, checks };
  return { kind: 'unreadable', checks: [exists('notice', `no text can be looked for in ${quoted(path)}: ${text.why}`), ...hash] };
}

/** Of the bytes of the whole file. Of one that is too large to read nobody can tell. */
function hashChecks(contentHash: Citation['contentHash'], bytes: Uint8Array | null): readonly ClaimCheck[] {
  if (contentHash === null || bytes === null) return [];
  const found = digestOfBytes(bytes);
  return [found === contentHash ? { code: 'HASH_MATCH', status: 'passed', detail: 'the file has the stated content' } : { code: 'HASH_MATCH', status: 'failed', detail: `the file has the content ${found}, stated is ${contentHash}` }];
}

function exists(status: ClaimCheck['status'], detail: string): ClaimCheck {
  return { code: 'PATH_EXISTS', status, detail };
}

function own(detail: string): ClaimCheck {
  return { code: 'SELF_CITED', status: 'failed', detail };
}
