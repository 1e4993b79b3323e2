import valid from 'semver/functions/valid.js';
import { member } from '../../configuration/member.ts';
import type { DocumentEdit } from '../../document/edit-document.ts';
import { bytesOfText, editedText } from '../../document/edited-text.ts';
import { pointerBelow } from '../../document/pointer.ts';
import { readDocument } from '../../document/read-document.ts';
import { quoted } from '../../finding.ts';
import { isJsonObject } from '../../json-value.ts';
import type { JsonObject } from '../../json-value.ts';
import { baseFile, demandWritable, fileAt, textAt, writing } from '../step-world.ts';
import type { StepWorld, Writing } from '../step-world.ts';
import { refusing, unread } from '../unplannable.ts';
import type { Pinning } from './pin-dependency.ts';

const sections = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

/** Lock files that only their own tool can write: with a manifest that changed beside them an installation would fail. */
const othersLocks = ['yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'] as const;

/** npm's own, in one form under two names: where both stand it reads the first. */
const npmLocks = ['npm-shrinkwrap.json', 'package-lock.json'] as const;

/** The manifest, and what npm's lock file says of it. */
export function pinInPackageJson(world: StepWorld, pinning: Pinning): Writing {
  const { path, name } = pinning;
  const folder = path.slice(0, -'package.json'.length);
  demandLocksRead(world, [folder, ...foldersAbove(folder)]);
  const other = othersLocks.find((lock) => baseFile(world.facts, `${folder}${lock}`).kind !== 'absent');
  if (other !== undefined) throw unpinnable(path, `the lock file ${folder}${other} beside it`, "npm's lock file, or none", 'Pin it with the tool that writes that lock file.');
  const manifest = objectIn(textAt(world, path), path);
  const declared = sections.filter((section) => Object.hasOwn(member.object(manifest, section), name));
  if (declared.length === 0) throw unpinnable(path, `no package ${quoted(name)}`, 'one that the manifest names', 'Name a package of the manifest.');
  const locks = npmLocks.map((file) => ({ path: `${folder}${file}`, file: fileAt(world, `${folder}${file}`) })).filter(({ file }) => file !== null);
  if (locks.length > 1) throw unpinnable(path, `both ${locks.map((one) => one.path).join(' and ')} beside it`, 'one of them', 'Delete the one that is not meant: npm reads npm-shrinkwrap.json.');
  const above = locks.length > 0 ? undefined : foldersAbove(folder).flatMap((one) => [...npmLocks, ...othersLocks].map((lock) => `${one}${lock}`)).find((lock) => baseFile(world.facts, lock).kind !== 'absent');
  if (above !== undefined) throw unpinnable(path, `the lock file ${above} further up, and none beside it`, 'one beside it, or none', 'It may be a workspace of it: pin it with the tool that writes that lock file.');
  const [{ path: lockPath, file: lock } = { path: '', file: null }] = locks;
  const locked = lock === null ? null : objectIn(lock.text, lockPath);
  const value = pinning.to === 'none' ? undefined : versionFor(pinning, manifest, locked, declared);
  const edits = declared.map((section): DocumentEdit => ({ pointer: `/${section}${pointerBelow('', name)}`, value }));
  const written = writing(world, path, editedText(textAt(world, path), path, edits));
  if (lock === null || locked === null) return written;
  demandWritable(world.facts, lockPath);
  return new Map([...written, ...writing(world, lockPath, editedText(lock.text, lockPath, lockEdits(locked, pinning, value)))]);
}

/** The root last, each with its slash; of the root itself none. */
function foldersAbove(folder: string): readonly string[] {
  const names = folder.split('/').slice(0, -2);
  return folder === '' ? [] : [...names.map((_, index) => `${names.slice(0, names.length - index).join('/')}/`), ''];
}

/** All in one go: there are many names. */
function demandLocksRead({ facts }: StepWorld, folders: readonly string[]): void {
  const missing = folders.flatMap((folder) => [...npmLocks, ...othersLocks].map((lock) => `${folder}${lock}`)).filter((path) => !facts.files.has(path));
  if (missing.length > 0) throw unread(...missing.map((path) => ({ kind: 'file', path }) as const));
}

function versionFor({ path, name, version }: Pinning, manifest: JsonObject, lock: JsonObject | null, declared: readonly (typeof sections)[number][]): string {
  const wanted = declared.map((section) => member.text(member.object(manifest, section), name) ?? '');
  const elsewhere = wanted.find((spec) => /[:/]/.test(spec));
  if (elsewhere !== undefined) throw unpinnable(path, `${quoted(name)} from ${quoted(elsewhere)}`, 'a package of the registry, by its version', 'Pin it by hand, to a commit or an address with its digest.');
  const entry = lock === null ? {} : member.object(member.object(lock, 'packages'), `node_modules/${name}`);
  const stated = version ?? member.text(entry, 'version') ?? '';
  const inLock = member.text(entry, 'version');
  if (valid(stated) !== stated) throw unpinnable(path, stated === '' ? 'no version in a lock file' : quoted(stated), 'one whole version such as "1.2.3"', 'Say in which version it is wanted.');
  if (inLock !== null && inLock !== stated) throw unpinnable(path, `${quoted(inLock)} in the lock file`, `the version ${quoted(stated)}`, 'Install that version with npm first, so that the lock file has it.');
  return stated;
}

/** What the lock file says of the manifest; of a package that goes also its own entry, where nothing else there wants it. */
function lockEdits(lock: JsonObject, { name, to }: Pinning, value: string | undefined): readonly DocumentEdit[] {
  const packages = member.object(lock, 'packages');
  const root = member.object(packages, '');
  const stated = sections.filter((section) => Object.hasOwn(member.object(root, section), name)).map((section): DocumentEdit => ({ pointer: `/packages//${section}${pointerBelow('', name)}`, value }));
  const own = `node_modules/${name}`;
  const isWanted = Object.entries(packages).some(([key, entry]) => key !== '' && key !== own && isJsonObject(entry) && [...sections, 'peerDependencies'].some((section) => Object.hasOwn(member.object(entry, section), name)));
  const goes = to === 'none' && Object.hasOwn(packages, own) && !isWanted;
  return goes ? [...stated, { pointer: `/packages${pointerBelow('', own)}`, value: undefined }] : stated;
}

function objectIn(text: string, path: string): JsonObject {
  const reading = readDocument(bytesOfText(text), 'json');
  if (reading.kind === 'document' && isJsonObject(reading.document.value)) return reading.document.value;
  throw unpinnable(path, 'a file that is no JSON object', 'one that npm can read', 'Correct it first.');
}

function unpinnable(path: string, found: string, expected: string, next: string): Error {
  return refusing({ kind: 'dependency', path, found, expected, next });
}
