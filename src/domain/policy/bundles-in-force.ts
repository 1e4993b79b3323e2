import { bundlesOf } from '../configuration/bundles-of.ts';
import type { NamedBundle } from '../configuration/bundles-of.ts';
import { member } from '../configuration/member.ts';
import { organizationDocument } from '../configuration/organization-document.ts';
import { compileGlob } from '../glob/glob.ts';
import type { JsonObject } from '../json-value.ts';
import type { Snapshot, UnreadableFiles } from '../snapshot.ts';
import type { TreeEntry } from '../tree.ts';

/** The ready bundles that judge beside the built-in rules: the organisation's, or where nothing stands above the repository its own at B. */
export interface BundlesInForce {
  readonly level: 'organization' | 'repository';
  /** The configuration that names them. */
  readonly document: JsonObject;
  readonly bundles: readonly NamedBundle[];
  /** What stands at paths that it names, links among them. */
  readonly files: readonly TreeEntry[];
  /** By a key of these they have to be signed. */
  readonly keys: readonly TreeEntry[];
  /** Why it is not known what stands there; null where it is. */
  readonly lost: LostFiles | null;
}

export type LostFiles = Pick<UnreadableFiles, 'why' | 'isLasting'>;

export function bundlesInForce({ files, configuration }: Pick<Snapshot, 'files' | 'configuration'>): BundlesInForce {
  const organization = organizationDocument(configuration);
  if (organization !== null) return ofOrganization(organization, configuration);
  const document = configuration.effective?.document ?? {};
  const bundles = bundlesOf(document);
  if (bundles.length === 0) return { level: 'repository', document, bundles, files: [], keys: [], lost: null };
  const globs = member.texts(document, 'keys').map((glob) => compileGlob(glob));
  const paths = pathsOf(bundles);
  const atBase = files.flatMap(({ path, base }) => (base === null ? [] : [{ path, ...base }]));
  return { level: 'repository', document, bundles, files: atBase.filter(({ path }) => paths.has(path)), keys: atBase.filter(({ path }) => globs.some((glob) => glob.matches(path))), lost: null };
}

/** What the organisation has before its first valid configuration, at its root. */
export const noneOfOrganization: BundlesInForce = { level: 'organization', document: {}, bundles: [], files: [], keys: [], lost: null };

/** A run that was not given them leaves them to the App, and says so. */
function ofOrganization(document: JsonObject, { organizationFiles }: Snapshot['configuration']): BundlesInForce {
  const bundles = organizationFiles?.kind === 'left' ? [] : bundlesOf(document);
  const common = { level: 'organization', document, bundles } as const;
  if (bundles.length === 0) return { ...common, files: [], keys: [], lost: null };
  if (organizationFiles?.kind !== 'files') return { ...common, files: [], keys: [], lost: organizationFiles?.kind === 'unreadable' ? organizationFiles : { why: 'nobody looked for them', isLasting: false } };
  const ofKind = (wanted: 'bundle' | 'keys'): readonly TreeEntry[] => organizationFiles.files.filter(({ kind }) => kind === wanted);
  return { ...common, files: ofKind('bundle'), keys: ofKind('keys'), lost: null };
}

function pathsOf(bundles: readonly NamedBundle[]): ReadonlySet<string> {
  return new Set(bundles.flatMap(({ place }) => (place.kind === 'path' ? [place.path] : [])));
}
