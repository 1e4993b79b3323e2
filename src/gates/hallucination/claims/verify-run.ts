import type { FoundRun } from '../../../domain/agent-evidence/check-run-answer.ts';
import type { Citation, ClaimKind } from '../../../domain/agent-evidence/evidence-document.ts';
import type { ClaimCheck, ClaimVerdict, VerifiedCitation } from '../../../domain/agent-evidence/verified-claim.ts';
import { quoted } from '../../../domain/finding.ts';
import type { GroundedChange } from '../grounded-change.ts';
import { askedRuns, runIdOf, runRequest, testedHead } from './cited-runs.ts';
import { changedDefinition } from './defines-checks.ts';

type Verified = Pick<VerifiedCitation, 'verdict' | 'checks' | 'run'>;

/**
 * What came of a cited check run. It carries a claim about a result of tests and no other, where it is of the judged head, ended well, and neither we nor this change
 * say what it does. That it is there is looked up for every claim.
 */
export function verifyRun(citation: Citation, kind: ClaimKind, change: GroundedChange): VerifiedCitation {
  return { citation, found: null, passage: null, ...verified(citation, kind, change) };
}

function verified(citation: Citation, kind: ClaimKind, change: GroundedChange): Verified {
  const { revision } = citation;
  if (revision === null) return { verdict: 'unsupported', checks: [exists('notice', 'no check run is named, expected its id')] };
  const id = runIdOf(citation);
  if (id === null) return { verdict: 'unsupported', checks: [exists('failed', `${quoted(revision)} is no id of a check run, expected a number as it stands in its address`)] };
  if (!askedRuns(change).has(id)) return { verdict: 'unverifiable', checks: [exists('notice', `the check run ${id} was not looked up: the claims about one change may cite fewer of them`)] };
  const answer = change.evidence.find(runRequest(id));
  if (answer?.kind !== 'answered') return { verdict: 'unverifiable', checks: [exists('unavailable', `it could not be told whether there is a check run ${id}: ${answer?.why ?? 'it was not asked'}`)] };
  switch (answer.value.kind) {
    case 'left':
      // That is told once for all.
      return { verdict: 'unverifiable', checks: [] };
    case 'absent':
      return { verdict: 'unsupported', checks: [exists('failed', `the repository has no check run ${id}`)] };
    case 'refused':
      return { verdict: 'error', checks: [exists('error', `GitHub does not let the check run ${id} be read: ${answer.value.why}`)] };
    case 'found':
      return { ...judged({ ...answer.value.run, id }, citation.role, { kind, change }), run: { id, name: answer.value.run.name, conclusion: answer.value.run.conclusion } };
  }
}

type NamedRun = FoundRun & { readonly id: number };

function judged(run: NamedRun, role: Citation['role'], { kind, change }: { readonly kind: ClaimKind; readonly change: GroundedChange }): Verified {
  const there = exists('passed', `the repository has the check run ${run.id}`);
  if (kind !== 'test_result' || role === 'context') return { verdict: 'unsupported', checks: [there] };
  const [commit, maker, result] = [commitCheck(run, change), makerCheck(run, change), resultCheck(run)];
  // What is said of another commit, or by us, is neither waited for nor held against it.
  const passedOver = [commit, maker].find(({ status }) => status === 'failed');
  if (passedOver !== undefined) return { verdict: 'unsupported', checks: [there, passedOver] };
  return { verdict: verdictOf(maker, result, role), checks: [there, commit, maker, result] };
}

function commitCheck(run: NamedRun, { snapshot }: GroundedChange): ClaimCheck {
  const wanted = testedHead(snapshot);
  if (run.head === wanted) return { code: 'RUN_COMMIT', status: 'passed', detail: `${named(run)} is about ${wanted.slice(0, 12)}` };
  return { code: 'RUN_COMMIT', status: 'failed', detail: `${named(run)} is about ${run.head.slice(0, 12)}, expected one about ${wanted.slice(0, 12)}, which is judged: it says nothing about this change as it is now` };
}

/** Who says what it does: what we post is what we judge, and what the change writes, the change says of itself. */
function makerCheck(run: NamedRun, { snapshot }: GroundedChange): ClaimCheck {
  if (run.app === null) return { code: 'RUN_MAKER', status: 'notice', detail: `nobody can tell what made ${named(run)}: its App is gone` };
  if (run.app.isOwn) return { code: 'RUN_MAKER', status: 'failed', detail: `${named(run)} is one of Plumbline's own: it says what is judged here, and proves nothing` };
  const definition = changedDefinition(snapshot);
  if (definition !== null) return { code: 'RUN_MAKER', status: 'notice', detail: `${named(run)} proves nothing by itself: this change edits ${quoted(definition)}, which may say what checks of it do` };
  return { code: 'RUN_MAKER', status: 'passed', detail: `${quoted(run.app.slug)} made it` };
}

function resultCheck(run: NamedRun): ClaimCheck {
  if (run.conclusion === null) return { code: 'RUN_RESULT', status: 'unavailable', detail: `${named(run)} has not ended: it is ${quoted(run.status)}` };
  return { code: 'RUN_RESULT', status: run.conclusion === 'success' ? 'passed' : 'failed', detail: `${named(run)} ended in ${quoted(run.conclusion)}` };
}

/** A run that failed contradicts the claim, whoever says what it does. */
function verdictOf(maker: ClaimCheck, result: ClaimCheck, role: Citation['role']): ClaimVerdict {
  if (result.status === 'unavailable') return 'unverifiable';
  if (result.status === 'failed') return 'contradicted';
  if (role === 'contradicts') return 'unsupported';
  return maker.status === 'passed' ? 'verified' : 'unverifiable';
}

function named({ id, name }: NamedRun): string {
  return `the check run ${id}, ${quoted(name)},`;
}

function exists(status: ClaimCheck['status'], detail: string): ClaimCheck {
  return { code: 'RUN_EXISTS', status, detail };
}
