/** Agents of one change that are told by name. */
const most = 20;

/** Those that trailers of commits name, each once and in a stable order: anybody can write as many as they like. */
export function namedAgents(commits: readonly { readonly agents?: readonly string[] }[]): readonly string[] {
  return [...new Set(commits.flatMap(({ agents = [] }) => agents))].toSorted().slice(0, most);
}
