import { bumpEdits } from '../contract/bump-edits.ts';
import { strictestClass } from '../contract/change-class.ts';
import type { BumpLevel, ChangeClass } from '../contract/change-class.ts';
import { contentChanges } from '../contract/content-changes.ts';
import { contractPromise } from '../contract/contract-content.ts';
import { fieldValue } from '../contract/contract-field.ts';
import type { Contract } from '../contract/contract.ts';
import { nextPaths } from '../contract/next-path.ts';
import type { DocumentEdit } from '../document/edit-document.ts';
import { editedText } from '../document/edited-text.ts';
import type { ContractFact, ReleasedVersion } from './playbook-facts.ts';
import { demandReleased, releasesOf } from './standing-contract.ts';
import { contractFactOrNull, fileAt, textOf, writing } from './step-world.ts';
import type { StepWorld, Writing } from './step-world.ts';
import { refusing } from './unplannable.ts';

export interface NextVersion {
  readonly path: string;
  readonly fact: ContractFact;
  /** The text that becomes the new version, and the contract in it. */
  readonly text: string;
  readonly contract: Contract;
  readonly level: BumpLevel | null;
  /** Edits beside those that make it a successor. */
  readonly beside?: readonly DocumentEdit[];
}

/**
 * Writes a contract as the successor of its newest release, unsigned. Its version says what changes by the schemas of its sets, as the gate
 * asks for; where none says anything every difference counts as breaking: rather more than less. In versioned paths it goes beside the newest one, which stays as it was released.
 */
export function writeNextVersion(world: StepWorld, { path, fact, text, contract, level, beside = [] }: NextVersion): Writing {
  const newest = releasesOf(contract, fact).at(-1) ?? null;
  const released = newest === null ? null : demandReleased(newest, fact);
  const bump = bumpEdits({
    document: contract.document.value,
    fields: fact.fields,
    path,
    newest: newest === null || released === null ? null : { ...newest, signature: fieldValue(released.document.value, fact.fields, 'signature', newest.path) },
    changed: released === null ? 'cosmetic' : classBetween(released, contract, fact),
    level,
    policyChecksum: fact.policyChecksum,
    isActive: newest !== null,
  });
  switch (bump.kind) {
    case 'too-small':
      throw refusing({ kind: 'contract', path, found: `a change that asks for ${bump.needed}`, expected: `one for which ${bump.version} is enough`, next: 'Leave `level` out of the step.' });
    case 'impossible':
      throw refusing({ kind: 'contract', path, found: bump.found, expected: bump.expected, next: 'Change `fields` of the contract set, or release by hand.' });
    case 'edits': {
      const edits = [...bump.edits, ...beside];
      const written = editedText(text, path, edits);
      return placed(world, { path, fact, written, version: bump.version, newest });
    }
  }
}

function classBetween(before: Contract, after: Contract, { fields, schemas }: ContractFact): ChangeClass {
  const changes = contentChanges(contractPromise(before.document.value, fields), contractPromise(after.document.value, fields), ...schemas);
  return strictestClass(changes.map((one) => one.class)) ?? 'cosmetic';
}

interface Placing {
  readonly path: string;
  readonly fact: ContractFact;
  readonly written: string;
  readonly version: string;
  readonly newest: ReleasedVersion | null;
}

function placed(world: StepWorld, { path, fact, written, version, newest }: Placing): Writing {
  if (fact.layout === 'in-place' || newest === null) return writing(world, path, written);
  const to = nextPaths(newest.path, version).find((one) => fileAt(world, one) === null && contractFactOrNull(world.facts, one) !== null);
  if (to === undefined) throw refusing({ kind: 'contract', path, found: `no free name for ${version} beside ${newest.path}`, expected: 'one that a contract set covers', next: 'Release it by hand.' });
  const base = world.facts.files.get(path);
  const before = base === undefined ? null : textOf(base, path);
  return new Map([...writing(world, to, written), ...(before === null ? [] : writing(world, path, before.text))]);
}
