import type { Action } from '../../../domain/action/action.ts';
import { canonicalText } from '../../../domain/canonical.ts';
import { defaultBranches } from '../../../domain/configuration/configuration-of.ts';
import { looseningsBetween } from '../../../domain/configuration/loosenings-between.ts';
import { ownGlobsOf } from '../../../domain/configuration/own-paths.ts';
import { readConfiguration } from '../../../domain/configuration/read-configuration.ts';
import type { Document } from '../../../domain/document/document.ts';
import type { JsonObject } from '../../../domain/json-value.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { ChangeToDerive, Derived } from '../deriver.ts';
import { readDocumentSide } from '../../../domain/document/document-side.ts';
import type { DocumentSide } from '../../../domain/document/document-side.ts';
import { sideRequest } from '../../../domain/document/read-side.ts';
import { unreadSide } from '../unread-side.ts';
import { looseningActions, placeAt } from './loosening-actions.ts';
import { looseningAction, ownAction } from './own-action.ts';

/** What a change does to a configuration: that it changes, and each setting that it loosens. */
export function configurationActions(change: ChangeToDerive, file: SnapshotFile): Derived {
  const { path } = file;
  const [base, head] = [readDocumentSide(file.base, path, change.evidence), readDocumentSide(file.head, path, change.evidence)];
  if (base.kind === 'unavailable') return { actions: [changed(path)], findings: [unreadSide(path, 'base', base.why)] };
  if (head.kind === 'unavailable') return { actions: [changed(path)], findings: [unreadSide(path, 'head', head.why)] };
  if (sideRequest(file.head) === null) return { actions: [gone(path)], findings: [] };
  const after = validOf(head, path);
  // What is not valid is refused by the gate of the change, and judges nothing if it lands: the one before it goes on.
  if (head.kind !== 'document' || after === null) return { actions: [changed(path)], findings: [] };
  if (isStale(change, path)) return { actions: [incomparable(path)], findings: [] };
  if (base.kind === 'absent' && isFirst(change)) return { actions: [], findings: [] };
  const before = base.kind === 'absent' ? { version: 1 } : validOf(base, path);
  if (before === null) return { actions: [incomparable(path)], findings: [] };
  return { actions: comparedActions({ path, before, after, document: head.document, branch: change.snapshot.change.baseBranch }), findings: [] };
}

function validOf(side: DocumentSide, path: string): JsonObject | null {
  const reading = side.kind === 'document' ? readConfiguration(side.bytes, path) : null;
  return reading?.kind === 'valid' ? reading.document : null;
}

/** Whether nothing is in force but the configuration of the head itself, as in a preview: there is nothing to loosen yet. */
function isFirst({ snapshot }: ChangeToDerive): boolean {
  const { organization, repository } = snapshot.configuration;
  return organization === null && (repository === null || repository.commit === snapshot.head);
}

/** Whether an older version than that of the base judges: it is not among what was read. */
function isStale({ snapshot }: ChangeToDerive, path: string): boolean {
  return snapshot.configuration.repairs.includes(path);
}

interface ComparedConfigurations {
  readonly path: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly document: Document;
  readonly branch: string;
}

function comparedActions(compared: ComparedConfigurations): readonly Action[] {
  const { path, before, after, document, branch } = compared;
  const loosenings = looseningsBetween(withBranches(before, branch), withBranches(after, branch));
  return [changed(path, namedAnew(before, after)), ...evidenceChange(compared), ...looseningActions({ action: 'config.change', path, document, loosenings })];
}

/** Left out, the default branch is meant. */
function withBranches(document: JsonObject, branch: string): JsonObject {
  return { ...document, branches: document['branches'] ?? defaultBranches(branch) };
}

/** Files that only the head's configuration reads: nobody looked at what stands there already. */
function namedAnew(before: JsonObject, after: JsonObject): JsonObject {
  const known = new Set(ownGlobsOf(before).map(({ kind, glob }) => `${kind} ${glob}`));
  const anew = ownGlobsOf(after).filter(({ kind, glob }) => !known.has(`${kind} ${glob}`));
  return anew.length === 0 ? {} : { names: anew.map(({ kind, glob }) => ({ kind, glob })) };
}

function evidenceChange({ path, before, after, document }: ComparedConfigurations): readonly Action[] {
  const [from, to] = [before['hallucination'] ?? null, after['hallucination'] ?? null];
  if (canonicalText(from) === canonicalText(to)) return [];
  const setting = '/hallucination';
  return [ownAction({ action: 'evidence.config_change', path, setting, why: 'This change configures anew how claims of agents are checked.', evidence: { from, to }, place: placeAt(path, document, setting) })];
}

function changed(path: string, evidence: JsonObject = {}): Action {
  const naming = evidence['names'] === undefined ? '' : ' It names files that were not read before.';
  return ownAction({ action: 'config.change', path, why: `This change configures Plumbline anew.${naming}`, evidence });
}

function gone(path: string): Action {
  return looseningAction({ action: 'config.change', path, why: `Takes \`${path}\` away, and with it what it asks for.`, place: null, remedy: `Keep ${path}.` });
}

function incomparable(path: string): Action {
  const why = `What \`${path}\` has in the base does not judge, since it is not valid: an older version does, and what this change makes of that is not known.`;
  return looseningAction({ action: 'config.change', path, why, remedy: `Mend ${path} in a pull request that changes nothing else: it is held for approvals.` });
}
