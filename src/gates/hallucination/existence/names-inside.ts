import type { DependencyFile } from '../../../domain/dependency/dependency-file.ts';
import { isTable, readToml, tableAt, textAt } from '../../../domain/dependency/toml-table.ts';
import { pythonName } from '../../../domain/python-name.ts';

/** Names that a `pyproject.toml` takes from its own repository: itself, and members of the workspace that uv is told to take from there. */
export function namesInside(text: string, { format }: DependencyFile): readonly string[] {
  if (format !== 'pyproject') return [];
  try {
    const table = readToml(text);
    const sources = Object.entries(tableAt(table, 'tool', 'uv', 'sources')).filter(([, source]) => isTable(source) && source['workspace'] === true);
    const own = [tableAt(table, 'project'), tableAt(table, 'tool', 'poetry')].flatMap((one) => textAt(one, 'name') ?? []);
    return [...own, ...sources.map(([name]) => name)].map(pythonName);
  } catch {
    return [];
  }
}
