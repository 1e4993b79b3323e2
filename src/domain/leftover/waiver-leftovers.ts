import { digestOfValue } from '../digest.ts';
import { isBefore } from '../instant.ts';
import { termsOf } from '../waiver/terms-of.ts';
import type { Waiver } from '../waiver/waiver.ts';
import type { Leftover } from './leftover.ts';

/**
 * Waivers of a file that have ended. One that has nothing to silence is not told: an open pull request may wait for it, since that is
 * what people ask for a waiver for. It ends by itself.
 * @param now ISO 8601.
 */
export function waiverLeftovers(waivers: readonly Waiver[], path: string, now: string): readonly Leftover[] {
  return waivers.flatMap((waiver): readonly Leftover[] => {
    const { code, owner, until } = waiver;
    if (isBefore(now, until)) return [];
    return [{ code: 'waiver/expired', entry: digestOfValue([path, termsOf(waiver), until]), path, about: code, target: waiver.path ?? waiver.contract, owner, since: until }];
  });
}
