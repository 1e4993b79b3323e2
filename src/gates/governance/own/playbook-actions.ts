import type { Action } from '../../../domain/action/action.ts';
import { canonicalText } from '../../../domain/canonical.ts';
import { member } from '../../../domain/configuration/member.ts';
import type { Document } from '../../../domain/document/document.ts';
import { pointerBelow } from '../../../domain/document/pointer.ts';
import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../../domain/json-value.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { ChangeToDerive, Derived } from '../deriver.ts';
import { readDocumentSide } from '../../../domain/document/document-side.ts';
import { unreadSide } from '../unread-side.ts';
import { looseningAction, ownAction } from './own-action.ts';

/** What a change does to a playbook: that it changes, and each bound that it takes away or moves. A playbook that goes bounds nothing. */
export function playbookActions(change: ChangeToDerive, file: SnapshotFile): Derived {
  const { path } = file;
  const changed = ownAction({ action: 'playbook.change', path, why: `\`${path}\` says what Plumbline may do by itself.`, place: file.head === null ? null : { path, line: 1, column: 1 } });
  const [base, head] = [readDocumentSide(file.base, path, change.evidence), readDocumentSide(file.head, path, change.evidence)];
  if (base.kind === 'unavailable') return { actions: [changed], findings: [unreadSide(path, 'base', base.why)] };
  if (head.kind === 'unavailable') return { actions: [changed], findings: [unreadSide(path, 'head', head.why)] };
  if (base.kind !== 'document' || head.kind !== 'document') return { actions: [changed], findings: [] };
  const [before, after] = [boundsOf(base.document), boundsOf(head.document)];
  const loosened = Object.keys(before).filter((name) => isLooser(before[name] ?? null, Object.hasOwn(after, name) ? (after[name] ?? null) : null));
  return { actions: [changed, ...loosened.map((name) => looser({ path, document: head.document, name, from: before[name] ?? null, to: after[name] ?? null }))], findings: [] };
}

function boundsOf({ value }: Document): JsonObject {
  return isJsonObject(value) ? member.object(value, 'bounds') : {};
}

/** Less of what is allowed is stricter; what is not a number has no order. */
function isLooser(from: JsonValue, to: JsonValue): boolean {
  if (canonicalText(from) === canonicalText(to)) return false;
  return typeof from !== 'number' || typeof to !== 'number' || to > from;
}

interface Bound {
  readonly path: string;
  readonly document: Document;
  readonly name: string;
  readonly from: JsonValue;
  readonly to: JsonValue;
}

function looser({ path, document, name, from, to }: Bound): Action {
  const setting = pointerBelow('/bounds', name);
  const { line, column } = document.positionOf(setting);
  return looseningAction({ action: 'playbook.change', path, setting, why: `Loosens the bound \`${name}\` of \`${path}\`.`, evidence: { from, to }, place: { path, line, column }, remedy: `Leave \`bounds.${name}\` as it is.` });
}
