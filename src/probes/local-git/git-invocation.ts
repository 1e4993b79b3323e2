import { devNull } from 'node:os';

/**
 * How every git process is started: arguments that switch off whatever a repository, a user's settings or the
 * surrounding process could make git run (hooks, file system monitor, filters, lazy fetching) or see (replace refs, grafts).
 */
export const gitArguments: readonly string[] = [
  '--no-pager',
  '--no-replace-objects',
  '--no-optional-locks',
  '--literal-pathspecs',
  ...['core.fsmonitor=false', `core.hooksPath=${devNull}`, `core.attributesFile=${devNull}`, 'core.untrackedCache=false', 'protocol.allow=never'].flatMap((setting) => ['-c', setting]),
];

/** The environment without any `GIT_*` variable: a hook's GIT_DIR or GIT_INDEX_FILE would make git read something else. */
export function gitEnvironment(surrounding: NodeJS.ProcessEnv, extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const kept = Object.entries(surrounding).flatMap(([name, value]) => (value === undefined || /^git_/i.test(name) ? [] : [[name, value] as const]));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_GRAFT_FILE: devNull,
    ...extra,
  };
}
