import { member } from '../../domain/configuration/member.ts';
import { readConfiguration } from '../../domain/configuration/read-configuration.ts';
import { compileGlob } from '../../domain/glob/glob.ts';
import { nearestWord } from '../../domain/nearest-word.ts';
import { collectPlaybooks } from '../../domain/playbook/collect-playbooks.ts';
import type { PlaybookCollection, PlaybookFile, SourcedPlaybook } from '../../domain/playbook/collect-playbooks.ts';
import { Failure } from '../../domain/failure.ts';
import { openLocalRepository } from '../../probes/local-git/local-repository.ts';
import { readBuiltinPlaybooks } from '../../probes/builtin-playbooks.ts';
import { terminalText } from '../../render/escape.ts';
import { findConfigurationFile } from '../config/configuration-file.ts';
import { repositoryRoot } from '../compose/repository-root.ts';
import type { Terminal } from '../terminal.ts';
import { isPlainFile } from '../../domain/tree.ts';

/** Those that come with Plumbline, and those that the configuration of the working tree names, as they stand there. */
export async function loadPlaybooks(directory: string): Promise<PlaybookCollection> {
  return collectPlaybooks([...(await readBuiltinPlaybooks()), ...(await ownFiles(await repositoryRoot(directory)))]);
}

/** The one of an id. @throws Failure USAGE where there is none. */
export function playbookNamed({ playbooks }: PlaybookCollection, id: string): SourcedPlaybook {
  const found = playbooks.find(({ playbook }) => playbook.id === id);
  if (found !== undefined) return found;
  const near = nearestWord(id, playbooks.map(({ playbook }) => playbook.id));
  throw new Failure('USAGE', `Cannot find the playbook ${JSON.stringify(id.slice(0, 80))}: there is none with this id.${near === null ? ' List them with: plumbline playbook list' : ` Did you mean ${near}?`}`);
}

/** What is wrong with own files, to standard error. */
export function tellProblems(terminal: Terminal, { problems }: PlaybookCollection): void {
  for (const { path, line, column, message, next } of problems) terminal.tell(`${terminalText(`${path}:${line}:${column}`)}\n  ${terminalText(message)}\n  next: ${terminalText(next)}\n`);
}

async function ownFiles(root: string): Promise<readonly PlaybookFile[]> {
  const file = await findConfigurationFile(root);
  const reading = file === null ? null : readConfiguration(file.bytes, file.path);
  if (reading?.kind === 'invalid') throw new Failure('CONFIG_INVALID', `Cannot read the playbooks of ${JSON.stringify(root)}: its configuration is not valid. See what is wrong with it: plumbline config check`);
  const globs = member.texts(reading?.document ?? {}, 'playbooks').map((glob) => compileGlob(glob));
  if (globs.length === 0) return [];
  const objects = await openLocalRepository(root);
  try {
    const { entries } = await objects.tree(await objects.worktreeCommit());
    const files = entries.filter((entry) => isPlainFile(entry) && globs.some((glob) => glob.matches(entry.path)));
    const contents = await objects.blobs(files);
    return files.flatMap(({ path, blob }) => {
      const content = contents.get(blob);
      if (content?.kind === 'bytes') return [{ path, bytes: content.bytes, isBuiltin: false }];
      throw new Failure('USAGE', `Cannot read ${JSON.stringify(path)}: it is over the limit of one file, expected a playbook. Make it smaller.`);
    });
  } finally {
    await objects.close();
  }
}
