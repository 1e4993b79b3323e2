import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { otherTools } from './tool.ts';

/** Installs the other tools into a folder of their own with the user's npm. Nothing of theirs runs then. */
export function installTools(folder: string): void {
  const packages = Object.entries(otherTools);
  if (packages.every(([name]) => existsSync(join(folder, 'node_modules', name)))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private": true}');
  execFileSync('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--silent', ...packages.map(([name, version]) => `${name}@${version}`)], { stdio: ['ignore', 'ignore', 'inherit'] });
}
