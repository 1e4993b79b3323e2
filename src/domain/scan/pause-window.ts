import { member } from '../configuration/member.ts';
import { durationOf } from '../duration.ts';
import type { JsonObject } from '../json-value.ts';
import { comesBetween } from './cron.ts';

/** When nothing is proposed, in UTC: between two instants, or for some milliseconds from each that a pattern as in cron names. */
export type PauseWindow = { readonly kind: 'between'; readonly from: string; readonly to: string } | { readonly kind: 'recurring'; readonly start: string; readonly duration: number };

/** Of a document that its schema allows. */
export function pauseWindowOf(value: JsonObject): PauseWindow {
  const text = (name: string): string => member.text(value, name) ?? '';
  return value['start'] === undefined ? { kind: 'between', from: text('from'), to: text('to') } : { kind: 'recurring', start: text('start'), duration: durationOf(text('duration')) ?? 0 };
}

/** A window that can not be read pauses: whoever wrote it wanted something not to happen. */
export function isPaused(windows: readonly PauseWindow[], at: Date): boolean {
  return windows.some((window) => {
    if (window.kind === 'recurring') return comesBetween(window.start, new Date(at.getTime() - window.duration), at);
    const [from, to] = [Date.parse(window.from), Date.parse(window.to)];
    return Number.isNaN(from) || Number.isNaN(to) || (from <= at.getTime() && at.getTime() < to);
  });
}
