import { isAbsolute, join } from 'node:path';
import { createPolicyEngine } from '../../probes/policy-engine/policy-engine.ts';
import type { PolicyEngine } from '../../probes/policy-engine/policy-engine.ts';
import type { Terminal } from '../terminal.ts';

/** The engine with the user's own cache, and OPA as the environment names it. */
export function openPolicyEngine({ environment, threads }: Pick<Terminal, 'environment' | 'threads'>): PolicyEngine {
  const { OPA_PATH, PATH } = environment;
  return createPolicyEngine({ cacheFolder: cacheFolder(environment), places: { OPA_PATH, PATH }, threads });
}

/** XDG Base Directory Specification. None without a home: a folder that all share is a place that others can take first. */
function cacheFolder({ XDG_CACHE_HOME: cache, HOME: home }: Readonly<Record<string, string | undefined>>): string | null {
  if (cache !== undefined && isAbsolute(cache)) return join(cache, 'plumbline', 'policies');
  return home !== undefined && isAbsolute(home) ? join(home, '.cache', 'plumbline', 'policies') : null;
}
