import type { Action } from '../../../domain/action/action.ts';
import { ownKindsOf } from '../../../domain/configuration/own-kinds.ts';
import type { OwnKind } from '../../../domain/configuration/own-paths.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import { limits } from '../../../domain/limits.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { ChangeToDerive, Derived, Deriver } from '../deriver.ts';
import { sideRequest } from '../../../domain/document/read-side.ts';
import { behaviorActions } from './behavior-actions.ts';
import { changedOwnFiles } from './changed-own-files.ts';
import { configurationActions } from './configuration-actions.ts';
import { keyActions } from './key-actions.ts';
import { namedFileActions, namedFileRequests } from './named-file-actions.ts';
import { looseningAction, ownAction } from './own-action.ts';
import { headConfigurationRequests, ownFilesAnew } from './own-files-anew.ts';
import { playbookActions } from './playbook-actions.ts';
import { policyActions } from './policy-actions.ts';

/** What a change does to the files that Plumbline itself is governed by. Waiver files have a deriver of their own. */
export const ownFileDeriver: Deriver = { name: 'own files', plan, derive };

const compared: readonly OwnKind[] = ['configuration', 'keys', 'policy', 'behavior', 'playbook'];

function plan(change: ChangeToDerive): readonly ProbeRequest[] {
  const files = changedOwnFiles(change);
  const sides = compared.flatMap((kind) => files.get(kind) ?? []).flatMap(({ base, head }) => [sideRequest(base), sideRequest(head)].filter((request) => request !== null));
  return [...headConfigurationRequests(change), ...sides, ...namedFileRequests(change)];
}

function derive(change: ChangeToDerive): Derived {
  const derived = [...[...changedOwnFiles(change)].map(([kind, files]) => deriveKind(kind, files, change)), namedFileActions(change), tooMany(change)];
  return { actions: derived.flatMap(({ actions }) => actions), findings: derived.flatMap(({ findings }) => findings) };
}

/** Too many to be looked at one by one are released by nobody. */
function tooMany(change: ChangeToDerive): Derived {
  const { kind, files } = ownFilesAnew(change);
  const path = change.snapshot.files.find((file) => file.changed && ownKindsOf(change.configuration, file.path).includes('configuration'))?.path;
  if (kind === 'each' || path === undefined) return { actions: [], findings: [] };
  const why = `\`${path}\` names ${files.length} files that were not read before, expected at most ${limits.ownFilesAnew}.`;
  const action = looseningAction({ action: 'config.change', path, why, remedy: 'Name fewer files with one change.' });
  return { actions: [{ ...action, paths: [...new Set([path, ...files.map(({ file }) => file.path)])].toSorted() }], findings: [] };
}

function deriveKind(kind: OwnKind, files: readonly SnapshotFile[], change: ChangeToDerive): Derived {
  switch (kind) {
    case 'configuration':
      return joined(files.map((file) => configurationActions(change, file)));
    case 'keys':
      return keyActions(change, files);
    case 'policy':
    case 'bundle':
      return policyActions(change, files);
    case 'behavior':
      return behaviorActions(change, files);
    case 'playbook':
      return joined(files.map((file) => playbookActions(change, file)));
    case 'schema':
      return { actions: files.filter(({ roles }) => !roles.includes('schema')).map((file) => schemaAction(file)), findings: [] };
    case 'waivers':
    case 'organization-waivers':
      return { actions: [], findings: [] };
  }
}

/** What the contracts gate does not judge as a governed schema is a part of the configuration that stands elsewhere. */
function schemaAction({ path }: SnapshotFile): Action {
  return ownAction({ action: 'config.change', path, why: `\`${path}\` is the schema that contracts are judged by.`, evidence: { kind: 'schema' } });
}

function joined(derived: readonly Derived[]): Derived {
  return { actions: derived.flatMap(({ actions }) => actions), findings: derived.flatMap(({ findings }) => findings) };
}
