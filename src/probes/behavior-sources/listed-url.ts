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
export function listedUrl(text: string, rules: SourceRules, whose: 'behavior' | 'bundle' | 'registry' | 'judge' | 'redirect', base?: URL): ListedUrl {
  const refused = (found: string, expected: string): NoSignal => noSignal(`${names[whose]} ${found}, expected ${expected}`);
  const url = text.length > sourceLimits.urlCharacters ? null : URL.parse(text, base?.href);
  if (url === null) return refused('can not be read', `a URL of at most ${sourceLimits.urlCharacters} characters`);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && rules.allowsLoopback)) return refused('is not https', 'https');
  if (url.username !== '' || url.password !== '') return refused('carries a user name or password', 'a secret by reference');
  if (!rules.hosts.some((host) => host.toLowerCase() === url.host)) {
    return refused(whose === 'redirect' ? 'leads to another host' : `leads to ${quoted(url.host)}`, lists[whose]);
  }
  url.hash = '';
  return { kind: 'listed', url };
}

const names = { behavior: 'the URL of the source', bundle: 'the URL of the bundle', registry: 'the URL of the registry', judge: 'the URL of the judge', redirect: 'a redirect of the service' } as const;

const lists = { behavior: 'a host that the operator lists in BEHAVIOR_HOSTS', bundle: 'a host that the operator lists in POLICY_BUNDLE_HOSTS', registry: 'the host of the registry that is set', judge: 'the host of JUDGE_URL', redirect: 'a host that the operator lists' } as const;
