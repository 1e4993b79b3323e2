import { realpath } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { Decision } from '../../domain/decision.ts';
import { literally, pathWord, shellWord } from '../../domain/shell-word.ts';
import { repoWords } from '../repo-option.ts';
import type { Terminal } from '../terminal.ts';

/** Where commands are typed, and the repository that they are about: absolute, and without links. */
export interface Standing {
  readonly directory: string;
  /** What `--repo` names, as typed and as it is. */
  readonly repo: string;
  readonly repository: string;
  /** Top of the working tree. */
  readonly root: string;
}

const word = String.raw`'(?:[^']|'\\'')*'|[^\s'\`]+`;

/** The commands of next steps, as gates write them: with paths from the top of the repository. A path in quotes is taken whole, whatever it holds. */
const commands = new RegExp(`\`(?:(plumbline contract (?:bump|release|deprecate|retire|sign)) (${word})|(plumbline (?:contract key|config check|init))|git (checkout [0-9a-f]+ --|rm --) (${word})(?:(?: && git (rm -f --))? (${word}))?|git (show (?:${word}))(?: > (${word}))?|git )`, 'g');

/** @param root Top of the working tree that was judged. */
export async function standingAt(terminal: Terminal, repo: string, root: string): Promise<Standing> {
  const [directory, repository, top] = await Promise.all([terminal.directory, resolve(terminal.directory, repo), root].map(async (path) => await realpath(path)));
  return { directory: directory ?? terminal.directory, repo, repository: repository ?? root, root: top ?? root };
}

/** A decision whose next steps can be typed where one stands. The files that it names stay named from the top of the repository. */
export function decisionHere(decision: Decision, standing: Standing): Decision {
  return { ...decision, verdicts: decision.verdicts.map((verdict) => ({ ...verdict, findings: verdict.findings.map((one) => ({ ...one, next: typedHere(one.next, standing) })) })) };
}

/** A next step with its commands as they have to be typed where one stands. */
export function typedHere(next: string, { directory, repo, repository, root }: Standing): string {
  const option = repoWords(repo);
  const git = repo === '.' ? 'git' : `git -C ${shellWord(repo)}`;
  const relativeTo = (start: string, path: string): string => relative(start, join(root, path)).split(sep).join('/');
  const pathFrom = (start: string, path = ''): string => shellWord(relativeTo(start, plain(path)));
  const fileFrom = (start: string, path = ''): string => pathWord(relativeTo(start, plain(path).replace(literally, '')));
  return next.replace(commands, (...[whole, onContract, contract, onRepository, onFile, file, onOther, other, show, target]: readonly (string | undefined)[]) => {
    if (onContract !== undefined) return `\`${onContract} ${pathFrom(repository, contract)}${option}`;
    if (onRepository !== undefined) return `\`${onRepository}${option}`;
    const second = onOther === undefined ? '' : ` && ${git} ${onOther}`;
    if (onFile !== undefined) return `\`${git} ${onFile} ${fileFrom(repository, file)}${other === undefined ? '' : `${second} ${fileFrom(repository, other)}`}`;
    // A shell opens the target where it stands, whatever git is told.
    if (show !== undefined) return `\`${git} ${show}${target === undefined ? '' : ` > ${pathFrom(directory, target)}`}`;
    return (whole ?? '').replace('git', git);
  });
}

/** What a word of `shellWord` stands for. */
function plain(text: string): string {
  return text.startsWith("'") ? text.slice(1, -1).replaceAll(String.raw`'\''`, "'") : text;
}
