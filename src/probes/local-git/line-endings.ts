import { isUtf8 } from 'node:buffer';
import type { Layout } from './layout.ts';
import { objectNameOf } from './object-name.ts';
import { demandGit, runGit } from './run-git.ts';
import type { WorktreeFile } from './worktree-files.ts';

/**
 * The files as git would add them: where `core.autocrlf` or attributes say so, with line feeds alone. Git is asked of those that have other line
 * endings and nothing more, since that reads them once again. Filters that attributes name are programs: none is run.
 */
export async function withOwnLineEndings(layout: Layout, files: readonly WorktreeFile[]): Promise<readonly WorktreeFile[]> {
  const asked = files.filter(hasOtherEndings);
  if (asked.length === 0) return files;
  const { stdout } = await runGit({ directory: layout.root, arguments: ['config', '--type=bool-or-str', '--get', 'core.autocrlf'] });
  const isAutomatic = ['true', 'input'].includes(stdout.toString('latin1').trim().toLowerCase());
  const converted = new Set(await convertedPaths(layout, asked, isAutomatic));
  return files.map((file) => (converted.has(nameOf(file)) ? inLineFeeds(file, layout.nameDigits) : file));
}

/** Where a link leads is no text. */
function hasOtherEndings({ mode, content }: WorktreeFile): boolean {
  return mode !== '120000' && content?.kind === 'bytes' && Buffer.from(content.bytes.buffer, content.bytes.byteOffset, content.bytes.byteLength).includes('\r\n');
}

async function convertedPaths(layout: Layout, asked: readonly WorktreeFile[], isAutomatic: boolean): Promise<readonly string[]> {
  const which = asked.length > mostNamed || !asked.every(({ path }) => isUtf8(path)) ? [] : ['--', ...asked.map(({ path }) => path.toString())];
  const output = await demandGit({ directory: layout.root, arguments: ['ls-files', '--eol', '--cached', '--others', '--exclude-standard', '-z', '--full-name', ...which] });
  return output.toString('latin1').split('\0').flatMap((line) => {
    const [, index = '', tree = '', attributes = '', path] = /^i\/(\S*) +w\/(\S*) +attr\/([^\t]*)\t([^]*)$/.exec(line) ?? [];
    return path !== undefined && isConverted({ index, tree, attributes: attributes.trim() }, isAutomatic) ? [path] : [];
  });
}

/** As git decides it (gitattributes, `text`): what is text is converted; what only seems to be, unless it was added with such endings before. */
function isConverted({ index, tree, attributes }: { readonly index: string; readonly tree: string; readonly attributes: string }, isAutomatic: boolean): boolean {
  const [text = ''] = attributes.split(' ');
  if (text === '-text') return false;
  if (text === 'text' || text.startsWith('eol=')) return true;
  const isText = (tree === 'crlf' || tree === 'mixed') && index !== 'crlf' && index !== 'mixed';
  return isText && (text === 'text=auto' || isAutomatic);
}

function inLineFeeds(file: WorktreeFile, digits: 40 | 64): WorktreeFile {
  const { content } = file;
  if (content?.kind !== 'bytes') return file;
  // One byte is one character here, whatever the text is written in.
  const bytes = Buffer.from(Buffer.from(content.bytes).toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  return { ...file, blob: objectNameOf(bytes, digits), content: { kind: 'bytes', bytes } };
}

function nameOf({ path }: WorktreeFile): string {
  return path.toString('latin1');
}

/** Of more, and of names that are no text, git is asked of all: a command line has an end. */
const mostNamed = 200;
