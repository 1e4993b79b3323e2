import { member } from '../configuration/member.ts';
import { quoted } from '../finding.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';

/** A clause about one of the `{differences: […]}` that a source found which compares by itself: what differs, and from what. It may quote names from outside. */
export function differenceInWords(difference: JsonValue): string {
  if (!isJsonObject(difference)) return typeof difference === 'string' ? difference : 'something differs';
  if (member.text(difference, 'template') !== null) return fileInWords(difference);
  if (member.text(difference, 'setting') !== null) return settingInWords(difference);
  if (member.text(difference, 'contractId') !== null) return contractInWords(difference);
  if (member.text(difference, 'agent') !== null) return quotaInWords(difference);
  return `the plan would ${member.texts(difference, 'actions').join(' and ')} ${named(difference, 'address')}`;
}

function named(difference: JsonObject, name: string): string {
  return quoted(member.text(difference, name) ?? '');
}

function fileInWords(difference: JsonObject): string {
  return `${named(difference, 'path')} ${fileStateInWords(difference)} its template ${named(difference, 'template')}`;
}

function fileStateInWords(difference: JsonObject): string {
  const mode = member.text(member.object(difference, 'found'), 'mode') ?? '';
  switch (member.text(difference, 'kind') ?? 'changed') {
    case 'missing':
      return 'is not there, unlike';
    case 'mode':
      return `is ${mode === '100755' ? 'executable' : 'not executable'}, unlike`;
    default:
      return mode === '120000' ? 'is a symbolic link, and no file like' : mode === '160000' ? 'is a submodule, and no file like' : 'has another content than';
  }
}

function settingInWords(difference: JsonObject): string {
  const setting = named(difference, 'setting');
  if (member.text(difference, 'kind') === 'missing') return `${setting} is declared, and is not there`;
  return `${setting} is ${shown(difference['found'])}, and is declared as ${shown(difference['expected'])}`;
}

function shown(value: JsonValue | undefined): string {
  return value === undefined || value === null ? 'nothing' : quoted(JSON.stringify(value));
}

function quotaInWords(difference: JsonObject): string {
  const passed = member.objects(difference, 'exceeded').map((one) => `${member.text(one, 'used') ?? ''} of ${member.text(one, 'limit') ?? ''} ${member.text(one, 'measure') === 'tokens' ? 'tokens' : 'pico-dollars'} (${member.text(one, 'scope') ?? ''})`);
  return `${named(difference, 'agent')} passed its quota of the window that ends at ${member.text(member.object(difference, 'window'), 'to') ?? ''}: ${passed.join(', ')} are used, and the contract ${named(difference, 'contract')} is not halted`;
}

function contractInWords(difference: JsonObject): string {
  const [released, found] = [member.object(difference, 'released'), member.object(difference, 'found')];
  const contract = `the contract ${named(difference, 'contractId')} ${member.text(difference, 'version') ?? ''}`;
  switch (member.text(difference, 'kind') ?? 'changed') {
    case 'gone':
      return `${contract} was released at ${named(released, 'path')}, and is gone`;
    case 'unreleased':
      return `${contract} at ${named(found, 'path')} stands as released, and never was`;
    case 'set-back':
      return `${contract} at ${named(found, 'path')} is ${named(found, 'lifecycle')}, and was ${named(released, 'lifecycle')} already`;
    case 'mislinked':
      return `${contract} at ${named(found, 'path')} names another version than the one before it`;
    default:
      return `${contract} at ${named(found, 'path')} has another content than was released`;
  }
}
