import { formatOf, readDocument } from '../document/read-document.ts';
import { quoted } from '../finding.ts';
import type { Position } from '../position.ts';
import { readOwnPlaybook } from './read-own-playbook.ts';
import { readPlaybook } from './read-playbook.ts';
import type { Playbook } from './playbook.ts';

export interface PlaybookFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Whether it comes with Plumbline. */
  readonly isBuiltin: boolean;
}

export interface SourcedPlaybook {
  readonly playbook: Playbook;
  readonly path: string;
  readonly isBuiltin: boolean;
}

/** What is wrong at one place of one of the files. */
export interface PlaybookFileProblem extends Position {
  readonly path: string;
  readonly message: string;
  readonly next: string;
}

export interface PlaybookCollection {
  /** By their ids, each of them once. */
  readonly playbooks: readonly SourcedPlaybook[];
  readonly problems: readonly PlaybookFileProblem[];
}

/** The playbooks of some files. One with a mistake in it is left out, and so are all that share an id: which of them was meant is not known. */
export function collectPlaybooks(files: readonly PlaybookFile[]): PlaybookCollection {
  const readings = files.map(read);
  const found = readings.flatMap(({ playbook }) => playbook ?? []);
  const groups = Map.groupBy(found, ({ playbook }) => playbook.id);
  const repeated = [...groups.values()].filter((group) => group.length > 1).flat();
  const problems = repeated.map(({ path, playbook }) => ({ path, line: 1, column: 1, message: `Cannot use the playbook ${quoted(playbook.id)}: another file has this id too, expected each id once.`, next: 'Give it another id.' }));
  return {
    playbooks: found.filter((one) => !repeated.includes(one)).toSorted((a, b) => Number(a.playbook.id > b.playbook.id) - Number(a.playbook.id < b.playbook.id)),
    problems: [...readings.flatMap((one) => one.problems), ...problems],
  };
}

interface FileReading {
  readonly playbook: SourcedPlaybook | null;
  readonly problems: readonly PlaybookFileProblem[];
}

/** Those that come with Plumbline, by their bytes, which nobody changes: reading them costs far more than a plan does. */
const known = new WeakMap<Uint8Array, FileReading>();

function read(file: PlaybookFile): FileReading {
  const before = file.isBuiltin ? known.get(file.bytes) : undefined;
  if (before !== undefined) return before;
  const reading = readAnew(file);
  if (file.isBuiltin) known.set(file.bytes, reading);
  return reading;
}

function readAnew({ path, bytes, isBuiltin }: PlaybookFile): FileReading {
  const reading = readDocument(bytes, formatOf(path));
  if (reading.kind === 'problem') return { playbook: null, problems: [{ path, ...reading.problem.position, message: `Cannot read it: ${reading.problem.message}.`, next: `Correct ${path}.` }] };
  const own = isBuiltin ? readPlaybook(reading.document) : readOwnPlaybook(reading.document);
  if (own.kind === 'playbook') return { playbook: { playbook: own.playbook, path, isBuiltin }, problems: [] };
  return { playbook: null, problems: own.problems.map(({ line, column, message, next }) => ({ path, line, column, message, next })) };
}
