import type { Action } from '../../../domain/action/action.ts';
import type { LooseningOfBase } from '../../../domain/configuration/loosenings-between.ts';
import type { Document } from '../../../domain/document/document.ts';
import { quoted } from '../../../domain/finding.ts';
import type { JsonValue } from '../../../domain/json-value.ts';
import { limits } from '../../../domain/limits.ts';
import { looseningAction } from './own-action.ts';
import type { OwnAction } from './own-action.ts';

/** What is loosened in one of Plumbline's own files. */
export interface LoosenedFile {
  readonly action: OwnAction['action'];
  readonly path: string;
  /** At the head. */
  readonly document: Document;
  readonly loosenings: readonly LooseningOfBase[];
}

/** An action for each loosened setting. Of very many the last one that is told stands for the rest. */
export function looseningActions(file: LoosenedFile): readonly Action[] {
  const shown = file.loosenings.slice(0, limits.loosenings);
  const rest = file.loosenings.length - shown.length;
  return shown.map((one, index) => looseningOf(file, one, index === shown.length - 1 ? rest : 0));
}

function looseningOf({ action, path, document }: LoosenedFile, { pointer, near, from, to }: LooseningOfBase, rest: number): Action {
  const key = pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
  const others = rest === 0 ? '' : ` So are ${rest} more settings that are not listed.`;
  return looseningAction({
    action,
    path,
    setting: pointer,
    why: `\`${key}\` is loosened: ${shownValue(from)} becomes ${shownValue(to)}.${others}`,
    evidence: rest === 0 ? { from, to } : { from, to, rest },
    place: placeAt(path, document, near),
    remedy: `Leave \`${key}\` as it is, or make it stricter.`,
  });
}

function shownValue(value: JsonValue): string {
  if (value === null) return 'nothing';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return quoted(typeof value === 'string' ? value : JSON.stringify(value));
}

export function placeAt(path: string, document: Document, pointer: string): Action['place'] {
  const { line, column } = document.positionOf(pointer);
  return { path, line, column };
}
