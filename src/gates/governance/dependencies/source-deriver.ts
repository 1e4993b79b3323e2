import type { Evidence } from '../../../domain/evidence.ts';
import type { FileSide } from '../../../domain/tree.ts';
import type { ChangeToDerive, Derived, Deriver } from '../deriver.ts';
import { readSide, sideRequest } from '../../../domain/document/read-side.ts';
import { unreadSide } from '../unread-side.ts';
import { UnreadDependencies } from '../../../domain/dependency/dependency.ts';
import { readSettings } from '../../../domain/dependency/read-settings.ts';
import { settingsFileOf } from '../../../domain/dependency/settings-file.ts';
import type { SettingsFormat } from '../../../domain/dependency/settings-file.ts';
import { anySource, sourceActions } from './source-actions.ts';
import type { SourceSettings } from '../../../domain/dependency/source-settings.ts';
import { touchedFiles } from '../../../domain/dependency/touched-files.ts';
import type { TouchedFile } from '../../../domain/dependency/touched-files.ts';

/** Settings of package managers that say where packages come from, and how that is checked. */
export const sourceDeriver: Deriver = {
  name: 'package sources',
  plan: ({ snapshot }) => touchedFiles(snapshot, settingsFileOf).flatMap(({ file, isOver }) => (isOver ? [] : [file.base, file.head].flatMap((side) => sideRequest(side) ?? []))),
  derive(change) {
    const parts = touchedFiles(change.snapshot, settingsFileOf).map((one) => deriveFile(one, change));
    return { actions: parts.flatMap(({ actions }) => actions), findings: parts.flatMap(({ findings }) => findings) };
  },
};

function deriveFile({ file, kind, isOver }: TouchedFile<SettingsFormat>, { evidence }: ChangeToDerive): Derived {
  const { path } = file;
  if (isOver) return { actions: [anySource(path, 'the settings of this change are over the limit together')], findings: [] };
  const [before, head] = [settingsAt(file.base, kind, evidence), settingsAt(file.head, kind, evidence)];
  if (before.kind === 'unavailable') return { actions: [], findings: [unreadSide(path, 'base', before.why)] };
  if (head.kind === 'unavailable') return { actions: [], findings: [unreadSide(path, 'head', head.why)] };
  if (head.kind !== 'settings') return { actions: [anySource(path, head.why)], findings: [] };
  return { actions: sourceActions(path, before.kind === 'settings' ? before.settings : new Map(), head.settings, file.head === null), findings: [] };
}

type SideSettings = { readonly kind: 'settings'; readonly settings: SourceSettings } | { readonly kind: 'unread' | 'unavailable'; readonly why: string };

/** The libraries throw errors of their own, which may quote the text: they are not told. */
function settingsAt(side: FileSide | null, format: SettingsFormat, evidence: Evidence): SideSettings {
  const text = readSide(side, evidence, 'without byte order mark');
  if (text.kind === 'absent') return { kind: 'settings', settings: new Map() };
  if (text.kind === 'unavailable') return text;
  if (text.kind === 'unreadable') return { kind: 'unread', why: text.why };
  try {
    return { kind: 'settings', settings: readSettings(text.text, format) };
  } catch (thrown) {
    return { kind: 'unread', why: thrown instanceof UnreadDependencies ? thrown.message : 'it is no file of its kind' };
  }
}
