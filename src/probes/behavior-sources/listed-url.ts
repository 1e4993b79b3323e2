import { quoted } from '../../domain/finding.ts';
import { noSignal } from './no-signal.ts';
import type { NoSignal } from './no-signal.ts';
import { sourceLimits } from './source-limits.ts';
import type { SourceRules } from './source-rules.ts';

export type ListedUrl = { readonly kind: 'listed'; readonly url: URL } | NoSignal;

/**
 * Whether a URL may be looked up at all. Nothing has been resolved yet: plain http is let through here for what may turn
 * out to be this machine, and refused by `resolveHost` otherwise.
 * @param whose Who named the URL. What a service names is not repeated.
 */
export function listedUrl(text: string, rules: SourceRules, whose: 'behavior' | 'redirect', base?: URL): ListedUrl {
  const refused = (found: string, expected: string): NoSignal => noSignal(`${whose === 'behavior' ? 'the URL of the source' : 'a redirect of the service'} ${found}, expected ${expected}`);
  const url = text.length > sourceLimits.urlCharacters ? null : URL.parse(text, base?.href);
  if (url === null) return refused('can not be read', `a URL of at most ${sourceLimits.urlCharacters} characters`);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && rules.allowsLoopback)) return refused('is not https', 'https');
  if (url.username !== '' || url.password !== '') return refused('carries a user name or password', 'a secret by reference');
  if (!rules.hosts.some((host) => host.toLowerCase() === url.host)) {
    return refused(whose === 'behavior' ? `leads to ${quoted(url.host)}` : 'leads to another host', 'a host that the operator lists in BEHAVIOR_HOSTS');
  }
  url.hash = '';
  return { kind: 'listed', url };
}
