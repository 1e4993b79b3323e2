import parse from 'semver/functions/parse.js';

/**
 * Where the successor of a released file goes in versioned paths, best name first: the version in the file's name, as
 * precise as it is there and then in full (v2.yaml → v3.yaml or v2.1.0.yaml), else behind the name.
 */
export function nextPaths(path: string, version: string): readonly string[] {
  const [, folder = '', name = ''] = /^(.*\/)?([^/]*)$/.exec(path) ?? [];
  const [, stem = '', extension = ''] = /^(.+?)((?:\.schema)?\.[A-Za-z]+)?$/.exec(name) ?? [];
  const full = parse(version)?.version ?? version;
  const [, before = '', written, behind = ''] = /^(.*?v?)(?<![0-9.])(\d+(?:\.\d+){0,2})(?![0-9.])([^0-9]*)$/.exec(stem) ?? [];
  if (written === undefined) return [`${folder}${stem}-${full}${extension}`];
  const short = full.split(/[-+]/)[0]?.split('.').slice(0, written.split('.').length).join('.') ?? full;
  const names = [full.includes('-') ? full : short, full].map((one) => `${folder}${before}${one}${behind}${extension}`);
  return [...new Set(names)].filter((one) => one !== path);
}
