import { literally, pathWord, quotedWord, shellWord, unquoted } from '../../domain/shell-word.ts';
import { repoWords } from '../repo-option.ts';
import { pathFrom } from './standing.ts';
import type { Standing } from './standing.ts';

/** A command of next steps, whose paths start at the top of the repository, as it has to be typed where one stands. Null: it is none that is known here. */
export function commandHere([program, ...words]: readonly string[], standing: Standing): string | null {
  return program === 'git' ? gitHere(words, standing) : plumblineHere(words, standing);
}

interface Grammar {
  readonly name: string;
  /** What its arguments are, of which it has exactly so many. */
  readonly takes: 'nothing' | 'contract' | 'word';
  /** Those that are printed, each with a value that stays as it is. */
  readonly options: readonly string[];
  readonly passes: readonly ('repo' | 'base')[];
}

const grammars: readonly Grammar[] = [
  { name: 'contract bump', takes: 'contract', options: ['--level'], passes: ['repo', 'base'] },
  { name: 'contract release', takes: 'contract', options: [], passes: ['repo', 'base'] },
  { name: 'contract deprecate', takes: 'contract', options: [], passes: ['repo', 'base'] },
  { name: 'contract retire', takes: 'contract', options: [], passes: ['repo', 'base'] },
  { name: 'contract sign', takes: 'contract', options: ['--key', '--kid'], passes: ['repo'] },
  { name: 'contract key', takes: 'word', options: ['--private'], passes: ['repo'] },
  { name: 'config check', takes: 'nothing', options: [], passes: ['repo'] },
  { name: 'config detach', takes: 'nothing', options: [], passes: [] },
  { name: 'evidence init', takes: 'nothing', options: [], passes: ['repo', 'base'] },
  { name: 'playbook list', takes: 'nothing', options: [], passes: ['repo'] },
  { name: 'policy try', takes: 'nothing', options: [], passes: [] },
  { name: 'policy test', takes: 'nothing', options: [], passes: [] },
  { name: 'init', takes: 'nothing', options: [], passes: ['repo'] },
];

function plumblineHere(words: readonly string[], standing: Standing): string | null {
  const known = grammars.find(({ name }) => `${words.join(' ')} `.startsWith(`${name} `));
  if (known === undefined) return null;
  const rest = words.slice(known.name.split(' ').length);
  const given = rest.slice(0, known.takes === 'nothing' ? 0 : 1);
  const options = rest.slice(given.length);
  const areKnown = options.length % 2 === 0 && options.every((word, place) => place % 2 === 1 || known.options.includes(word));
  if (!areKnown || given.some((word) => word.startsWith('-')) || (known.takes !== 'nothing' && given.length === 0)) return null;
  const typed = given.map((word) => (known.takes === 'contract' ? placeFrom(standing.repository, word, standing) : word));
  return `${['plumbline', known.name, ...typed].join(' ')}${known.passes.map((option) => optionWords(option, standing)).join('')}${options.map((word) => ` ${word}`).join('')}`;
}

function optionWords(option: 'repo' | 'base', { repo, base }: Standing): string {
  if (option === 'repo') return repoWords(repo);
  return base === null ? '' : ` --base ${quotedWord(base)}`;
}

/** What may stand before the paths of a git command, and whether any have to follow. */
const gitCommands: Readonly<Record<string, { readonly before: RegExp; readonly paths: 'none' | 'some' | 'any' }>> = {
  checkout: { before: /^[0-9a-f]+$/, paths: 'some' },
  rm: { before: /^(?:-f)?$/, paths: 'some' },
  mv: { before: /^(?:-f)?$/, paths: 'any' },
  show: { before: /^\S.*$/, paths: 'none' },
  fetch: { before: /^--unshallow$/, paths: 'none' },
};

function gitHere([verb = '', ...words]: readonly string[], standing: Standing): string | null {
  const known = Object.hasOwn(gitCommands, verb) ? gitCommands[verb] : undefined;
  const [target, rest] = words.at(-2) === '>' ? [words.at(-1), words.slice(0, -2)] : [undefined, words];
  const end = rest.indexOf('--');
  const before = end === -1 ? rest : rest.slice(0, end);
  const paths = end === -1 ? [] : rest.slice(end + 1);
  const isKnown = known?.before.test(before.join(' ')) === true && !rest.includes('>') && (target === undefined || verb === 'show') && (verb !== 'show' || before.length === 1);
  if (!isKnown || (known.paths === 'some' && paths.length === 0) || (known.paths === 'none' && end !== -1)) return null;
  const typed = paths.map((path) => (verb === 'mv' ? placeFrom : fileFrom)(standing.repository, path, standing));
  const git = standing.repo === '.' ? 'git' : `git -C ${shellWord(standing.repo)}`;
  // A shell opens the target where it stands, whatever git is told.
  const redirected = target === undefined ? [] : ['>', placeFrom(standing.directory, target, standing)];
  return [git, verb, ...before, ...(end === -1 ? [] : ['--', ...typed]), ...redirected].join(' ');
}

function placeFrom(start: string, word: string, standing: Standing): string {
  return shellWord(pathFrom(start, standing, unquoted(word)));
}

/** `git mv` takes no patterns; where git does, a path that is named literally stays so. */
function fileFrom(start: string, word: string, standing: Standing): string {
  return pathWord(pathFrom(start, standing, unquoted(word).replace(literally, '')));
}
