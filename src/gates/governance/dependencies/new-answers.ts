import type { ChangedFile, PackageChange } from './package-change.ts';

/** Packages that newly answer to the name of another one: each by itself where one of that name stood before. @param told What is told anyway: a package that is new by its own name. */
export function newAnswers(files: readonly ChangedFile[], told: readonly PackageChange[]): readonly PackageChange[] {
  const known = new Set(files.flatMap(({ before }) => before.dependencies.flatMap(({ key, name }) => (key === undefined ? [] : pairOf(key, name)))));
  const own = new Set(files.flatMap(({ before }) => before.dependencies.flatMap(({ key, name }) => (key === undefined ? name : []))));
  const added = new Set(told.flatMap(({ action, name }) => (action === 'dependency.add' ? name : [])));
  return files.flatMap(({ path, file, head }) => head.dependencies.flatMap(({ key, name, wanted, kind, isDirect }) => {
    if (key === undefined || added.has(name) || known.has(pairOf(key, name))) return [];
    return [{ action: 'dependency.add' as const, ecosystem: file.ecosystem, name: key, path, kind, from: [], to: `npm:${name}@${wanted}`, source: null, isDirect: isDirect || own.has(key) }];
  }));
}

function pairOf(key: string, name: string): string {
  return `${key} ${name}`;
}
