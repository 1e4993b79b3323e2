import type { TestContext } from 'node:test';
import type { Claim } from '../../../../src/domain/agent-evidence/evidence-document.ts';
import type { VerifiedClaim } from '../../../../src/domain/agent-evidence/verified-claim.ts';
import { Evidence } from '../../../../src/domain/evidence.ts';
import { limits } from '../../../../src/domain/limits.ts';
import type { Snapshot, SnapshotFile } from '../../../../src/domain/snapshot.ts';
import type { Sha, Tree } from '../../../../src/domain/tree.ts';
import { emptyRecord } from '../../../../src/flows/empty-record.ts';
import type { ObjectSource } from '../../../../src/flows/ports/object-source.ts';
import type { Prober } from '../../../../src/flows/ports/prober.ts';
import { claimRequests, verifyClaim } from '../../../../src/gates/hallucination/claims/verify-claim.ts';
import type { GroundedChange } from '../../../../src/gates/hallucination/grounded-change.ts';
import { openLocalRepository } from '../../../../src/probes/local-git/local-repository.ts';
import { createProber } from '../../../../src/probes/prober.ts';
import { aConfiguration } from '../../../builders/a-configuration.ts';
import { documentOf } from '../../../builders/a-cited-claim.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';

export interface CitingChange {
  readonly directory: string;
  readonly base: Sha;
  readonly head: Sha;
  readonly branch?: string;
}

/** Verifies claims about a change of a repository on this disk, through the real probes. */
export async function claimsOn(context: TestContext, change: CitingChange, claims: readonly Claim[]): Promise<readonly VerifiedClaim[]> {
  const objects = await openLocalRepository(change.directory);
  context.after(async () => await objects.close());
  const validator = { validate: async () => [], prepare: () => {}, compare: async () => [], close: async () => {} };
  const prober = createProber({ objects, releases: emptyRecord, validator });
  return await settledClaims(prober, await snapshotOf(objects, change), claims);
}

/** Asks until nothing new is asked, as `judge` does. @param verified Those of the claims that are then verified. */
export async function settledClaims(prober: Pick<Prober, 'answer'>, snapshot: Snapshot, claims: readonly Claim[], verified: readonly Claim[] = claims): Promise<readonly VerifiedClaim[]> {
  const documents = [documentOf(claims)];
  const changeWith = (evidence: Evidence): GroundedChange => ({ snapshot, configuration: aConfiguration({ document: { hallucination: { agents: [{ login: '*[bot]' }] } } }), evidence, documents });
  let evidence = new Evidence();
  for (let round = 0; ; round += 1) {
    const known = changeWith(evidence);
    const requests = claims.flatMap((claim) => claimRequests(claim, known)).filter((request) => !evidence.has(request));
    if (requests.length === 0) return verified.map((claim) => verifyClaim(claim, known));
    if (round === limits.probeRounds) throw new Error('the claims do not settle');
    evidence = await prober.answer(requests, evidence);
  }
}

async function snapshotOf(objects: ObjectSource, { base, head, branch = 'main' }: CitingChange): Promise<Snapshot> {
  const mergeBase = await objects.mergeBase(base, head);
  const [from, at, to] = await Promise.all([mergeBase, base, head].map(async (commit) => await objects.tree(commit)));
  const paths = [...new Set([from, to].flatMap((tree) => tree?.entries.map(({ path }) => path) ?? []))];
  const files = paths.map((path): SnapshotFile => ({ path, mergeBase: sideOf(from, path), base: sideOf(at, path), head: sideOf(to, path), changed: sideOf(from, path)?.blob !== sideOf(to, path)?.blob, roles: [] })).filter(({ changed }) => changed);
  return aSnapshot({ mergeBase, base, head, files, change: { subject: { kind: 'range' }, author: 'agent[bot]', title: 'Change', draft: false, fork: false, baseBranch: branch } });
}

function sideOf(tree: Tree | undefined, path: string): SnapshotFile['head'] {
  const entry = tree?.entries.find((one) => one.path === path);
  return entry === undefined ? null : { mode: entry.mode, blob: entry.blob, size: entry.size };
}
