import { tmpdir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { createPolicyEngine } from '../../probes/policy-engine/policy-engine.ts';
import type { PolicyEngine } from '../../probes/policy-engine/policy-engine.ts';
import { readPackageFile } from '../package-file.ts';
import type { Terminal } from '../terminal.ts';

/** The engine with the user's own cache, and OPA as the environment names it. */
export async function openPolicyEngine({ environment }: Pick<Terminal, 'environment'>): Promise<PolicyEngine> {
  const { OPA_PATH, PATH } = environment;
  return createPolicyEngine({ main: await readPackageFile('policies/main/main.rego'), cacheFolder: join(userCache(environment), 'plumbline', 'policies'), places: { OPA_PATH, PATH } });
}

/** XDG Base Directory Specification; without a home, a place that is the user's alone. */
function userCache({ XDG_CACHE_HOME: cache, HOME: home }: Readonly<Record<string, string | undefined>>): string {
  if (cache !== undefined && isAbsolute(cache)) return cache;
  return home !== undefined && isAbsolute(home) ? join(home, '.cache') : join(tmpdir(), `plumbline-cache-${userInfo().uid}`);
}
