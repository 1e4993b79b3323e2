import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildCommand } from './parts/built-command.ts';
import { aContractHistory } from './parts/contract-history.ts';
import { inFolder } from './parts/folder.ts';
import { profileSummary } from './parts/profile-summary.ts';

/** Where the time of `plumbline check` on 1,000 changed contracts goes, by the engine's own sampling: `node bench/profile.ts [--save]`. */
const summary = await inFolder(async (folder) => {
  const command = buildCommand(folder);
  const history = aContractHistory({ contracts: 1_000, changed: 1_000 });
  try {
    const words = ['check', '--repo', history.directory, '--base', 'main', '--head', 'topic', '--format', 'json'];
    const { status, stderr } = spawnSync(process.execPath, ['--cpu-prof', `--cpu-prof-dir=${join(folder, 'profiles')}`, command, ...words], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (status !== 0) throw new Error(`Cannot profile ${words[0] ?? ''}: it ended with ${String(status)}, expected 0\n${stderr.slice(-2_000)}`);
    const profiles = readdirSync(join(folder, 'profiles')).map((name) => readFileSync(join(folder, 'profiles', name), 'utf8'));
    return profiles.map(profileSummary).join('\n');
  } finally {
    history.remove();
  }
});

console.log(summary);
if (process.argv.includes('--save')) writeFileSync(join(import.meta.dirname, 'profile.txt'), `Of commit ${headCommit()}\n\n${summary}`);

/** Names change: whoever reads the file later has to know of which sources it speaks. */
function headCommit(): string {
  return spawnSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8' }).stdout.trim();
}
