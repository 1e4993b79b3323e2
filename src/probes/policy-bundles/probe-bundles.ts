import type { RequestOf } from '../../domain/probe-request.ts';
import { unavailable } from '../answers.ts';
import type { Answers } from '../answers.ts';
import type { BundleFetcher } from './fetch-bundle.ts';

/** Side by side: each has its own time limit. Trouble with one spoils no other. */
export async function probeBundles(bundles: BundleFetcher | null, wanted: readonly RequestOf<'pinned-bundle'>[]): Promise<Answers<'pinned-bundle'>> {
  if (bundles === null) return wanted.map((request) => [request, { kind: 'unavailable', why: 'nothing is fetched here' }]);
  return await Promise.all(wanted.map(async (request) => [request, await bundles.fetch(request).catch(unavailable)] as const));
}
