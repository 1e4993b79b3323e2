import { nameOfAction } from '../../domain/action/action.ts';
import type { Action } from '../../domain/action/action.ts';
import { compareText } from '../../domain/compare-text.ts';
import { digestOfBytes } from '../../domain/digest.ts';
import type { Finding } from '../../domain/finding.ts';
import type { ChangeToDerive } from './deriver.ts';
import { deriversOf } from './derivers-of.ts';
import { plainActions } from './plain-actions.ts';
import { waivedSecrets } from './secrets/waived-secrets.ts';

/** An action with the name by which rules, approvals and readers know it: no two of a change have one name. */
export interface NamedAction extends Action {
  readonly name: string;
}

export interface DerivedActions {
  readonly actions: readonly NamedAction[];
  /** Advice, what could not be told, and secrets that are waived. */
  readonly findings: readonly Finding[];
}

/** Everything that the change does, but for secrets that the base waives. Each changed path takes part in one action at least. */
export function deriveActions(change: ChangeToDerive): DerivedActions {
  const derived = deriversOf(change).map((deriver) => deriver.derive(change));
  const told = (change.evidence.verdicts ?? []).flatMap((verdict) => verdict.actions ?? []);
  const special = [...told, ...derived.flatMap(({ actions }) => actions)];
  const all = named([...special, ...plainActions(change.snapshot, special)]);
  const waived = waivedSecrets(all, change);
  return { actions: all.filter((action) => !waived.has(action)), findings: distinct([...derived.flatMap(({ findings }) => findings), ...waived.values()]) };
}

/** Two derivers may say the same of one file. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [`${one.code} ${one.fingerprint} ${one.line ?? ''} ${one.column ?? ''} ${one.message}`, one])).values()];
}

/** Characters of a name: policies answer for at most 1,024. */
const longestName = 900;

/** In stable order, whatever the order of derivation. Of several with one name the others are numbered. */
function named(actions: readonly Action[]): readonly NamedAction[] {
  const sorted = actions.map((action) => ({ ...action, name: short(nameOfAction(action)) })).toSorted((a, b) => compareText(a.name, b.name) || compareText(JSON.stringify(a), JSON.stringify(b)));
  const seen = new Map<string, number>();
  return sorted.map((action) => {
    const count = (seen.get(action.name) ?? 0) + 1;
    seen.set(action.name, count);
    return count === 1 ? action : { ...action, name: `${action.name} #${count}` };
  });
}

function short(name: string): string {
  return name.length <= longestName ? name : `${name.slice(0, longestName).toWellFormed()}… ${digestOfBytes(name).slice('sha256:'.length, 'sha256:'.length + 16)}`;
}
