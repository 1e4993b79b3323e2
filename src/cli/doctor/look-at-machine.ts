import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { diagnosis } from './diagnosis.ts';
import type { Diagnosis } from './diagnosis.ts';

const leastNode = 22;
const leastGit = [2, 36] as const;

export async function lookAtNode(): Promise<readonly Diagnosis[]> {
  const { node } = process.versions;
  const isNew = Number(node.split('.')[0]) >= leastNode;
  return [isNew ? diagnosis('Node', 'ok', `version ${node}`) : diagnosis('Node', 'fail', `version ${node}, expected ${leastNode} or newer`, `Install Node ${leastNode} or newer.`)];
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
