import { reproducibilityOf } from '../../../domain/behavior/reproducibility.ts';
import { valueAt } from '../../../domain/behavior/value-at.ts';
import { quoted } from '../../../domain/finding.ts';
import { instantOf } from '../../../domain/instant.ts';
import type { SourceAdapter } from '../behavior-reader.ts';
import { noSignal } from '../no-signal.ts';
import { readHttpJson } from '../read-http-json.ts';
import { grantedSecret } from '../source-grants.ts';
import type { WebSources } from './web-sources.ts';

/** The JSON that a service answers. When it was measured is what it says, or now. */
export function httpJsonAdapter({ repository, reader, grants, clock }: Omit<WebSources, 'validator'>): SourceAdapter<'http-json'> {
  return async ({ url, secret: name, observedAt, generator }) => {
    const granted = grantedSecret(grants, { name, repository, url });
    if (granted.kind === 'no-signal') return granted;
    const answer = await readHttpJson(reader, { url, secret: granted.secret });
    if (answer.kind === 'no-signal') return answer;
    const { value } = answer;
    const made = reproducibilityOf(valueAt(value, generator));
    if (observedAt === null) return { kind: 'answered', value, observedAt: clock.now().toISOString(), generator: made };
    const stated = valueAt(value, observedAt);
    const instant = typeof stated === 'string' ? instantOf(stated) : null;
    if (instant === null) return noSignal(`the answer has no instant at ${quoted(observedAt)}, expected when it was measured, such as "2026-11-20T12:00:00Z"`);
    return { kind: 'answered', value, observedAt: new Date(instant).toISOString(), generator: made };
  };
}
