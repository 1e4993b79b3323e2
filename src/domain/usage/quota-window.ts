import type { Configuration } from '../configuration/configuration.ts';
import { member } from '../configuration/member.ts';
import type { JsonObject } from '../json-value.ts';
import { foldedLogin } from '../people/contributor.ts';
import { calendarWindow } from './calendar-window.ts';
import type { CalendarWindow } from './calendar-window.ts';
import type { UsageAmount } from './charge-of.ts';
import { picoDollars } from './pico-dollars.ts';

export type QuotaScope = 'agent' | 'repository' | 'organization';

/** Who used something up, and where. */
export interface UsagePlace {
  readonly accountId: number;
  readonly repositoryId: number;
  /** Login; its case says nothing. */
  readonly agent: string;
}

/** One limit, in the window that an instant is in. */
export interface QuotaWindow extends CalendarWindow {
  readonly scope: QuotaScope;
  /** What shares it: a login in lower case, or the id of a repository or account. */
  readonly subject: string;
  readonly measure: keyof UsageAmount;
  /** Tokens, or pico-dollars. Exactly as much may be used. */
  readonly limit: bigint;
  readonly zone: string;
}

/** The windows that limit somebody at an instant (ISO 8601). */
export function quotaWindows({ document }: Pick<Configuration, 'document'>, place: UsagePlace, now: string): readonly QuotaWindow[] {
  return member.objects(member.object(document, 'hallucination'), 'quotas').flatMap((quota) => [...windowOf(quota, 'tokens', place, now), ...windowOf(quota, 'cost', place, now)]);
}

function windowOf(quota: JsonObject, measure: keyof UsageAmount, place: UsagePlace, now: string): readonly QuotaWindow[] {
  const limit = limitOf(quota, measure);
  if (limit === null) return [];
  const [scope, zone] = [scopeOf(quota), member.text(quota, 'zone') ?? 'UTC'];
  return [{ scope, subject: subjectOf(scope, place), measure, limit, zone, ...calendarWindow(measure === 'tokens' ? 'day' : 'month', zone, now) }];
}

function limitOf(quota: JsonObject, measure: keyof UsageAmount): bigint | null {
  const written = member.number(quota, measure === 'tokens' ? 'tokensPerDay' : 'costPerMonth');
  if (written === null) return null;
  // What is more than can be counted to limits nothing.
  return measure === 'tokens' ? BigInt(written) : picoDollars(written, 'down');
}

function scopeOf(quota: JsonObject): QuotaScope {
  const scope = member.text(quota, 'scope');
  return scope === 'repository' || scope === 'organization' ? scope : 'agent';
}

function subjectOf(scope: QuotaScope, { accountId, repositoryId, agent }: UsagePlace): string {
  switch (scope) {
    case 'agent':
      return foldedLogin(agent);
    case 'repository':
      return String(repositoryId);
    case 'organization':
      return String(accountId);
  }
}
