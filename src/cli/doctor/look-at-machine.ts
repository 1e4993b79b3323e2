import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import satisfies from 'semver/functions/satisfies.js';
import manifest from '../../../package.json' with { type: 'json' };
import { diagnosis } from './diagnosis.ts';
import type { Diagnosis } from './diagnosis.ts';

const leastGit = [2, 36] as const;

/** What the package asks for is what the program runs on. */
export async function lookAtNode(): Promise<readonly Diagnosis[]> {
  return await Promise.resolve([nodeDiagnosis(process.versions.node)]);
}

export function nodeDiagnosis(version: string): Diagnosis {
  const wanted = manifest.engines.node;
  return satisfies(version, wanted) ? diagnosis('Node', 'ok', `version ${version}`) : diagnosis('Node', 'fail', `version ${version}, expected ${wanted}`, 'Install the newest Node 24, or a newer one with long-term support.');
}

export async function lookAtGit(): Promise<readonly Diagnosis[]> {
  const next = `Install git ${leastGit.join('.')} or newer.`;
  try {
    const { stdout } = await promisify(execFile)('git', ['--version'], { timeout: 10_000 });
    const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(stdout) ?? [];
    const isNew = Number(major) > leastGit[0] || (Number(major) === leastGit[0] && Number(minor) >= leastGit[1]);
    return [isNew ? diagnosis('git', 'ok', `version ${major}.${minor}`) : diagnosis('git', 'fail', `version ${major}.${minor}, expected ${leastGit.join('.')} or newer`, next)];
  } catch {
    return [diagnosis('git', 'fail', 'not found', next)];
  }
}
