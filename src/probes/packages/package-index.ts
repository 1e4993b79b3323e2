/** A registry that is asked for packages of one ecosystem. Only whoever runs Plumbline says which. */
export interface PackageIndex {
  /** Of the registry of npm, or of an index of PyPI's simple form (PEP 503), without a slash at its end. */
  readonly url: string;
  /** Addresses that stand for the same one where a repository names them. */
  readonly same: readonly string[];
}

export interface PackageIndexes {
  /** Null: none is known, so that nothing is asked. */
  readonly npm: PackageIndex | null;
  readonly pypi: PackageIndex | null;
}

/** Whether an address that a repository names is that of an index; how it ends and its letters' case decide nothing. */
export function isOfIndex(address: string, { url, same }: PackageIndex): boolean {
  const plain = plainAddress(address);
  return plain !== null && [url, ...same].some((one) => plainAddress(one) === plain);
}

function plainAddress(address: string): string | null {
  const url = URL.parse(address);
  return url === null || url.username !== '' || url.password !== '' || url.search !== '' ? null : `${url.host}${url.pathname.replace(/\/+$/, '')}`;
}
