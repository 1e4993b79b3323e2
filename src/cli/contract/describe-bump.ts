import { bumpLevel } from '../../domain/contract/change-class.ts';
import { contractFields, fieldPointer } from '../../domain/contract/contract-field.ts';
import { clip } from '../../render/clip.ts';
import { contractChangeLines } from '../../render/contract-changes.ts';
import { terminalText } from '../../render/escape.ts';
import type { Paint } from '../../render/format-options.ts';
import type { BumpPlan } from './plan-bump.ts';
import type { SignedDocument } from './signed-document.ts';

/** What a bump did and why: the version, the changes that ask for it, and each field that was set. */
export function describeBump(plan: BumpPlan, signed: SignedDocument, { paint, isDryRun }: { readonly paint: Paint; readonly isDryRun: boolean }): string {
  const { contract, from, to, newest, version, changes } = plan;
  const step = newest === null ? `${version}, which had no release before` : `${newest.version} → ${version}`;
  if (signed.edits.length === 0 && to === from) return `${terminalText(`${from.file}: nothing to set: ${contract.contractId} ${step} is a successor already.`)}\n`;
  const head = `${paint.bold(terminalText(to.file))}: ${terminalText(`${contract.contractId} ${step}`)}${reason(plan)}${isDryRun ? ' (nothing was written)' : ''}`;
  const inOrder = signed.edits.toSorted((a, b) => Number(a.value === undefined) - Number(b.value === undefined));
  const set = inOrder.map(({ pointer, value }) => {
    const name = contractFields.find((field) => fieldPointer(plan.set.fields, field) === pointer) ?? pointer;
    return paint.dim(terminalText(value === undefined ? `  ${name} removed: it signed other content` : `  ${name} set to ${clip(typeof value === 'string' ? value : JSON.stringify(value), 80)}`));
  });
  const back = plan.restored !== null && !Buffer.from(plan.bytes).equals(plan.restored) ? [paint.dim(terminalText(`  ${from.file} restored: in versioned paths a released file never changes`))] : [];
  return `${[head, ...contractChangeLines(changes, paint), ...set, ...back].join('\n')}\n`;
}

function reason({ newest, changed, hasSchema, isChosen }: BumpPlan): string {
  if (newest === null) return '';
  const given = changed ?? 'cosmetic';
  if (!hasSchema && isChosen) return ' (without a schema any greater version is enough)';
  const level = bumpLevel(newest.version, given);
  if (!hasSchema && changed !== null) return ` (without a schema any greater version is enough: a ${level} one was taken, as if the change were breaking)`;
  return ` (the change is ${given}: at least a ${level} version)`;
}
