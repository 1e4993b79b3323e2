import type { DependencyFile } from '../../../domain/dependency/dependency-file.ts';
import { isTable, readToml, tableAt, textAt } from '../../../domain/dependency/toml-table.ts';
import { pythonName } from '../../../domain/python-name.ts';

export interface NamesInside {
  /** Of the project itself. */
  readonly own: ReadonlySet<string>;
  /** Of members of the workspace that uv is told to take from there. */
  readonly members: ReadonlySet<string>;
}

const none: NamesInside = { own: new Set(), members: new Set() };

/** Names that a `pyproject.toml` takes from its own repository. */
export function namesInside(text: string, { format }: DependencyFile): NamesInside {
  if (format !== 'pyproject') return none;
  try {
    const table = readToml(text);
    const sources = Object.entries(tableAt(table, 'tool', 'uv', 'sources')).filter(([, source]) => isTable(source) && source['workspace'] === true);
    const own = textAt(tableAt(table, 'project'), 'name') ?? textAt(tableAt(table, 'tool', 'poetry'), 'name');
    return { own: new Set(own === null ? [] : [pythonName(own)]), members: new Set(sources.map(([name]) => pythonName(name))) };
  } catch {
    return none;
  }
}
