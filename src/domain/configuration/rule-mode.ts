import type { RuleMode } from './configuration.ts';

/** Reads `observe`, `warn until <date>` or `enforce`; null for anything else. A date is the instant at which its day begins in UTC. */
export function ruleMode(text: string): RuleMode | null {
  if (text === 'observe' || text === 'enforce') return { kind: text };
  const date = /^warn until (\d{4}-\d{2}-\d{2})$/.exec(text)?.[1];
  return date === undefined || !isDate(date) ? null : { kind: 'warn', until: `${date}T00:00:00.000Z` };
}

/** Whether the text is a day of the calendar, written `yyyy-mm-dd`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Orders modes from lax to strict: observe, a warning that lasts longer, one that ends sooner, enforce. */
export function compareModes(a: RuleMode, b: RuleMode): number {
  const difference = ranks[a.kind] - ranks[b.kind];
  if (difference !== 0 || a.kind !== 'warn' || b.kind !== 'warn' || a.until === b.until) return difference;
  return a.until < b.until ? 1 : -1;
}

const ranks = { observe: 0, warn: 1, enforce: 2 } as const;
