import type { JsonObject } from '../../../src/domain/json-value.ts';
import type { Vote } from '../../../src/domain/people/vote.ts';
import type { Snapshot } from '../../../src/domain/snapshot.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { governanceGate } from '../../../src/gates/governance/governance-gate.ts';
import { aFile } from '../../builders/a-file.ts';
import type { FileInput } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import type { SnapshotInput } from '../../builders/a-snapshot.ts';
import { judgeWith } from '../../builders/evidence-of.ts';
import type { World } from '../../builders/evidence-of.ts';

export interface GovernedChange extends World {
  /** By path. Left out: `infra/a.tf` changes, which is `infra.change`. */
  readonly files?: Readonly<Record<string, Omit<FileInput, 'path'>>>;
  /** Tier of `infra.change`, which any path below `infra/` is. Left out: 3. */
  readonly tier?: number;
  /** Of the section `governance`, beside the action. */
  readonly governance?: JsonObject;
  readonly snapshot?: SnapshotInput;
}

export function governedSnapshot({ files = { 'infra/a.tf': { base: 'one', head: 'two' } }, tier = 3, governance = {}, snapshot = {} }: GovernedChange): Snapshot {
  const document = { version: 1, governance: { actions: [{ action: 'infra.change', tier, paths: ['infra/**'] }], ...governance } };
  const contents = Object.entries(files).map(([path, input]) => aFile({ path, roles: [], ...input }));
  return aSnapshot({ files: contents, configured: { document }, ...snapshot });
}

/** What governance says of a change of `infra/a.tf` by `author`, unless told otherwise. */
export function govern(change: GovernedChange): Verdict {
  return judgeWith(governanceGate, governedSnapshot(change), { contents: ['one', 'two'], ...change });
}

/** `severity code`, sorted. */
export function told({ findings }: Verdict): readonly string[] {
  return findings.map((one) => `${one.severity} ${one.code}`).toSorted();
}

export function anEntry(entry: JsonObject = {}): JsonObject {
  return { action: 'infra.change', actors: ['user:author'], until: '2026-12-01', owner: 'team:platform', reason: 'owns it', ...entry };
}

/** A yes of a person to the judged head. */
export function aVote(login: string, vote: Partial<Vote> = {}): Vote {
  return { login, id: null, kind: 'human', answer: 'approve', reason: null, door: 'comment', pullRequest: 7, target: { kind: 'head', scope: 'all', sha: null }, at: '2026-11-20T11:00:00Z', ...vote };
}
