import type { Citation, ClaimKind } from '../../../domain/agent-evidence/evidence-document.ts';
import type { CheckCode, ClaimCheck, ClaimVerdict, VerifiedCitation } from '../../../domain/agent-evidence/verified-claim.ts';
import type { Sha } from '../../../domain/tree.ts';
import type { GroundedChange } from '../grounded-change.ts';
import { addressCheck } from './address-check.ts';
import { citedFile } from './cited-file.ts';
import { commitOf, commitStanding } from './cited-commit.ts';
import type { CommitStanding } from './cited-commit.ts';
import { citedPlaces } from './cited-places.ts';
import { verifyQuote } from './verify-quote.ts';
import { verifyRun } from './verify-run.ts';

/** What came of a citation of a claim of this kind. Whatever is missing, refused or not answered, it carries nothing. */
export function verifyCitation(citation: Citation, kind: ClaimKind, change: GroundedChange): VerifiedCitation {
  switch (citation.type) {
    case 'url':
      return carriesNothing(citation, 'unsupported', [addressCheck(citation.path)]);
    case 'package':
      return carriesNothing(citation, 'unsupported', []);
    case 'check_run':
      return verifyRun(citation, kind, change);
    case 'repo':
    case 'commit':
      return verifyInRepository(citation, change);
  }
}

const verdicts = { absent: 'unsupported', own: 'unsupported', unknown: 'unverifiable', unread: 'unverifiable' } as const satisfies Readonly<Record<Exclude<CommitStanding['kind'], 'protected'>, ClaimVerdict>>;

function verifyInRepository(citation: Citation, change: GroundedChange): VerifiedCitation {
  const commit = commitOf(citation, change.snapshot);
  const standing = commitStanding(citation, commit, commit !== null && citedPlaces(change).hasCommit(commit), change);
  if (commit === null || standing.kind === 'absent') return carriesNothing(citation, verdicts.absent, standing.checks);
  if (standing.kind !== 'protected') return carriesNothing(citation, verdicts[standing.kind], standing.checks);
  const { path } = citation;
  if (path === null) return carriesNothing(citation, 'unsupported', [...standing.checks, pathCheck('notice', 'no file is named, and what a commit says of itself is not read')]);
  return verifyFile(citation, { commit, path }, standing.checks, change);
}

function verifyFile(citation: Citation, place: { readonly commit: Sha; readonly path: string }, before: readonly ClaimCheck[], change: GroundedChange): VerifiedCitation {
  const file = citedFile(citation, place, change);
  const checks = [...before, ...file.checks];
  switch (file.kind) {
    case 'absent':
    case 'own':
      return carriesNothing(citation, 'unsupported', checks);
    case 'unknown':
    case 'unreadable':
      return carriesNothing(citation, 'unverifiable', checks);
    case 'other':
      return carriesNothing(citation, 'contradicted', checks);
    case 'text': {
      const { verdict, checks: ofQuote, found, passage } = verifyQuote(citation, place, file, change);
      return { citation, verdict, checks: [...checks, ...ofQuote], found, passage };
    }
  }
}

function carriesNothing(citation: Citation, verdict: ClaimVerdict, checks: readonly ClaimCheck[]): VerifiedCitation {
  return { citation, verdict, checks, found: null, passage: null };
}

function pathCheck(status: ClaimCheck['status'], detail: string): ClaimCheck {
  const code: CheckCode = 'PATH_EXISTS';
  return { code, status, detail };
}
