import { quoted } from '../../domain/finding.ts';
import { noSignal } from './no-signal.ts';
import type { NoSignal } from './no-signal.ts';

/** A secret that whoever runs Plumbline lets behaviours of some repositories send to some hosts. */
export interface SourceGrant {
  readonly name: string;
  /** `owner/name`. */
  readonly repositories: readonly string[];
  /** As in `SourceRules`. */
  readonly hosts: readonly string[];
  /** Prints nowhere by itself. */
  readonly secret: { reveal(): string };
}

export interface SecretToGrant {
  /** As the behaviour names it; null: it sends none. */
  readonly name: string | null;
  /** `owner/name` of the repository that the behaviour stands in. */
  readonly repository: string;
  readonly url: string;
}

export type GrantedSecret = { readonly kind: 'granted'; readonly secret: string | null } | NoSignal;

/** The value of a secret, once it is known to be granted to this repository and for this host. Whether there is one of that name is not told apart. */
export function grantedSecret(grants: readonly SourceGrant[], { name, repository, url }: SecretToGrant): GrantedSecret {
  if (name === null) return { kind: 'granted', secret: null };
  const host = URL.parse(url)?.host ?? '';
  const grant = grants.find((one) => one.name === name && one.repositories.some((granted) => isSameName(granted, repository)) && one.hosts.includes(host));
  if (grant === undefined) return noSignal(`the secret ${quoted(name)} is not granted to ${quoted(repository)} for ${quoted(host)}, expected a grant of the operator`);
  return { kind: 'granted', secret: grant.secret.reveal() };
}

/** Names are one in GitHub whatever their case. */
function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
