import type { PackageRecord } from '../../domain/dependency/package-record.ts';
import { isPassing } from '../behavior-sources/is-passing.ts';
import type { Trouble } from '../behavior-sources/outside-service.ts';

export type IndexAnswer = { readonly kind: 'record'; readonly record: PackageRecord } | Trouble;

export function recorded(record: PackageRecord): IndexAnswer {
  return { kind: 'record', record };
}

/** What a status says of a name; null for 200. Anything but a plain yes or no is trouble. */
export function answerOfStatus(status: number, host: string): IndexAnswer | null {
  switch (status) {
    case 200:
      return null;
    case 404:
      return recorded({ kind: 'missing' });
    case 410:
      return recorded({ kind: 'withdrawn', word: 'unpublished' });
    case 451:
      return recorded({ kind: 'withdrawn', word: 'removed for legal reasons' });
    default:
      return { kind: 'trouble', why: `${JSON.stringify(host)} answered ${status}, expected 200 or 404`, ...(isPassing(status) ? { isOutage: true } : {}) };
  }
}
