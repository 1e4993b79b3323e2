import { noSignal } from '../no-signal.ts';
import type { NoSignal } from '../no-signal.ts';
import { readLimitedBody } from '../read-limited-body.ts';
import { requestOnce } from '../request-once.ts';
import { resolveBySystem, resolveHost } from '../resolve-host.ts';
import type { Resolve } from '../resolve-host.ts';
import { troubleInWords } from '../trouble-in-words.ts';
import { OutOfTime, withinTime } from '../within-time.ts';
import { planLimits } from './plan-limits.ts';

export interface ArchiveRules {
  /** Whether GitHub itself is on this very machine, as in a trial: then its archives may be too, by plain http. */
  readonly allowsLoopback: boolean;
  readonly resolve?: Resolve;
  readonly timeoutMs?: number;
  /** PEM, instead of those that Node trusts. */
  readonly certificateAuthority?: string;
}

export type FetchedArchive = { readonly kind: 'archive'; readonly bytes: Uint8Array } | NoSignal;

/**
 * One GET of the address that GitHub named, without a token, over a connection as to any other source: no private address, no
 * further redirect. The address opens the archive and is never repeated.
 */
export async function fetchArchive(url: URL, rules: ArchiveRules): Promise<FetchedArchive> {
  const timeoutMs = rules.timeoutMs ?? planLimits.timeoutMs;
  try {
    return await withinTime(timeoutMs, async (signal) => await fetchWithin(url, rules, signal));
  } catch (thrown) {
    return refused(thrown instanceof OutOfTime ? `gave no whole answer within ${timeoutMs} ms` : troubleInWords(thrown), 'an archive');
  }
}

async function fetchWithin(url: URL, rules: ArchiveRules, signal: AbortSignal): Promise<FetchedArchive> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refused('is to be read in another way than https', 'https');
  const host = await resolveHost(url, { hosts: [], allowsLoopback: rules.allowsLoopback }, rules.resolve ?? resolveBySystem);
  if (host.kind === 'no-signal') return host;
  const response = await requestOnce({ url, addresses: host.addresses, headers: { accept: 'application/zip', 'accept-encoding': 'identity', 'user-agent': 'plumbline' }, signal, certificateAuthority: rules.certificateAuthority ?? null });
  if (response.statusCode !== 200) {
    response.destroy();
    return refused(`answered ${response.statusCode ?? 0}`, '200');
  }
  const body = await readLimitedBody(response, planLimits.archiveBytes);
  switch (body.kind) {
    case 'too-large':
      response.destroy();
      return refused('answered with too much', `at most ${planLimits.archiveBytes} bytes`);
    case 'packed-otherwise':
      response.destroy();
      return refused('packed its answer in another way', 'the archive as it is');
    case 'whole':
      return { kind: 'archive', bytes: body.bytes };
  }
}

function refused(found: string, expected: string): NoSignal {
  return noSignal(`where GitHub keeps the artifact ${found}, expected ${expected}`);
}
