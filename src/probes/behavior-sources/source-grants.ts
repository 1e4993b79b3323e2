import { quoted } from '../../domain/finding.ts';
import { noSignal } from './no-signal.ts';
import type { NoSignal } from './no-signal.ts';

/** A secret that whoever runs Plumbline lets behaviours of some repositories send to some hosts. */
export interface SourceGrant {
  readonly name: string;
  /** By `owner/name`, or by the number that GitHub gave a repository: whoever takes a name over has another one. */
  readonly repositories: readonly (string | number)[];
  /** As in `SourceRules`. */
  readonly hosts: readonly string[];
  /** Prints nowhere by itself. */
  readonly secret: { reveal(): string };
}

/** Whom a secret is granted to. */
export interface AskingRepository {
  /** `owner/name`. */
  readonly name: string;
  /** Null where GitHub was not asked: then a grant by number is none. */
  readonly id: number | null;
}

export interface SecretToGrant {
  /** As the behaviour names it; null: it sends none. */
  readonly name: string | null;
  /** That the behaviour stands in. */
  readonly repository: AskingRepository;
  readonly url: string;
}

export type GrantedSecret = { readonly kind: 'granted'; readonly secret: string | null } | NoSignal;

/** The value of a secret, once it is known to be granted to this repository and for this host. Whether there is one of that name is not told apart. */
export function grantedSecret(grants: readonly SourceGrant[], { name, repository, url }: SecretToGrant): GrantedSecret {
  if (name === null) return { kind: 'granted', secret: null };
  const host = URL.parse(url)?.host ?? '';
  const grant = grants.find((one) => one.name === name && one.repositories.some((granted) => isGrantedTo(granted, repository)) && one.hosts.includes(host));
  if (grant === undefined) return noSignal(`the secret ${quoted(name)} is not granted to ${quoted(repository.name)} for ${quoted(host)}, expected a grant of the operator`);
  return { kind: 'granted', secret: grant.secret.reveal() };
}

/** Names are one in GitHub whatever their case. */
function isGrantedTo(granted: string | number, { name, id }: AskingRepository): boolean {
  return typeof granted === 'number' ? granted === id : granted.toLowerCase() === name.toLowerCase();
}
