import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ContractSet } from '../../src/domain/configuration/configuration.ts';
import { findBuiltinSchema } from '../../src/domain/contract/builtin-schemas.ts';
import { policyChecksumOf } from '../../src/domain/contract/policy-checksum.ts';
import { furthestOf } from '../../src/domain/contract/reached-lifecycle.ts';
import { compareVersions } from '../../src/domain/contract/version.ts';
import { readDocument } from '../../src/domain/document/read-document.ts';
import type { JsonValue } from '../../src/domain/json-value.ts';
import type { MeasuredDrift } from '../../src/domain/playbook/measured-drift.ts';
import type { Planning } from '../../src/domain/playbook/plan.ts';
import { planOf } from '../../src/domain/playbook/plan-of.ts';
import type { Playbook } from '../../src/domain/playbook/playbook.ts';
import { factsAbout } from '../../src/domain/playbook/playbook-facts.ts';
import type { CommitFact, ContractFact, FactRequest, FileFact, PlaybookFacts, ReleasedVersion } from '../../src/domain/playbook/playbook-facts.ts';
import { readPlaybook } from '../../src/domain/playbook/read-playbook.ts';
import { contractIn } from '../../src/domain/playbook/standing-contract.ts';
import { plainFields } from './a-configuration.ts';

const folder = join(import.meta.dirname, '..', '..', 'playbooks');

type Files = ReadonlyMap<string, string | null>;

/** A repository in memory: commits of one branch, oldest first. Contracts are the files below `contracts/`. */
export interface MemoryRepository {
  readonly history: readonly Files[];
  readonly layout?: ContractSet['layout'];
  readonly isSigned?: boolean;
  readonly others?: ReadonlyMap<string, FileFact>;
  /** Of its contracts. */
  readonly schemas?: readonly JsonValue[];
}

/** Plans as a caller does: with each fact that is asked for, and no other. */
export function planIn(repository: MemoryRepository, playbook: Playbook, drift: MeasuredDrift, now = '2027-01-01T00:00:00Z', plan: (facts: PlaybookFacts) => Planning = (facts) => planOf(playbook, facts)): Planning {
  let facts = factsAbout(drift, now, false);
  for (let round = 0; round < 10; round += 1) {
    const planning = plan(facts);
    if (planning.kind !== 'unread') return planning;
    facts = planning.wanted.reduce((before, wanted) => withFact(before, wanted, repository), facts);
  }
  throw new Error('still asks for facts after ten rounds');
}

/** The name of a commit in memory. */
export function commitName(index: number): string {
  return String(index).padStart(40, '0');
}

function withFact(facts: PlaybookFacts, wanted: FactRequest, repository: MemoryRepository): PlaybookFacts {
  const last = repository.history.length - 1;
  switch (wanted.kind) {
    case 'file':
      return { ...facts, files: new Map([...facts.files, [wanted.path, fileFact(repository, wanted.path, last)]]) };
    case 'template':
      return { ...facts, templates: new Map([...facts.templates, [wanted.template, fileFact(repository, wanted.template, last)]]) };
    case 'contract':
      return { ...facts, contracts: new Map([...facts.contracts, [wanted.path, contractFact(repository, wanted.path)]]) };
    case 'commit':
      return { ...facts, commits: new Map([...facts.commits, [wanted.commit, commitFact(repository, Number(wanted.commit))]]) };
  }
}

function fileFact({ history, others }: MemoryRepository, path: string, upTo: number): FileFact {
  const other = others?.get(path);
  if (other !== undefined) return other;
  const text = history.slice(0, upTo + 1).findLast((files) => files.has(path))?.get(path) ?? null;
  return text === null ? { kind: 'absent' } : { kind: 'file', text, mode: '100644' };
}

function contractFact(repository: MemoryRepository, path: string): ContractFact | null {
  if (!path.startsWith('contracts/')) return null;
  const { history, layout = 'in-place' } = repository;
  const configuration = history.flatMap((files) => [...files.values()]).find((text) => text?.includes('signatures: required') === true);
  const fact: ContractFact = { fields: plainFields, layout, isSigned: repository.isSigned ?? configuration !== undefined, releases: [], policyChecksum: policyChecksumOf([]), schemas: repository.schemas ?? schemasIn(history) };
  const versions = new Map<string, ReleasedVersion>();
  for (const [file, text] of history.flatMap((files) => [...files])) {
    const contract = text === null || !file.startsWith('contracts/') ? null : contractIn(text, file, fact);
    if (contract === null || text === null || contract.lifecycle === 'draft') continue;
    const name = `${contract.contractId} ${contract.key}`;
    const known = versions.get(name);
    versions.set(name, known === undefined ? { contractId: contract.contractId, version: contract.version, contentHash: contract.contentHash, lifecycle: contract.lifecycle, path: file, text } : { ...known, lifecycle: furthestOf(known.lifecycle, contract.lifecycle) });
  }
  const ids = new Set([...versions.values()].filter((one) => one.path === path).map(({ contractId }) => contractId));
  const releases = [...versions.values()].filter(({ contractId }) => ids.has(contractId) || layout === 'versioned').toSorted((a, b) => compareVersions(a.version, b.version));
  return { ...fact, releases };
}

/** What comes with Plumbline, where the configuration names it. */
function schemasIn(history: MemoryRepository['history']): readonly JsonValue[] {
  const builtin = findBuiltinSchema('workspace-contract/v2');
  const isNamed = history.some((files) => files.get('.github/plumbline.yml')?.includes('builtin:workspace-contract/v2') === true);
  return isNamed && builtin !== undefined ? [builtin] : [];
}

function commitFact(repository: MemoryRepository, index: number): CommitFact {
  const files = repository.history[index];
  if (files === undefined) return { kind: 'unknown' };
  return { kind: 'changes', files: [...files.keys()].map((path) => ({ path, before: fileFact(repository, path, index - 1), after: fileFact(repository, path, index) })) };
}

/** Those that come with Plumbline, by id. */
export function shippedPlaybooks(): ReadonlyMap<string, Playbook> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return new Map(files.map((name) => [name.replace(/\.yaml$/, ''), playbookFrom(readFileSync(join(folder, name), 'utf8'), name)]));
}

export function playbookFrom(text: string, name = 'playbook.yaml'): Playbook {
  const reading = readDocument(new TextEncoder().encode(text), 'yaml');
  if (reading.kind === 'problem') throw new Error(`${name}: line ${reading.problem.position.line}: ${reading.problem.message}`);
  const read = readPlaybook(reading.document);
  if (read.kind === 'invalid') throw new Error(read.problems.map(({ line, message }) => `${name}:${line}: ${message}`).join('\n'));
  return read.playbook;
}
