import { quoted } from '../../finding.ts';
import { pythonName } from '../../python-name.ts';
import { textAt, writing } from '../step-world.ts';
import type { StepWorld, Writing } from '../step-world.ts';
import { refusing } from '../unplannable.ts';
import type { Pinning } from './pin-dependency.ts';

/** The line of one requirement: name and extras, what it wants, and the marker or comment behind. */
const requirement = /^([ \t]*([A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?)(?:[ \t]*\[[^\]\r\n]{0,1000}\])?)[ \t]*([^;#\r\n]*?)([ \t]*(?:[;#][^\r\n]*)?\r?)$/;

/** What pip takes for one version. */
const oneVersion = /^[0-9][0-9A-Za-z.!+_-]{0,100}$/;

/** Each line of the package, and no other: comments, markers and extras stay. */
export function pinInRequirements(world: StepWorld, pinning: Pinning): Writing {
  const { path, name, version, to } = pinning;
  if (to === 'locked' && !(version !== null && oneVersion.test(version))) throw unpinnable(path, version === null ? 'no version' : quoted(version), 'one whole version such as "1.2.3"', 'Say in which version it is wanted.');
  const lines = textAt(world, path).split('\n');
  const edited = lines.map((line, index) => (isOf(line, name) ? pinnedLine(line, lines[index - 1] ?? '', pinning) : line));
  if (!lines.some((line) => isOf(line, name))) throw unpinnable(path, `no package ${quoted(name)}`, 'one that the file names', 'Name a package of the file.');
  return writing(world, path, edited.filter((line) => line !== null).join('\n'));
}

function isOf(line: string, name: string): boolean {
  const [, , found] = requirement.exec(line) ?? [];
  return found !== undefined && pythonName(found) === pythonName(name);
}

/** Null: the line goes. */
function pinnedLine(line: string, above: string, { path, name, version, to }: Pinning): string | null {
  const [, before = '', , wanted = '', behind = ''] = requirement.exec(line) ?? [];
  const isPlain = /^[<>=!~(]|^$/.test(wanted) && !wanted.includes('--') && !wanted.endsWith('\\') && !above.trimEnd().endsWith('\\');
  if (!isPlain) throw unpinnable(path, `${quoted(name)} with an address, hashes or on several lines`, 'a name and versions on one line', 'Pin it by hand.');
  return to === 'none' ? null : `${before}==${version ?? ''}${behind}`;
}

function unpinnable(path: string, found: string, expected: string, next: string): Error {
  return refusing({ kind: 'dependency', path, found, expected, next });
}
