import { builtinPlaybooks } from '../domain/playbook/builtin-playbooks.ts';
import type { PlaybookFile } from '../domain/playbook/collect-playbooks.ts';
import { readPackageFile } from './package-file.ts';

let read: Promise<readonly PlaybookFile[]> | null = null;

/** The playbooks that come with Plumbline, read once. @throws Failure where the package is not whole. */
export function readBuiltinPlaybooks(): Promise<readonly PlaybookFile[]> {
  return (read ??= Promise.all(builtinPlaybooks.map(async (id): Promise<PlaybookFile> => ({ path: `playbooks/${id}.yaml`, bytes: await readPackageFile(`playbooks/${id}.yaml`), isBuiltin: true }))));
}
