import { editOf } from '../../contract/bump-edits.ts';
import { fieldValue } from '../../contract/contract-field.ts';
import { furthestOf } from '../../contract/reached-lifecycle.ts';
import { editedText } from '../../document/edited-text.ts';
import type { FileStep } from '../playbook-step.ts';
import { contractIn, demandReleased, releaseOf } from '../standing-contract.ts';
import { contractFact, fileAt, templateText, writing } from '../step-world.ts';
import type { StepWorld, Writing } from '../step-world.ts';
import { refusing } from '../unplannable.ts';

/** A file gets back what it is managed by, its mode too, or what was released at its path. */
export function restoreFile(world: StepWorld, { from }: Extract<FileStep, { kind: 'restore-file' }>, path: string): Writing {
  if (from === 'release') return writing(world, path, releasedText(world, path));
  const template = world.facts.drift.differences.find((one) => one.path === path && one.template !== null)?.template ?? null;
  if (template === null) throw refusing({ kind: 'content', path, found: 'no template for it', expected: 'the one that its behaviour names', next: 'Name it in `source.files` of the behaviour; in a dry run give it with --template.' });
  const { text, mode } = templateText(world.facts, template);
  return new Map([[path, { text, mode }]]);
}

/** The recorded content, in the state that the contract has reached: what was halted or deprecated since stays so. */
function releasedText(world: StepWorld, path: string): string {
  const fact = contractFact(world.facts, path);
  const standing = fileAt(world, path);
  const contract = standing === null ? null : contractIn(standing.text, path, fact);
  const release = releaseOf(contract, path, fact) ?? releaseOf(null, path, fact);
  if (release === null) throw refusing({ kind: 'contract', path, found: 'no release at it', expected: 'a contract that was released', next: 'Nothing was released there that could be restored.' });
  const released = demandReleased(release, fact);
  const { fields } = fact;
  const lifecycle = furthestOf(contract?.lifecycle ?? '', furthestOf(release.lifecycle, released.lifecycle));
  const flags = contract === null ? fieldValue(released.document.value, fields, 'emergencyFlags', path) : fieldValue(contract.document.value, fields, 'emergencyFlags', path);
  const edits = (['lifecycle', 'emergencyFlags'] as const).filter((field) => fields[field].kind === 'pointer').map((field) => editOf(fields, field, field === 'lifecycle' ? lifecycle : flags));
  return editedText(release.text, path, edits);
}
