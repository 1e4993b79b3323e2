import { digestOfValue } from '../../src/domain/digest.ts';
import type { DigestEntry, DigestLeftover, DriftDigest } from '../../src/domain/drift/drift-digest.ts';

export function aDigestEntry(changes: Partial<DigestEntry> = {}): DigestEntry {
  return { repository: 'acme/shop', behavior: 'checkout-quality', metrics: ['latency_ms'], since: '2026-11-20T12:00:00.000Z', link: null, ...changes };
}

export function aDigestLeftover(changes: Partial<DigestLeftover> = {}): DigestLeftover {
  return { code: 'whitelist/expired', entry: digestOfValue('entry'), repository: 'acme/shop', path: '.github/plumbline.yml', about: 'workflow.*', target: null, owner: 'team:platform', since: '2026-11-01T00:00:00.000Z', ...changes };
}

/** Nothing to tell. */
export function aDigest(changes: Partial<DriftDigest> = {}): DriftDigest {
  return { alarm: null, held: [], stuck: [], flapping: [], unmeasured: [], suppressed: [], reported: [], leftovers: [], hidden: 0, success: { mended: 0, standing: 0, rate: null }, repairs: [], newest: [], ...changes };
}
