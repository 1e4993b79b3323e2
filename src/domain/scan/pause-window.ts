import { comesBetween } from './cron.ts';

/** When nothing is opened: it begins at each time of a pattern (as in cron, UTC) and lasts so many milliseconds. */
export interface PauseWindow {
  readonly begins: string;
  readonly lasts: number;
}

export function isPaused(windows: readonly PauseWindow[], at: Date): boolean {
  return windows.some(({ begins, lasts }) => comesBetween(begins, new Date(at.getTime() - lasts), at));
}
