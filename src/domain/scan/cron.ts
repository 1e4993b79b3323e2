import { Cron } from 'croner';

/** What is against a pattern of five fields (minute, hour, day, month, weekday; POSIX crontab with names, steps and lists); null: nothing. */
export function cronProblem(pattern: string): string | null {
  if (!/^[0-9*/,-]+(?: [0-9A-Za-z*/,-]+){4}$/.test(pattern)) return wrong;
  try {
    return nextTime(pattern, new Date(0)) === null ? 'it never comes' : null;
  } catch {
    return wrong;
  }
}

const wrong = 'no minute, hour, day, month and weekday as in cron';

/**
 * The first time after an instant at which a pattern matches, in UTC; null: never.
 * @throws Error for a pattern to which there is an objection.
 */
export function nextTime(pattern: string, after: Date): Date | null {
  return cronOf(pattern).nextRun(after);
}

/** Whether a pattern matches after one instant and not after another. @throws Error for a pattern to which there is an objection. */
export function comesBetween(pattern: string, after: Date, until: Date): boolean {
  const next = nextTime(pattern, after);
  return next !== null && next.getTime() <= until.getTime();
}

function cronOf(pattern: string): Cron {
  return new Cron(pattern, { timezone: 'UTC', mode: '5-part', paused: true });
}
