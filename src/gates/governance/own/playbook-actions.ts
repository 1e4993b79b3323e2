import { playbookLoosenings } from '../../../domain/playbook/playbook-loosenings.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { ChangeToDerive, Derived } from '../deriver.ts';
import { readDocumentSide } from '../../../domain/document/document-side.ts';
import { unreadSide } from '../unread-side.ts';
import { looseningActions } from './loosening-actions.ts';
import { ownAction } from './own-action.ts';

/** What a change does to a playbook: that it changes, and each bound of what Plumbline may do by itself that it takes away or moves. A playbook that goes bounds nothing. */
export function playbookActions(change: ChangeToDerive, file: SnapshotFile): Derived {
  const { path } = file;
  const changed = ownAction({ action: 'playbook.change', path, why: `\`${path}\` says what Plumbline may do by itself.`, place: file.head === null ? null : { path, line: 1, column: 1 } });
  const [base, head] = [readDocumentSide(file.base, path, change.evidence), readDocumentSide(file.head, path, change.evidence)];
  if (base.kind === 'unavailable') return { actions: [changed], findings: [unreadSide(path, 'base', base.why)] };
  if (head.kind === 'unavailable') return { actions: [changed], findings: [unreadSide(path, 'head', head.why)] };
  if (base.kind !== 'document' || head.kind !== 'document') return { actions: [changed], findings: [] };
  const loosenings = playbookLoosenings(base.document.value, head.document.value);
  return { actions: [changed, ...looseningActions({ action: 'playbook.change', path, document: head.document, loosenings })], findings: [] };
}
