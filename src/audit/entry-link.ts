/** Links that tell what an entry is about beside its subject. */
export function contractLinks(ids: readonly string[]): readonly string[] {
  const named = ids.filter((id) => id.length <= longestId && id.isWellFormed()).slice(0, mostContracts);
  return [...named.map((id) => `${contractPrefix}${id}`), ...(named.length < ids.length ? [moreContracts] : [])];
}

/** The contracts that links name. */
export function contractsOfLinks(links: readonly string[]): readonly string[] {
  return links.flatMap((link) => (link.startsWith(contractPrefix) ? [link.slice(contractPrefix.length)] : []));
}

/** Commits, contents, contracts, members of a merge group and why something was not kept belong to many changes: nothing follows from sharing them. */
export function isSharedLink(link: string): boolean {
  return sharedPrefixes.some((prefix) => link.startsWith(prefix));
}

const contractPrefix = 'contract:';
/** A leaf has at most 65,535 bytes. */
const mostContracts = 100;
const longestId = 200;
/** The change concerns more contracts than are named. */
const moreContracts = 'contracts:more';
const sharedPrefixes = ['commit:', 'snapshot:', 'unreplayable:', 'pull-request:', contractPrefix, 'contracts:'];
