import type { Command } from '../../domain/command/command.ts';
import { removeItems } from '../../domain/document/edit-list.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import type { CommandAnswer, CommandRun } from './command-run.ts';
import { changeWaivers } from './change-waivers.ts';
import { refusalToWrite } from './refusal-to-write.ts';

type Unwaive = Extract<Command, { readonly kind: 'unwaive' }>;

/** Opens the pull request that takes a waiver out of the file. */
export async function unwaiveCommand(run: CommandRun, { code, path }: Unwaive): Promise<CommandAnswer> {
  const unwritten = await refusalToWrite(run);
  if (unwritten !== null) return { outcome: unwritten };
  if (run.decision === null) return 'wait';
  const isGone = (entry: JsonValue): boolean => isJsonObject(entry) && entry['code'] === code && entry['path'] === path;
  return changeWaivers(run, run.decision, { word: 'unwaive', code, path, why: null, edit: (file) => (file.bytes === null ? null : removeItems(file.bytes, file.path, 'waivers', isGone)) });
}
