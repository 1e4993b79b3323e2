import type { SourceRules } from '../probes/behavior-sources/source-rules.ts';
import { bad, good, quoted, textOf } from './settings.ts';
import type { Environment, Setting } from './settings.ts';

/** From where ready bundles of policies may be fetched; none unless POLICY_BUNDLE_HOSTS names some. In development also from this very machine. */
export function bundleRulesSetting(environment: Environment): Setting<SourceRules> {
  const hosts = (textOf(environment, 'POLICY_BUNDLE_HOSTS') ?? '').split(',').map((host) => host.trim()).filter((host) => host !== '');
  const wrong = hosts.find((host) => host.includes('*') || URL.parse(`https://${host}/`)?.host !== host);
  if (wrong !== undefined) return bad(`POLICY_BUNDLE_HOSTS names ${quoted(wrong)}, expected hosts as a URL writes them, such as policies.example.com or policies.example.com:8443, with commas between them`);
  return good({ hosts, allowsLoopback: environment['PLUMBLINE_MODE'] === 'development' });
}
