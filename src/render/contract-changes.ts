import type { ChangeClass } from '../domain/contract/change-class.ts';
import type { ContentChange } from '../domain/contract/content-changes.ts';
import type { JsonValue } from '../domain/json-value.ts';
import { clip } from './clip.ts';
import { count } from './count.ts';
import { terminalText } from './escape.ts';
import type { Paint } from './format-options.ts';

/** Lines that a list of changes may take; a program reads JSON. */
const mostShown = 200;

/** One line a change, in columns: what happened, where, the values, and its class. */
export function contractChangeLines(changes: readonly ContentChange[], paint: Paint): readonly string[] {
  const shown = changes.slice(0, mostShown).map((change) => ({ change, pointer: clip(terminalText(change.pointer === '' ? '(all of it)' : change.pointer), 60) }));
  const widest = Math.max(0, ...shown.map(({ pointer }) => pointer.length));
  const lines = shown.map(({ change, pointer }) => `  ${sign(change, paint)} ${classWord(change.class, paint, 'cosmetic'.length)}  ${pointer.padEnd(widest)}  ${values(change, paint)}`.trimEnd());
  return changes.length > mostShown ? [...lines, `  and ${count(changes.length - mostShown, 'change')} more`] : lines;
}

/** A class in its colour, padded to a width. */
export function classWord(changed: ChangeClass, paint: Paint, width = 0): string {
  const padded = changed.padEnd(width);
  switch (changed) {
    case 'breaking':
      return paint.red(padded);
    case 'additive':
      return paint.green(padded);
    case 'cosmetic':
      return paint.dim(padded);
  }
}

function sign({ kind }: ContentChange, paint: Paint): string {
  switch (kind) {
    case 'added':
      return paint.green('+');
    case 'removed':
      return paint.red('-');
    case 'changed':
      return paint.yellow('~');
  }
}

function values({ kind, before, after }: ContentChange, paint: Paint): string {
  switch (kind) {
    case 'added':
      return paint.green(shownValue(after));
    case 'removed':
      return paint.red(shownValue(before));
    case 'changed':
      return `${paint.red(shownValue(before))} ${paint.dim('→')} ${paint.green(shownValue(after))}`;
  }
}

function shownValue(value: JsonValue | undefined): string {
  return value === undefined ? '' : terminalText(clip(JSON.stringify(value), 60));
}
